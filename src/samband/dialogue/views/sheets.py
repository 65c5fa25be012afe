"""Worksheets: what there is to answer, one sheet with its years, and keeping it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import clock, policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.core.versions import Stale
from samband.dialogue.forms_sheets import NameForm, SheetForm, SittingForm, StatementForm
from samband.dialogue.models import Participation, Sheet, SheetVersion, Sitting
from samband.dialogue.rules.sheet_pictures import over_years
from samband.dialogue.services import sheets, sheets_results
from samband.people.models import Organization
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 20
EMPTY_ROWS = 3


@guarded("sheet.list")
@require_safe
def listing(request: Request) -> HttpResponse:
    """Open sheets to answer, results, and for who keeps them every sheet."""
    actor = request.actor
    rows = policy.scoped(actor, "sitting.read", Sitting.objects.all()).select_related("version__sheet", "organization")
    still = Q(closes_on__isnull=True) | Q(closes_on__gte=clock.today())
    going = Q(status=Sitting.Status.OPEN) & still
    closed = Paginator(rows.exclude(going), PAGE).get_page(request.GET.get("page"))
    mine = set(Participation.objects.filter(staff=actor.staff_id).values_list("sitting_id", flat=True))
    may_keep = bool(policy.decide(actor, "sheet.edit"))
    context = {
        "open": [{"sitting": s, "begun": s.pk in mine, "mine": policy.decide(actor, "sitting.answer", s)} for s in rows.filter(going)],
        "pager": closed, "pager_url": "?page=", "may_keep": may_keep,
        "sheets": _kept(request) if may_keep else [], "rested": request.GET.get("rested") == "1",
    }  # fmt: skip
    return render(request, "dialogue/sheets.html", context)


def _kept(request: Request) -> Any:
    rows = policy.scoped(request.actor, "sheet.list", Sheet.objects.all())
    rows = rows.filter(retired_at__isnull=request.GET.get("rested") != "1")
    return rows.annotate(times=Count("versions__sittings", distinct=True)).prefetch_related("versions")


@guarded("sheet.edit")
@form_view
def new(request: Request) -> HttpResponse:
    form = SheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = sheets.create(request.actor, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            return redirect("dialogue:sheet_draft", sheet=made.sheet.public_id)
    context = {"form": form, "title": _("Nytt arbetsblad"), "go": _("Skapa bladet")}
    return render(request, "dialogue/sheet_form.html", context, status=422 if form.errors else 200)


@guarded("sheet.read", Sheet)
@require_safe
def page(request: Request, sheet: Sheet) -> HttpResponse:
    """The statements in use, the times it was answered, and how each statement moved over the years."""
    actor = request.actor
    versions = list(sheet.versions.all())
    version = next((v for v in versions if v.status == SheetVersion.Status.PUBLISHED), None)
    sittings = policy.scoped(actor, "sitting.read", Sitting.objects.filter(version__sheet=sheet))
    held = list(sittings.select_related("version__sheet", "organization"))
    places = {s.organization_id: s.organization for s in held if s.status == Sitting.Status.CLOSED}
    chosen = _place(request, places)
    context = {
        "sheet": sheet, "version": version, "draft": next((v for v in versions if v.status == SheetVersion.Status.DRAFT), None),
        "statements": list(version.statements.all()) if version else [], "sittings": held,
        "years": _years(request, sheet, chosen) if places else [], "chosen": chosen,
        "places": [{"key": o.public_id if o else "", "name": o.name if o else _("Alla organisationer"), "chosen": pk == chosen}
                   for pk, o in places.items()],
        "may_edit": policy.decide(actor, "sheet.edit", sheet),
    }  # fmt: skip
    return render(request, "dialogue/sheet.html", context)


def _place(request: Request, places: dict[int | None, Organization | None]) -> int | None:
    """Whose years are shown: the one asked for, else everyone's, else the first there is."""
    asked = request.GET.get("organization", "")
    found = [pk for pk, place in places.items() if place and str(place.public_id) == asked]
    return found[0] if found else None if None in places or not places else next(iter(places))


def _years(request: Request, sheet: Sheet, organization: int | None) -> list[dict[str, Any]]:
    rows = sheets_results.years(request.actor, sheet, organization)
    return [
        {"text": text, "values": values, "picture": over_years(
            [(y.year, y.whole.today if y.whole else None, y.whole.wanted if y.whole else None) for y in values])}
        for text, values in rows
        if len(values) > 1 and any(y.whole for y in values)
    ]  # fmt: skip


