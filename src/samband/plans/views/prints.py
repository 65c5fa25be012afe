"""The plan on paper: for staff by person, for the person and those she shares with by `/my/print/`."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samband.core import audit, clock, policy
from samband.core.policy import Decision, guarded
from samband.people.models import Person
from samband.plans.models import CarePlan
from samband.plans.prints import LAYOUTS, pdf
from samband.plans.prints.content import content
from samband.plans.services.summary import open_plan

SHEETS = frozenset({"fridge", "card"})  # contacts and situations: not a part that a party outside care has (P5)


@guarded("plan.read", Person, log=False)
@require_safe
@never_cache
def staff(request: HttpRequest, person: Person) -> HttpResponse:
    """The plan as this reader may see it: whole (P2), or the own, agreed part (P5)."""
    decision = policy.require(request.actor, "plan.read", person)  # type: ignore[attr-defined]
    return _sheet(request, person, open_plan(person), decision)


@guarded("own.read")
@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """The person's own plan, or what she shares (A13, P4)."""
    actor = request.actor  # type: ignore[attr-defined]
    decision = policy.require(actor, "own.read")
    person = policy.scoped(actor, "own.read", Person.objects.all()).get()
    plans = policy.scoped(actor, "plan.read", CarePlan.objects.exclude(status=CarePlan.Status.CLOSED))
    return _sheet(request, person, plans.filter(person=person).first(), decision)


def _sheet(request: HttpRequest, person: Person, plan: CarePlan | None, decision: Decision) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    layout = request.GET.get("layout", "ordinary")
    outside = actor.org_kind == "outside" or actor.role == "outside"
    if layout not in LAYOUTS or plan is None or (outside and layout in SHEETS):
        raise Http404
    made = pdf(layout, content(person, plan, actor, layout))
    audit.record(
        actor, "plan.print", person=person, thing=plan, rule=decision.rule, view=f"plans:print:{layout}",
        session=audit.session_mark(request),
    )  # fmt: skip
    names = {"fridge": _("kylskap"), "card": _("kort")}
    name = f"{names.get(layout, 'plan')}-{clock.today():%Y-%m-%d}.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
