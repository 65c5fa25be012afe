"""The files of an entry: add one, take one out, open one."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samband.core import audit
from samband.core.http import Request
from samband.core.policy import guarded
from samband.core.uploads import UploadRefused
from samband.records.forms import AttachForm, DetachForm
from samband.records.models import Attachment, Entry
from samband.records.services import attachments, files
from samband.records.views.base import form_page
from samband.ui.toast import toast

# A file from outside runs nothing and loads nothing, though somebody opens it in a window of its own.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@guarded("record.correct", Entry)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, entry: Entry) -> HttpResponse:
    form = AttachForm(request.POST or None, request.FILES or None, signed=entry.signed_at is not None)
    if request.method == "POST" and form.is_valid():
        try:
            found = attachments.look(form.cleaned_data["file"])
            attachments.add(request.actor, entry, found, form.cleaned_data.get("why", ""))
        except UploadRefused as refused:
            form.add_error("file", str(refused))
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Bilagan finns nu i anteckningen."))
            return redirect("records:entry", entry=entry.public_id)
    return form_page(request, entry.person, form, _("Lägg till bilaga"), _("Lägg till"), lead=entry.title)


@guarded("record.detach", Attachment)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: Request, row: Attachment) -> HttpResponse:
    """It stays with what stood before."""
    form = DetachForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            attachments.take_out(request.actor, row, form.cleaned_data["why"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Uttagen. Den finns kvar vid det som stod innan."))
            return redirect("records:entry", entry=row.entry.public_id)
    return form_page(request, row.entry.person, form, _("Ta ut bilagan"), _("Ta ut"), lead=row.name)


@guarded("record.attachment", Attachment)
@require_safe
def download(request: Request, row: Attachment) -> HttpResponse:
    """The file as it was signed; one that no longer is so is not given out, and that is entered in the audit."""
    try:
        content = files.content(row)
    except files.Damaged as error:
        audit.record(request.actor, "record.damaged", person=row.person_id, thing=row, outcome="deny")
        raise Http404 from error
    return HttpResponse(content, content_type=files.mime_of(row), headers={
        "Content-Disposition": content_disposition_header(True, row.name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": SANDBOX,
        "Cross-Origin-Resource-Policy": "same-origin",
    })  # fmt: skip
