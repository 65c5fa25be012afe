"""Pools: which units plan one day together, and what each lends."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samband.core import clock, policy
from samband.core.policy import guarded
from samband.plans.models import Action
from samband.resources.forms.pool import LoanForm, PoolForm, UnitForm
from samband.resources.models import Loan, Pool
from samband.resources.services import pools
from samband.resources.views.answering import answer, facts, shown
from samband.ui.toast import toast


@guarded("pool.list")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = policy.scoped(actor, "pool.list", Pool.objects.all()).prefetch_related(
        "areas", "members__unit__organization"
    )
    found = []
    for row in rows:
        units = [m.unit for m in row.members.all() if m.ends_on is None]
        names = sorted({unit.organization.name for unit in units})
        mine = any(unit.pk in actor.unit_ids for unit in units)
        found.append({"pool": row, "units": len(units), "organizations": names, "mine": mine})
    found.sort(key=lambda one: not one["mine"])
    return shown(request, "resources/pools.html", {"pools": found, "may": bool(policy.decide(actor, "pool.edit"))})


@guarded("pool.read", Pool, log=False)
@require_GET
def page(request: HttpRequest, pool: Pool) -> HttpResponse:
    return _page(request, pool, UnitForm(actor=request.actor))  # type: ignore[attr-defined]


def _page(request: HttpRequest, pool: Pool, form: UnitForm, status: int = 200) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    own = set(pools.own_units(actor).values_list("pk", flat=True)) if policy.decide(actor, "pool.edit") else set()
    members = list(pools.members(pool))
    words = dict(Action.Competence.choices)
    loans = [
        {"loan": loan, "may": loan.unit_id in own, "competences": [words.get(k, k) for k in loan.competences]}
        for loan in pools.loans(pool)
    ]
    lend = {one["loan"].unit_id for one in loans}
    context = {
        "pool": pool,
        "members": [{"unit": m.unit, "may": m.unit_id in own, "lends": m.unit_id in lend} for m in members],
        "loans": loans,
        "may": bool(policy.decide(actor, "pool.edit", pool)),
        "may_join": bool(own),
        "may_lend": any(m.unit_id in own for m in members),
        "form": form,
        "today": clock.today(),
    }
    return render(request, "resources/pool.html", context, status=status)


@guarded("pool.edit")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _facts(request, Pool(), _("Ny pool"), reverse("resources:pools"))


@guarded("pool.edit", Pool, log=False)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pool: Pool) -> HttpResponse:
    return _facts(request, pool, pool.name, reverse("resources:pool", args=[pool.public_id]))


def _facts(request: HttpRequest, pool: Pool, title: str, back: str) -> HttpResponse:
    form = PoolForm(request.POST or None, instance=pool, actor=request.actor)  # type: ignore[attr-defined]
    return facts(request, form, pools, pool, title, back, _("Poolen är sparad."))


@guarded("pool.read", Pool, log=False)
@require_POST
def members(request: HttpRequest, pool: Pool) -> HttpResponse:
    """A unit enters or leaves: said by its own planner, whom the service asks for."""
    actor = request.actor  # type: ignore[attr-defined]
    form = UnitForm(request.POST, actor=actor)
    policy.require(actor, "pool.edit")
    if not form.is_valid():
        return _page(request, pool, form, 422)
    unit = form.cleaned_data["unit"]
    if request.POST.get("do") == "leave":
        pools.leave(actor, pool, unit)
        toast(request, _("%(unit)s planerar inte längre sin dag här.") % {"unit": unit})
    elif problem := pools.join(actor, pool, unit):
        form.add_error("unit", problem)
        return _page(request, pool, form, 422)
    else:
        toast(request, _("%(unit)s planerar nu sin dag här.") % {"unit": unit})
    return redirect("resources:pool", pool=pool.public_id)


@guarded("pool.edit", Pool, log=False)
@require_http_methods(["GET", "POST"])
def loan_new(request: HttpRequest, pool: Pool) -> HttpResponse:
    return _loan(request, Loan(pool=pool), _("Nytt utlån i %(pool)s") % {"pool": pool})


@guarded("pool.edit", Loan, log=False)
@require_http_methods(["GET", "POST"])
def loan_edit(request: HttpRequest, loan: Loan) -> HttpResponse:
    return _loan(request, loan, _("Utlån från %(unit)s") % {"unit": loan.unit})


def _loan(request: HttpRequest, loan: Loan, title: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = LoanForm(request.POST or None, instance=loan, pool=loan.pool, actor=actor)
    ends = reverse("resources:loan_end", args=[loan.public_id]) if loan.pk else ""
    return answer(
        request, form, lambda: pools.save_loan(actor, loan, form.cleaned_data, form.read), title=title,
        back=reverse("resources:pool", args=[loan.pool.public_id]), said=_("Villkoren är sparade."), place="staffing",
        remove=ends, remove_head=_("Sluta låna ut"), remove_text=_("Från i dag. Publicerade dagar står kvar."),
    )  # fmt: skip


@guarded("pool.edit", Loan, log=False)
@require_POST
def loan_end(request: HttpRequest, loan: Loan) -> HttpResponse:
    pools.end_loan(request.actor, loan)  # type: ignore[attr-defined]
    toast(request, _("Enheten lånar inte längre ut."))
    return redirect("resources:pool", pool=loan.pool.public_id)
