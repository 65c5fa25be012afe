"""Import of persons, units and staff from a file: hand in, read the dry run, commit all rows or none."""

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core.http import Request
from samband.core.jobs import worker_alive
from samband.core.policy import guarded
from samband.core.uploads import UploadRefused
from samband.people import tasks
from samband.people.forms.units import ImportForm
from samband.people.models import ImportRun
from samband.people.services.imports import runs
from samband.people.services.imports.columns import COLUMNS
from samband.people.services.imports.columns import template as template_file
from samband.people.services.imports.reader import ImportProblem, spoken
from samband.ui.toast import toast

RECENT = 20
PIECE = 64 * 1024
# Boundaries and headers of the form's parts.
AROUND = 16 * 1024
DRAIN_MAX = 1024 * 1024 * 1024


@csrf_exempt
@guarded("import.run")
@require_http_methods(["GET", "POST"])
def listing(request: Request) -> HttpResponse:
    """The size is looked at before anything is parsed; then the token is checked as everywhere (`_received`)."""
    if request.method == "POST":
        if _length(request) > settings.UPLOAD_MAX_BYTES + AROUND:
            _drain(request)
            return _page(request, ImportForm(), str(runs.too_big()), 413)
        return _received(request)
    return _page(request, ImportForm(), "", 200)


@csrf_protect
def _received(request: Request) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, "", 422)
    file = form.cleaned_data["file"]
    if getattr(file, "refused", None):
        return _page(request, form, str(runs.too_big()), 413)
    try:
        with transaction.atomic():
            run = runs.receive(form.cleaned_data["kind"], file.name, file.chunks(PIECE), request.actor)
            tasks.enqueue(run)
    except ImportProblem as problem:
        return _page(request, form, str(problem), 413)
    except UploadRefused as refused:
        return _page(request, form, str(refused), refused.status)
    return redirect("people:import", run=run.public_id)


def _length(request: Request) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdigit() else 0


def _drain(request: Request) -> None:
    """Read what is sent and throw it away piece by piece: a browser that still sends does not hear the answer."""
    left = min(_length(request), DRAIN_MAX)
    while left > 0:
        piece = request.read(min(PIECE, left))
        if not piece:
            return
        left -= len(piece)


def _page(request: Request, form: ImportForm, problem: str, status: int) -> HttpResponse:
    context = {
        "form": form,
        "problem": problem,
        "recent": ImportRun.objects.select_related("started_by__staff")[:RECENT],
        "kinds": [{"kind": kind, "label": label, "columns": COLUMNS[kind]} for kind, label in ImportRun.Kind.choices],
        "limit_mb": settings.UPLOAD_MAX_BYTES // 1024 // 1024,
        "worker_alive": worker_alive(),
    }
    return render(request, "people/imports.html", context, status=status)


def _run(public_id) -> ImportRun:
    return get_object_or_404(ImportRun, public_id=public_id)


@guarded("import.run")
@require_safe
def page(request: Request, run) -> HttpResponse:
    """The run as it stands; refreshes itself while a worker has it."""
    found = _run(run)
    context = {
        "run": found,
        "report": [{**entry, "said": spoken(entry)} for entry in found.report],
        "problem": spoken(found.problem) if found.problem else "",
        "steps": _steps(found),
        "worker_alive": worker_alive(),
        "has_file": found.path.exists(),
    }
    return render(request, "people/parts/import_run.html" if request.htmx else "people/import.html", context)


def _steps(run: ImportRun) -> list[dict]:
    place = 0 if run.status == "uploaded" or not run.rows_total else 1 if not run.committing else 2
    names = [_("Provkörning"), _("Läs rapporten"), _("Inläsning")]
    if run.status == "done":
        place = 3
    return [
        {"label": n, "state": "done" if i < place else "now" if i == place else "later"} for i, n in enumerate(names)
    ]


@guarded("import.run")
@require_POST
def commit(request: Request, run) -> HttpResponse:
    found = _run(run)
    with transaction.atomic():
        begun = runs.begin_commit(found, request.actor)
        if begun:
            tasks.enqueue(found)
    if not begun:
        toast(request, _("Filen kan inte läsas in så som den är nu."))
    return redirect("people:import", run=found.public_id)


@guarded("import.run")
@require_POST
def again(request: Request, run) -> HttpResponse:
    found = _run(run)
    with transaction.atomic():
        begun = runs.again(found, request.actor)
        if begun:
            tasks.enqueue(found)
    if not begun:
        toast(request, _("Filen finns inte kvar. Lämna in den igen."))
    return redirect("people:import", run=found.public_id)


@guarded("import.run")
@require_POST
def drop(request: Request, run) -> HttpResponse:
    """Throw the file away; nothing of it was entered."""
    found = _run(run)
    if runs.drop(found, request.actor):
        toast(request, _("Filen är borttagen. Inget har lästs in."))
    return redirect("people:imports")


@guarded("import.run")
@require_safe
def template(request: Request, import_kind: str) -> HttpResponse:
    """A file to start from."""
    if import_kind not in COLUMNS:
        return redirect(reverse("people:imports"))
    response = HttpResponse(template_file(import_kind), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mall-{import_kind}.csv"'
    return response
