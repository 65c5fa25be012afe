"""Files of a routine: added to the draft, taken out of it, opened."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samband.core import audit
from samband.core.http import Request
from samband.core.policy import guarded
from samband.core.uploads import KINDS, UploadRefused, checked
from samband.guidelines.forms import DraftForm, FileForm
from samband.guidelines.models import Guideline, GuidelineFile
from samband.guidelines.services import files, writing
from samband.guidelines.views import drafting
from samband.ui.toast import toast

# A file from outside runs nothing and loads nothing, though somebody opens it in a window of its own.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@guarded("guideline.edit", Guideline)
@require_POST
def add(request: Request, guideline: Guideline) -> HttpResponse:
    """What cannot be read as text is kept, and it is said that the search does not find what is in it."""
    draft = writing.draft_of(request.actor, guideline)
    form = FileForm(request.POST, request.FILES)
    form.is_valid()
    try:
        found = checked(request.FILES.get("file"), files.KINDS, settings.ATTACHMENT_MAX_BYTES)
        row = files.add(request.actor, draft, found)
    except UploadRefused as refused:
        form.add_error("file", str(refused))
    except ValidationError as error:
        form.add_error("file", error)
    else:
        toast(request, _("%(name)s är tillagd: %(state)s.") % {"name": row.name, "state": row.get_state_display()})
        return redirect("guidelines:draft", guideline=guideline.public_id)
    text = DraftForm(initial=drafting.initial(draft), version=draft)
    return drafting.show(request, draft, text, file_form=form)


@guarded("guideline.edit", GuidelineFile)
@require_POST
def remove(request: Request, row: GuidelineFile) -> HttpResponse:
    guideline = row.version.guideline.public_id
    try:
        files.remove(request.actor, row)
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        toast(request, _("Bilagan är borttagen ur utkastet."))
    return redirect("guidelines:draft", guideline=guideline)


@guarded("guideline.read", GuidelineFile)
@require_safe
def download(request: Request, row: GuidelineFile) -> HttpResponse:
    """The file as it was uploaded; one that no longer is so is not given out, and that is entered in the audit."""
    try:
        content = files.content(row)
    except files.Damaged as error:
        audit.record(request.actor, "guideline.damaged", thing=row, outcome="deny")
        raise Http404 from error
    return HttpResponse(content, content_type=KINDS[row.kind].mime, headers={
        "Content-Disposition": content_disposition_header(True, row.name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": SANDBOX,
        "Cross-Origin-Resource-Policy": "same-origin",
    })  # fmt: skip
