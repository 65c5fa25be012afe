"""Files in and out: shifts, competences, delegations."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from samband.core import audit, policy
from samband.core.policy import guarded
from samband.core.uploads import UploadRefused, checked
from samband.people.models import Assignment, Unit
from samband.resources.forms.shift import FileForm
from samband.resources.rules import files
from samband.resources.services import exports, imports
from samband.resources.services.import_shifts import Shifts
from samband.resources.services.import_skills import Competences, Delegations
from samband.ui.toast import toast

KINDS: dict[str, type[imports.Kind]] = {"shifts": Shifts, "competences": Competences, "delegations": Delegations}
TITLES = {
    "shifts": gettext_lazy("Läs in pass"),
    "competences": gettext_lazy("Läs in kompetenser"),
    "delegations": gettext_lazy("Läs in delegeringar"),
}
MOST = 200_000
SHOWN = 500


def kind_of(file_kind: str) -> type[imports.Kind]:
    if file_kind not in KINDS:
        raise Http404
    return KINDS[file_kind]


@guarded("shift.read", Unit, log=False)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, unit: Unit, file_kind: str) -> HttpResponse:
    """Two steps on one page: the file is answered row by row; pressing the button reads all of it in, or nothing."""
    actor = request.actor  # type: ignore[attr-defined]
    kind = kind_of(file_kind)
    # A delegation is given to staff beside the own unit too: the rows are asked for one by one.
    policy.require(actor, kind.action, unit if kind.of_unit else None)
    context = {"unit": unit, "file_kind": file_kind, "title": TITLES[file_kind], "form": FileForm()}
    if request.method == "GET":
        return render(request, "resources/import.html", context)
    content, name = request.POST.get("text", "").encode(), request.POST.get("name", "")[:200]
    if not content:
        form = FileForm(request.POST, request.FILES)
        context["form"] = form
        if not form.is_valid():
            return render(request, "resources/import.html", context, status=422)
        try:
            found = checked(form.cleaned_data["file"], ("calendar", "csv"), MOST)
        except UploadRefused as refused:
            form.add_error("file", str(refused))
            return render(request, "resources/import.html", context, status=refused.status)
        content, name = found.content, found.name
    return _answered(request, kind(actor, unit), content, name, context)


def _answered(request: HttpRequest, kind: imports.Kind, content: bytes, name: str, context: dict) -> HttpResponse:
    try:
        lines = kind.read(content)
    except files.BadFile as error:
        form = FileForm({})
        form.errors["file"] = form.error_class([imports.bad_file(error.code)])
        return render(request, "resources/import.html", context | {"form": form}, status=422)
    rows = kind.report(lines)
    wrong, new = sum(r.state == "act" for r in rows), sum(r.values is not None for r in rows)
    if request.POST.get("commit") and new and not wrong:
        made = kind.commit(lines, name)
        toast(request, ngettext("%(n)d rad är inläst.", "%(n)d rader är inlästa.", made) % {"n": made})
        return redirect(_back(kind.unit, context["file_kind"]))
    # The wrong rows first: they are what somebody has to do something about.
    shown = sorted(rows, key=lambda row: row.state != "act")[:SHOWN]
    context |= {
        "lines": shown, "wrong": wrong, "new": new, "total": len(rows), "name": name, "known": len(rows) - wrong - new,
        "text": files.decoded(content), "form": FileForm(),
    }  # fmt: skip
    return render(request, "resources/import.html", context, status=422 if wrong else 200)


def _back(unit: Unit, file_kind: str) -> str:
    if file_kind == "delegations":
        return f"{reverse('resources:delegations')}?unit={unit.public_id}"
    return reverse("resources:unit", args=[unit.public_id])


def _download(content: str | bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@guarded("shift.read", Unit, log=False)
@require_GET
def template(request: HttpRequest, unit: Unit, file_kind: str) -> HttpResponse:
    """A file to start from."""
    kind_of(file_kind)
    return _download(exports.template(file_kind), "text/csv", f"mall-{file_kind}.csv")


@guarded("shift.read", Unit, log=False)
@require_GET
def export(request: HttpRequest, unit: Unit, file_kind: str) -> HttpResponse:
    kind_of(file_kind)
    actor = request.actor  # type: ignore[attr-defined]
    audit.record(actor, "shift.export", thing=unit, kind=file_kind)
    return _download(exports.csv_file(actor, unit, file_kind), "text/csv", f"{file_kind}.csv")


@guarded("shift.read", Unit, log=False)
@require_GET
def calendar(request: HttpRequest, unit: Unit) -> HttpResponse:
    audit.record(request.actor, "shift.export", thing=unit, kind="calendar")  # type: ignore[attr-defined]
    return _download(exports.calendar(exports.shifts_of(unit), named=True), "text/calendar", "schema.ics")


@guarded("shift.read", Assignment, log=False)
@require_GET
def own_calendar(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """Somebody's shifts, for her own calendar."""
    rows = exports.shifts_of(assignment.unit).filter(assignment=assignment)
    return _download(exports.calendar(rows, named=False), "text/calendar", "pass.ics")