@guarded("sheet.edit", Sheet)
@form_view
def name(request: Request, sheet: Sheet) -> HttpResponse:
    form = NameForm(request.POST or None, instance=sheet)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, _("Sparat."))
        return redirect("dialogue:sheet", sheet=sheet.public_id)
    context = {"form": form, "title": _("Namn och syfte"), "sheet": sheet, "go": _("Spara")}
    return render(request, "dialogue/sheet_form.html", context, status=422 if form.is_bound else 200)


@guarded("sheet.edit", Sheet)
@require_POST
def retire(request: Request, sheet: Sheet) -> HttpResponse:
    on = request.POST.get("on") == "1"
    sheets.retire(request.actor, sheet, on)
    toast(request, _("Bladet vilar. Resultaten finns kvar.") if on else _("Bladet används igen."))
    return redirect("dialogue:sheet", sheet=sheet.public_id)


@guarded("sheet.edit", Sheet)
@form_view
def draft(request: Request, sheet: Sheet) -> HttpResponse:
    """Every statement on one page: changed, moved by its number, taken away by emptying it. Saved whole."""
    version = sheets.draft_of(request.actor, sheet)
    if request.method != "POST":
        return _draft_page(request, version, _lines(version))
    lock = int(request.POST["lock"]) if request.POST.get("lock", "").isdecimal() else 0
    forms = _sent(request.POST)
    if [form for form in forms if not form.is_valid()]:
        return _draft_page(request, version, forms, problem=_("Något påstående behöver rättas. Inget är sparat än."))
    rows = [form.cleaned_data for form in forms if form.cleaned_data["text"]]
    rows.sort(key=lambda row: row["order"] or 999)
    try:
        version = sheets.save_draft(request.actor, version, rows, lock)
        if request.POST.get("act") == "publish":
            sheets.publish(request.actor, version, version.lock)
            toast(request, _("Utgivet. Nu kan bladet användas."))
            return redirect("dialogue:sheet", sheet=sheet.public_id)
    except ValidationError as error:
        return _draft_page(request, version, forms, problem=" ".join(error.messages))
    except Stale as stale:
        said = _(
            "Någon annan har sparat utkastet sedan du öppnade det. Spara en gång till om det du ser här ska gälla."
        )
        return _draft_page(request, stale.version, forms, problem=said)
    toast(request, _("Utkastet är sparat."))
    return redirect("dialogue:sheet_draft", sheet=sheet.public_id)


def _lines(version: SheetVersion) -> list[StatementForm]:
    rows: list[dict[str, Any]] = [
        {"key": row.key, "group": row.group, "text": row.text, "order": n}
        for n, row in enumerate(version.statements.all(), 1)
    ]
    rows += [{"order": len(rows) + n} for n in range(1, EMPTY_ROWS + 1)]
    return [StatementForm(prefix=str(n), initial=row) for n, row in enumerate(rows)]


def _sent(data: QueryDict) -> list[StatementForm]:
    """The lines that were sent; never more than a sheet may hold and the empty ones."""
    most = sheets.MOST_STATEMENTS + EMPTY_ROWS + 1
    return [StatementForm(data, prefix=str(n)) for n in range(most) if f"{n}-text" in data]


def _draft_page(request: Request, version: SheetVersion, forms: list[StatementForm], problem: str = "") -> HttpResponse:
    context = {"version": version, "sheet": version.sheet, "forms": forms, "problem": problem}
    return render(request, "dialogue/sheet_draft.html", context, status=422 if problem else 200)


@guarded("sheet.edit", Sheet)
@form_view
def open_sitting(request: Request, sheet: Sheet) -> HttpResponse:
    form = SittingForm(request.POST or None, initial={"year": clock.today().year})
    if request.method == "POST" and form.is_valid():
        try:
            made = sheets.open_sitting(request.actor, sheet, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Bladet är öppet att svara på."))
            return redirect("dialogue:sitting", sitting=made.public_id)
    context = {"form": form, "title": _("Öppna bladet för svar"), "sheet": sheet, "go": _("Öppna")}
    return render(request, "dialogue/sheet_form.html", context, status=422 if form.errors else 200)


@guarded("sitting.manage", Sitting)
@require_POST
def close(request: Request, sitting: Sitting) -> HttpResponse:
    if not sheets.close(request.actor, sitting):
        toast(request, _("Bladet var redan stängt."))
    else:
        toast(request, _("Stängt. Resultatet är räknat."))
    return redirect("dialogue:sitting_result", sitting=sitting.public_id)
