"""Writing a template without code: a draft of parts, one form for each type of part."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core.policy import guarded
from samband.core.versions import Stale
from samband.library.forms import DefinitionForm, PartForm, PublishForm
from samband.library.models import Definition, DefinitionVersion
from samband.library.rules import ALLOWED
from samband.library.services import drafting
from samband.library.services.spoken import rows_of, title_of, type_name
from samband.library.views.definitions import changes_of, parts_of
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


@guarded("definition.edit")
@form_view
def new(request: HttpRequest) -> HttpResponse:
    form = DefinitionForm(request.POST or None, initial={"kind": "plan"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = drafting.create(request.actor, data["kind"], data["title"], data["summary"])  # type: ignore[attr-defined]
        return redirect("library:draft", definition=made.definition.public_id)
    status = 422 if form.is_bound else 200
    return render(request, "library/definition_form.html", {"form": form, "title": _("Ny mall")}, status=status)


@guarded("definition.edit", Definition)
@form_view
def name(request: HttpRequest, definition: Definition) -> HttpResponse:
    """What it is called and when it is used."""
    form = DefinitionForm(request.POST or None, instance=definition)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, _("Sparat."))
        return redirect("library:definition", definition=definition.public_id)
    context = {"form": form, "title": _("Namn och användning"), "definition": definition}
    return render(request, "library/definition_form.html", context, status=422 if form.is_bound else 200)


@guarded("definition.edit", Definition)
@require_POST
def retire(request: HttpRequest, definition: Definition) -> HttpResponse:
    on = request.POST.get("on") == "1"
    drafting.retire(request.actor, definition, on)  # type: ignore[attr-defined]
    toast(request, _("Mallen vilar. Planer som använt den behåller det de tog.") if on else _("Mallen används igen."))
    return redirect("library:definition", definition=definition.public_id)


@guarded("definition.edit", Definition)
@require_safe
def draft(request: HttpRequest, definition: Definition) -> HttpResponse:
    """The draft, begun from the latest version where there is none."""
    return show(request, drafting.draft_of(request.actor, definition))  # type: ignore[attr-defined]


def show(request: HttpRequest, version: DefinitionVersion, problem: str = "", publish=None) -> HttpResponse:
    definition = version.definition
    before = definition.versions.filter(number__lt=version.number).first()
    context = {
        "definition": definition,
        "version": version,
        "parts": parts_of(version),
        "types": [{"value": type_, "label": type_name(type_)} for type_ in ALLOWED[definition.kind]],
        "changes": changes_of(before, version) if before else [],
        "publish": publish or PublishForm(initial={"lock": version.lock}),
        "problem": problem,
        "first": version.number == 1,
    }
    failed = problem or (publish is not None and publish.errors)
    return render(request, "library/draft.html", context, status=422 if failed else 200)


@guarded("definition.edit", Definition)
@form_view
def part_new(request: HttpRequest, definition: Definition, part_type: str) -> HttpResponse:
    version = drafting.draft_of(request.actor, definition)  # type: ignore[attr-defined]
    if part_type not in ALLOWED[definition.kind]:
        raise Http404
    return part_form(request, version, part_type, drafting.empty_fields(part_type))


@guarded("definition.edit", Definition)
@form_view
def part(request: HttpRequest, definition: Definition, part_key: str) -> HttpResponse:
    version = drafting.draft_of(request.actor, definition)  # type: ignore[attr-defined]
    found = next((part for part in version.parts if part["key"] == part_key), None)
    if found is None:
        raise Http404
    return part_form(request, version, found["type"], found["fields"], part_key)


def part_form(
    request: HttpRequest, version: DefinitionVersion, type_: str, fields: dict, key: str = ""
) -> HttpResponse:
    """One part. A field that the product no longer has is shown beside the form, so that its text can be moved."""
    form = PartForm(request.POST or None, type_=type_, fields=fields, initial={"lock": version.lock})
    if request.method == "POST" and form.is_valid():
        try:
            drafting.put_part(request.actor, version, type_, form.values(), form.cleaned_data["lock"], key)  # type: ignore[attr-defined]
        except ValidationError as error:
            form.refuse(error)
        except Stale:
            form.add_error(None, _("Någon annan har sparat utkastet sedan du öppnade det. Spara en gång till om "
                                   "din text ska gälla."))  # fmt: skip
            form.data = {**request.POST.dict(), "lock": version.lock}
        else:
            toast(request, _("Delen är sparad i utkastet."))
            return redirect("library:draft", definition=version.definition.public_id)
    whole = {"key": key, "type": type_, "fields": fields}
    context = {
        "form": form,
        "title": title_of(whole) if key else _("Ny del: %(type)s") % {"type": type_name(type_).lower()},
        "definition": version.definition,
        "gone": [row for row in rows_of(whole) if row["gone"]],
    }
    return render(request, "library/part_form.html", context, status=422 if form.errors else 200)


@guarded("definition.edit", Definition)
@require_POST
def do(request: HttpRequest, definition: Definition) -> HttpResponse:
    """Move, take out, publish, throw away: the button says which."""
    actor, data = request.actor, request.POST  # type: ignore[attr-defined]
    version = drafting.draft_of(actor, definition)
    lock = int(data["lock"]) if data.get("lock", "").isdecimal() else 0
    act, _colon, key = data.get("act", "").partition(":")
    acts: dict[str, Callable[[], object]] = {
        "up": lambda: drafting.move(actor, version, key, -1, lock),
        "down": lambda: drafting.move(actor, version, key, 1, lock),
        "out": lambda: drafting.take_out(actor, version, key, lock),
        "discard": lambda: drafting.discard(actor, version, lock),
    }
    try:
        if act == "publish":
            return publish(request, version)
        if act not in acts:
            raise Http404
        acts[act]()
    except Stale as stale:
        return show(request, stale.version, _("Någon annan har sparat utkastet nyss. Så här ser det ut nu."))
    if act == "discard":
        toast(request, _("Utkastet är borta. Det som är utgivet är orört."))
        return redirect("library:definitions")
    return redirect("library:draft", definition=definition.public_id)


def publish(request: HttpRequest, version: DefinitionVersion) -> HttpResponse:
    form = PublishForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            drafting.publish(request.actor, version, data["note"], data["offered"], data["lock"])  # type: ignore[attr-defined]
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Utgiven. Den är ett exempel tills någon med legitimation har godkänt den."))
            return redirect("library:definition", definition=version.definition.public_id)
    return show(request, version, publish=form)
