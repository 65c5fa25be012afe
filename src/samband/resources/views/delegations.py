"""Delegations: the list, what ends soon, a new one, withdrawn."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samband.core import audit, clock, policy
from samband.core.policy import guarded
from samband.people.models import Unit
from samband.resources.forms.skill import DelegationForm
from samband.resources.models import Delegation
from samband.resources.services import delegating, delegations
from samband.resources.views.answering import answer, shown
from samband.resources.views.week import choices
from samband.ui.toast import toast

HALF_YEAR = timedelta(days=180)


@guarded("shift.list")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Those of a unit's staff, the ones that end first on top."""
    actor = request.actor  # type: ignore[attr-defined]
    units = choices(actor)
    asked = request.GET.get("unit", "")
    unit = next((u for u in units if str(u.public_id) == asked), None) or next(iter(units), None)
    rows = delegations.shown(actor, delegations.of_unit(unit)) if unit else []
    audit.seen(request, "delegation.list", [r.person.pk for r in rows if r.person], view="resources:delegations")
    context = {
        "unit": unit,
        "units": units,
        "soon": [row for row in rows if row.soon],
        "rest": [row for row in rows if row.valid and not row.soon],
        "past": [row for row in rows if not row.valid][:40],
        "may": bool(policy.decide(actor, "delegation.edit")),
        "may_files": unit is not None,
    }
    return shown(request, "resources/delegations.html", context)


@guarded("delegation.edit")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    who = next((a for a in delegating.receivers(actor) if str(a.public_id) == request.GET.get("to", "")), None)
    today = clock.today()
    start = {"assignment": who, "starts_on": today, "ends_on": today + HALF_YEAR}
    form = DelegationForm(request.POST or None, actor=actor, initial=start)
    if request.method == "GET":
        named = delegating.persons(actor).values_list("pk", flat=True)
        audit.seen(request, "delegation.list", named, view="resources:delegation_new")
    back = f"{reverse('resources:delegations')}?unit={who.unit.public_id}" if who else reverse("resources:delegations")
    return answer(
        request, form, lambda: delegating.delegate(actor, form.cleaned_data), title=_("Ny delegering"), back=back,
        said=_("Delegeringen är given."), send=_("Delegera"), place="staffing",
        note=_("Du delegerar i ditt eget namn. Den som tar emot ska ha kunskapen, och du följer upp hur det går."),
    )  # fmt: skip


@guarded("delegation.edit", Delegation, log=False)
@require_POST
def withdraw(request: HttpRequest, row: Delegation) -> HttpResponse:
    delegating.withdraw(request.actor, row)  # type: ignore[attr-defined]
    toast(request, _("Delegeringen är återkallad."))
    unit: Unit = row.assignment.unit
    return redirect(f"{reverse('resources:delegations')}?unit={unit.public_id}")
