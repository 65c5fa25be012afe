"""Hand-overs: ask another unit, read, answer, take back; and the list of those that wait."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import audit, clock, policy
from samband.core.policy import guarded
from samband.people.models import Area, Person
from samband.plans import sides
from samband.plans.lifecycle_forms import AnswerForm, HandoverForm
from samband.plans.models import Handover
from samband.plans.services import editing, handovers
from samband.plans.views.base import form_page, header, person_url, plan_or_404
from samband.ui.toast import toast

PAGE = 40


@guarded("day.read")
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Hand-overs that wait: those that the reader's units are asked about, and those that they have asked for."""
    actor = request.actor  # type: ignore[attr-defined]
    pages = Paginator(handovers.waiting_for(actor), PAGE).get_page(request.GET.get("page"))
    audit.seen(request, "handover.list", {row.plan.person_id for row in pages}, view="plans:handovers")
    rows = [{"row": row, "ours": row.to_unit_id in actor.unit_ids} for row in pages]
    return render(request, "plans/handovers.html", {"rows": rows, "pages": pages})


@guarded("board.read")
@require_safe
def board_side(request: HttpRequest) -> HttpResponse:
    """Beside the board, fetched after it: plans that rest and hand-overs without an answer, in the area that is chosen."""
    actor = request.actor  # type: ignore[attr-defined]
    found = sides.standing_of(actor, Area.by_key(request.GET.get("area", "")))
    audit.seen(request, "board.read", found["seen"], view="plans:board")
    return render(request, "plans/sides/board.html", found)


@guarded("handover.ask", Person)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask another unit to take over: what, why, from which day, and what the person said (P1)."""
    plan = plan_or_404(person)
    actor = request.actor  # type: ignore[attr-defined]
    initial = {"on": clock.today(), "said_by": person.full_name, "leaves": True, "form": "spoken"}
    form = HandoverForm(request.POST or None, plan=plan, actor=actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = handovers.ask(
                actor, plan, data["from_unit"], data["to_unit"], data["reason"], data["message"], data["on"], data["things"],
                data["leaves"], form.told(),
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("%(unit)s har fått frågan. Tills de svarar har ni ansvaret.") % {"unit": row.to_unit})
            return redirect("plans:handover", handover=row.public_id)
    extra = {"template": "plans/handover_ask.html", "save": _("Fråga om de tar över")}
    return form_page(request, person, plan, form, _("Lämna över till en annan enhet"), **extra)


@guarded("handover.read", Handover)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, handover: Handover) -> HttpResponse:
    """What is handed over and where it stands; the unit that is asked answers here, thing by thing."""
    person = handover.plan.person
    actor = request.actor  # type: ignore[attr-defined]
    may = policy.decide(actor, "handover.answer", handover)
    form = AnswerForm(request.POST or None, handover=handover)
    if request.method == "POST":
        policy.require(actor, "handover.answer", handover)
        if form.is_valid():
            try:
                row = handovers.answer(actor, handover, form.answers(), form.cleaned_data["words"])
            except ValidationError as error:
                form.refuse(error)
            except editing.Conflict:
                form.add_error(None, _("Någon annan ändrade planen nyss. Läs sidan igen."))
            else:
                toast(request, _("Svaret är lämnat: %(what)s.") % {"what": row.get_status_display().lower()})
                seen = policy.decide(actor, "plan.read", person)
                return redirect(person_url(person) if seen else "/")
    context = {
        "person": header(request, person),
        "row": handover,
        "items": handover.items.select_related("to_assignment__staff"),
        "form": form if may and handover.open else None,
        "may": may,
        "may_withdraw": handover.open and policy.decide(actor, "handover.withdraw", handover),
        "later": handover.done_at is None and handover.answered_at is not None,
    }
    return render(request, "plans/handover.html", context, status=422 if form.is_bound and form.errors else 200)


@guarded("handover.withdraw", Handover)
@require_POST
def withdraw(request: HttpRequest, handover: Handover) -> HttpResponse:
    """The unit that asked takes the question back."""
    try:
        handovers.withdraw(request.actor, handover, request.POST.get("why", "")[:300])  # type: ignore[attr-defined]
    except ValidationError as error:
        toast(request, " ".join(error.messages))
        return redirect("plans:handover", handover=handover.public_id)
    toast(request, _("Frågan är återtagen. Er enhet har ansvaret."))
    return redirect(person_url(handover.plan.person))
