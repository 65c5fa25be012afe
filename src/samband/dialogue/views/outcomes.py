"""What dialogues led to: the list, one outcome, closed with its lesson, and as a file."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import audit, clock, policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.dialogue.forms_outcomes import OutcomeForm, SettleForm
from samband.dialogue.models import Outcome, Room, Sitting
from samband.dialogue.services import exports_outcomes, outcomes
from samband.dialogue.views.files import answer_file
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 25
FIELDS = ("kind", "text", "theme", "said_by", "due_on")
ORDERS: dict[str, tuple[Any, ...]] = {
    "new": ("-created_at", "-id"),
    "due": (F("due_on").asc(nulls_last=True), "-id"),
    "unit": ("unit__sort_name", "-id"),
}
STATUS_ORDER = Case(When(status="open", then=Value(0)), default=Value(1), output_field=IntegerField())


def chosen(actor: Any, asked: QueryDict) -> QuerySet[Outcome]:
    """The outcomes that the reader may see, as the filters say. A value that is no choice is no filter."""
    rows = policy.scoped(actor, "outcome.list", Outcome.objects.select_related("unit__organization"))
    for name, values in (
        ("kind", Outcome.Kind.values),
        ("status", Outcome.Status.values),
        ("origin_kind", Outcome.Origin.values),
    ):
        if asked.get(name) in values:
            rows = rows.filter(**{name: asked[name]})
    if words := asked.get("q", "").strip()[:100]:
        for word in words.split():
            rows = (
                rows.filter(text__icontains=word)
                | rows.filter(theme__icontains=word)
                | rows.filter(origin_name__icontains=word)
            )
    return rows.order_by(STATUS_ORDER, *ORDERS.get(asked.get("sort", ""), ORDERS["new"]))


@guarded("outcome.list")
@require_safe
def listing(request: Request) -> HttpResponse:
    """Open first; searched, filtered and sorted. What is searched for is no person's."""
    page = Paginator(chosen(request.actor, request.GET), PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    today = clock.today()
    context = {
        "rows": [{"outcome": o, "late": bool(o.due_on and o.due_on <= today and o.status == "open")} for o in page],
        "pager": page, "pager_url": f"?{kept.urlencode()}&page=" if kept else "?page=", "query": kept.urlencode(),
        "q": request.GET.get("q", "")[:100], "filtered": any(v for k, v in kept.items() if k != "sort"),
        "selects": [
            _select(request, "kind", _("Slag"), Outcome.Kind.choices), _select(request, "status", _("Läge"), Outcome.Status.choices),
            _select(request, "origin_kind", _("Varifrån"), Outcome.Origin.choices),
            _select(request, "sort", _("Ordning"), [("new", _("nyast först")), ("due", _("närmast i tid")), ("unit", _("enhet"))]),
        ],
    }  # fmt: skip
    return render(request, "dialogue/outcomes.html", context)


def _select(request: Request, name: str, label: str, choices: Any) -> dict[str, Any]:
    asked = request.GET.get(name, "")
    every = [] if name == "sort" else [("", _("alla"))]
    return {
        "name": name,
        "label": label,
        "options": [(value, word, value == asked) for value, word in [*every, *choices]],
    }


@guarded("outcome.list")
@require_safe
def export(request: Request, file_form: str) -> HttpResponse:
    """The list as it is filtered, as csv or json."""
    rows = chosen(request.actor, request.GET)
    if file_form not in ("csv", "json"):
        raise Http404
    body = exports_outcomes.csv_file(rows) if file_form == "csv" else exports_outcomes.json_file(rows)
    audit.record(request.actor, "outcome.list", file=file_form)
    return answer_file(body, file_form, "vi-kom-fram-till")


@guarded("outcome.read", Outcome)
@require_safe
def page(request: Request, outcome: Outcome) -> HttpResponse:
    return show(request, outcome)


def show(request: Request, outcome: Outcome, settle: SettleForm | None = None) -> HttpResponse:
    context = {
        "outcome": outcome, "settle": settle or SettleForm(initial={"version": outcome.version, "lesson": outcome.lesson}),
        "may_edit": policy.decide(request.actor, "outcome.edit", outcome), "origin_url": _origin(request, outcome),
        "late": bool(outcome.due_on and outcome.due_on <= clock.today()),
    }  # fmt: skip
    return render(request, "dialogue/outcome.html", context, status=422 if settle and settle.errors else 200)


def _origin(request: Request, outcome: Outcome) -> str:
    """Where it was said, if the reader may go there."""
    places: dict[str, tuple[str, Any, str]] = {
        Outcome.Origin.SHEET: ("sitting.read", Sitting, "dialogue:sitting_result"),
        Outcome.Origin.ROOM: ("room.read", Room, "dialogue:room"),
    }
    if outcome.origin_kind not in places:
        return ""
    action, model, name = places[outcome.origin_kind]
    there = policy.scoped(request.actor, action, model.objects.filter(public_id=outcome.origin)).exists()
    return reverse(name, args=[outcome.origin]) if there else ""


@guarded("outcome.edit", Outcome)
@form_view
def edit(request: Request, outcome: Outcome) -> HttpResponse:
    initial = {name: getattr(outcome, name) for name in (*FIELDS, "version")}
    form = OutcomeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            values = {name: form.cleaned_data[name] for name in FIELDS}
            outcomes.change(request.actor, outcome, form.cleaned_data["version"] or 0, **values)
        except ValidationError as error:
            form.refuse(error)
        except outcomes.Stale:
            form.add_error(
                None,
                _("Någon annan har ändrat det sedan du öppnade det. Spara en gång till om det du ser här ska gälla."),
            )
            outcome.refresh_from_db()
            form.data = {**request.POST.dict(), "version": outcome.version}
        else:
            toast(request, _("Sparat."))
            return redirect("dialogue:outcome", outcome=outcome.public_id)
    context = {"form": form, "title": _("Ändra"), "outcome": outcome, "go": _("Spara")}
    return render(request, "dialogue/outcome_form.html", context, status=422 if form.errors else 200)


@guarded("outcome.edit", Outcome)
@require_POST
def settle(request: Request, outcome: Outcome) -> HttpResponse:
    """Done, put aside, or open again: the button says which."""
    form = SettleForm(request.POST)
    status = request.POST.get("status", "")
    before = outcome.status
    if not form.is_valid():
        return show(request, outcome, form)
    try:
        outcomes.settle(request.actor, outcome, form.cleaned_data["version"], status, form.cleaned_data["lesson"])
    except ValidationError as error:
        form.refuse(error)
        return show(request, outcome, form)
    except outcomes.Stale:
        outcome.refresh_from_db()
        form.add_error(None, _("Någon annan har ändrat det nyss. Så här ser det ut nu."))
        return show(request, outcome, form)
    undo = reverse("dialogue:outcome_undo", args=[outcome.public_id]) if before == Outcome.Status.OPEN else ""
    toast(request, outcome.get_status_display() + ".", undo_url=undo)
    return redirect("dialogue:outcome", outcome=outcome.public_id)


@guarded("outcome.edit", Outcome)
@require_POST
def undo(request: Request, outcome: Outcome) -> HttpResponse:
    outcomes.settle(request.actor, outcome, outcome.version, Outcome.Status.OPEN)
    toast(request, _("Öppet igen."))
    return redirect("dialogue:outcome", outcome=outcome.public_id)
