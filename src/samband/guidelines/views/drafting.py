"""Writing a routine: its name, its text with a preview, published or thrown away. What was typed is kept."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samband.core.http import Request
from samband.core.policy import guarded
from samband.core.versions import Stale
from samband.guidelines.forms import DraftForm, FileForm, GuidelineForm
from samband.guidelines.models import Guideline, GuidelineVersion
from samband.guidelines.rules import rendering
from samband.guidelines.services import publishing, writing
from samband.guidelines.views.base import Status, form_page, form_view
from samband.ui.toast import toast

PREVIEW_MOST = 60000  # letters, as the field


@guarded("guideline.create")
@form_view
def new(request: Request) -> HttpResponse:
    form = GuidelineForm(request.POST or None, actor=request.actor, initial={"unit": request.actor.unit_id})
    if request.method == "POST" and form.is_valid():
        try:
            draft = writing.create(request.actor, form.facts())
        except ValidationError as error:
            form.refuse(error)
        else:
            return redirect("guidelines:draft", guideline=draft.guideline.public_id)
    return form_page(request, form, _("Ny rutin"), _("Skriv texten"))


@guarded("guideline.edit", Guideline)
@form_view
def name(request: Request, guideline: Guideline) -> HttpResponse:
    """What it is called, whose it is, who works by it."""
    initial = {
        "name": guideline.name, "about": guideline.about, "level": guideline.level, "unit": guideline.unit_id,
        "specialises": guideline.specialises_id, "kinds": guideline.kind_list,
    }  # fmt: skip
    form = GuidelineForm(request.POST or None, actor=request.actor, guideline=guideline, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            writing.change(request.actor, guideline, form.facts())
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Sparat."))
            return redirect("guidelines:keep", guideline=guideline.public_id)
    return form_page(request, form, _("Namn och ägare"), _("Spara"), guideline)


@guarded("guideline.edit", Guideline)
@form_view
def draft(request: Request, guideline: Guideline) -> HttpResponse:
    """`do` = save, preview or publish. Somebody else's save in between is told, and nothing that was typed is lost."""
    row = writing.draft_of(request.actor, guideline)
    if request.method != "POST":
        return show(request, row, DraftForm(initial=initial(row), version=row))
    form = DraftForm(request.POST, version=row)
    do = request.POST.get("do", "save")
    if not form.is_valid() or do == "preview":
        return show(request, row, form, preview=do == "preview")
    try:
        row = writing.save(
            request.actor, row, form.values(), list(form.cleaned_data["parties"]), form.cleaned_data["lock"]
        )
        if do == "publish":
            publishing.publish(request.actor, row, row.lock)
    except Stale as stale:
        return show(request, stale.version, _with_lock(form, request, stale.version), theirs=stale.version)
    except ValidationError as error:
        form = _with_lock(form, request, row)
        form.refuse(error)
        return show(request, row, form)
    if do == "publish":
        toast(request, _("Utgiven. De som arbetar efter den får veta det."))
        return redirect("guidelines:guideline", guideline=guideline.public_id)
    toast(request, _("Utkastet är sparat."))
    return redirect("guidelines:draft", guideline=guideline.public_id)


def _with_lock(form: DraftForm, request: Request, row: GuidelineVersion) -> DraftForm:
    """The same form as it was typed, beside the draft as it is now: saved again, it is this that holds."""
    data = request.POST.copy()
    data["lock"] = str(row.lock)
    again = DraftForm(data, version=row)
    again.is_valid()
    return again


def initial(row: GuidelineVersion) -> dict[str, Any]:
    fields = ("lock", "body", "note", "valid_from", "valid_to", "review_by", "decided_on")
    return {**{name: getattr(row, name) for name in fields}, "parties": row.parties.all()}


def show(
    request: Request, row: GuidelineVersion, form: DraftForm, preview: bool = False,
    theirs: GuidelineVersion | None = None, file_form: FileForm | None = None,
) -> HttpResponse:  # fmt: skip
    before = row.guideline.versions.exclude(status=Status.DRAFT).first()
    body = form["body"].value() or ""
    context = {
        "guideline": row.guideline,
        "version": row,
        "form": form,
        "html": rendering.rendered(body[:PREVIEW_MOST]),
        "preview": preview,
        "before": before,
        "changes": rendering.changes(before.body, row.body) if before else [],
        "files": list(row.files.defer("text")),
        "file_form": file_form or FileForm(),
        "theirs": theirs,
    }
    failed = theirs or (form.is_bound and form.errors) or (file_form is not None and file_form.errors)
    status = 409 if theirs else 422 if failed and not preview else 200
    return render(request, "guidelines/draft.html", context, status=status)


@guarded("guideline.list")
@require_POST
def preview(request: Request) -> HttpResponse:
    """The text as it will read, while it is written."""
    html = rendering.rendered(request.POST.get("body", "")[:PREVIEW_MOST])
    return render(request, "guidelines/parts/preview.html", {"html": html})


@guarded("guideline.edit", Guideline)
@require_POST
def discard(request: Request, guideline: Guideline) -> HttpResponse:
    row = guideline.versions.filter(status=Status.DRAFT).first()
    lock = request.POST.get("lock", "")
    if row is None:
        return redirect("guidelines:guideline", guideline=guideline.public_id)
    try:
        gone = writing.discard(request.actor, row, int(lock) if lock.isdecimal() else 0)
    except Stale:
        toast(request, _("Någon annan har sparat utkastet sedan dess. Ingenting är borttaget."))
        return redirect("guidelines:draft", guideline=guideline.public_id)
    toast(request, _("Utkastet är kastat."))
    return (
        redirect("guidelines:guidelines") if gone else redirect("guidelines:guideline", guideline=guideline.public_id)
    )
