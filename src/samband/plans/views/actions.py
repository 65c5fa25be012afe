"""Actions: one whole, its form with the next five times as you choose, proposals to another party (P3)."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.access.rules import is_outside
from samband.core import clock, policy, text
from samband.core.policy import guarded
from samband.people.models import Person
from samband.plans import forms
from samband.plans.forms_agreement import ActionForm
from samband.plans.models import Action, Proposal
from samband.plans.rules import BadRule, check_rrule, first_from, series, spoken_rule
from samband.plans.services import asks, editing, history, proposals
from samband.plans.services.changes import sentence
from samband.plans.services.corrections import Cover
from samband.plans.services.together import told
from samband.plans.views import together
from samband.plans.views.base import form_page, header, person_url, plan_or_404, save_form
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


@guarded("action.read", Action)
@require_safe
def page(request: HttpRequest, action: Action) -> HttpResponse:
    """One action: what, who, how often, its next times, what is proposed, and every change of it."""
    person = action.plan.person
    actor = request.actor  # type: ignore[attr-defined]
    if is_outside(actor):
        return redirect(person_url(person))
    inside = policy.decide(actor, "action.propose", action)
    context = {
        "person": header(request, person),
        "action": action,
        "knots": together.knots(actor, action),
        "may_along": bool(policy.decide(actor, "action.propose", action)) and action.status not in ("done", "stopped"),
        "rule": spoken_rule(action.rrule, action.starts_on, get_language() or "sv"),
        "times": []
        if action.plan.rests
        else next_times(action.rrule, action.starts_on, action.stops_on, action.time_from),
        "marks": Cover.of(action.plan).marks(history.thing_of(action)),
        "proposals": proposal_rows(actor, action.proposals.select_related("action__unit", "asked_unit"))
        if inside
        else [],
        "revisions": history_rows(action) if inside else [],
        "may_edit": (may_edit := policy.decide(actor, "action.edit", action)),
        "may_propose": inside,
        "ask": asks.states(action.plan).get(action.pk) if inside else None,
        "may_ask": may_edit and actor.kind == "staff" and action.status in ("active", "paused"),
        "may_return": may_edit and actor.kind == "staff" and action.by == Action.By.UNIT,
    }
    return render(request, "plans/action.html", context)


def history_rows(action: Action) -> list[dict]:
    rows = action.plan.revisions.filter(thing=history.thing_of(action))[:10]
    cover = Cover.of(action.plan)
    return [{"what": sentence(cover.row(r)), "who": r.by_name, "at": r.at, "why": r.why} for r in rows]


def proposal_rows(actor: Any, rows: Any) -> list[dict]:
    """Proposals in words, and whether this reader may answer."""
    found = []
    for row in rows:
        fields = [
            (history.field_of(Action, name), pair)
            for name, pair in row.changes.items()
            if name not in ("by", "together")
        ]
        changes = [
            {"label": str(f.verbose_name), "before": history.shown(f, a), "after": history.shown(f, b)}
            for f, (a, b) in fields
        ]
        if "together" in row.changes:
            changes.append({"label": _("Kommer med"), "before": "", "after": told(row.changes["together"][1])})
        found.append(
            {
                "row": row,
                "changes": changes,
                "may_answer": row.status == Proposal.Status.OPEN and proposals.may_answer(actor, row),
            }
        )
    return found


@guarded("action.create", Person)
@form_view
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """A new action. One for another party is a proposal until that party says yes (P3)."""
    plan = plan_or_404(person)
    initial = {"by": Action.By.UNIT, "unit": request.actor.unit_id, "starts_on": clock.today()}  # type: ignore[attr-defined]
    form = ActionForm(request.POST or None, plan=plan, initial=initial)

    def write(filled: forms.PartForm) -> None:
        action = filled.new()
        unit = action.unit
        also = together.read(action, filled.cleaned_data.get("along", ""))
        if policy.decide(request.actor, "action.edit", action) or unit is None:  # type: ignore[attr-defined]
            with transaction.atomic():
                editing.add(request.actor, action)  # type: ignore[attr-defined]
                if also:
                    toast(request, together.bring(request.actor, action, also))  # type: ignore[attr-defined]
            return
        if also:
            raise ValidationError({"along": _("Vänta tills %(unit)s har svarat. Lägg sedan till vem mer som kommer med.") % {
                "unit": unit.name}})  # fmt: skip
        until = filled.cleaned_data.get("answer_by")
        proposals.offer(request.actor, action, unit, asks.question(unit), until)  # type: ignore[attr-defined]
        toast(
            request, _("%(unit)s får frågan. Tills de svarar har ingen insatsen, och det syns.") % {"unit": unit.name}
        )

    return save_form(
        request, person, form, _("Ny insats"), _("Insatsen är sparad."), write, template="plans/action_form.html"
    )


@guarded("action.read", Action)
@form_view
def edit(request: HttpRequest, action: Action) -> HttpResponse:
    """Change one's own action; another party's is refused with the way on."""
    policy.require(request.actor, "action.edit", action)  # type: ignore[attr-defined]
    form = ActionForm(request.POST or None, instance=action, plan=action.plan)
    extra: dict[str, Any] = {"template": "plans/action_form.html", "action": action, "knots": together.others(action)}

    def write(filled: forms.PartForm) -> None:
        actor, unit = request.actor, filled.cleaned_data.get("unit")  # type: ignore[attr-defined]
        data, version = filled.cleaned_data, filled.cleaned_data.get("version") or 0
        if unit is not None and actor.kind == "staff" and asks.needs_yes(actor, action, unit):
            asks.give(actor, action, filled.changes(), version, data["change_why"], data.get("answer_by"))
            toast(
                request, _("%(unit)s får frågan. Insatsen är kvar där den är tills de säger ja.") % {"unit": unit.name}
            )
        else:
            editing.change(actor, action, filled.changes(), version, data["change_why"])

    return save_form(request, action.plan.person, form, _("Ändra insatsen"), _("Insatsen är sparad."), write, **extra)


@guarded("action.propose", Action)
@form_view
def propose(request: HttpRequest, action: Action) -> HttpResponse:
    """Propose a change to the party that has the action."""
    form = forms.ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        proposals.propose(request.actor, action, form.cleaned_data["text"], form.changes())  # type: ignore[attr-defined]
        toast(request, _("Förslaget är lämnat. Det syns i planen tills någon svarar."))
        return redirect(person_url(action.plan.person))
    title = _("Föreslå en ändring av ”%(title)s”") % {"title": action.title}
    return form_page(request, action.plan.person, action.plan, form, title, save=_("Lämna förslaget"))


def next_times(rrule: str, starts: Any, stops: Any, at: Any, number: int = 5) -> list[str]:
    """The next times in words."""
    found: list[str] = []
    day = max(clock.today(), starts)
    while len(found) < number:
        wall = first_from(rrule, starts, stops, at, day)
        if wall is None:
            break
        for moment in series(rrule, starts, stops, at, wall.date(), wall.date()):
            said = f"{text.weekday(moment.date())} {text.short_date(moment.date())}"
            timed = at is not None or "BYHOUR" in rrule
            found.append(f"{said}, {moment:%H.%M}" if timed else said)
        day = wall.date() + timedelta(days=1)
    return found[:number]


@guarded("day.read")
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The rule in words and its next five times, while the form is being filled in."""
    form = forms.PreviewForm(request.POST)
    form.full_clean()
    data = form.cleaned_data
    starts, stops = data.get("starts_on") or clock.today(), data.get("stops_on")
    rule = form.rrule()
    try:
        check_rrule(rule, starts, stops)
    except BadRule as bad:
        english = (get_language() or "sv").startswith("en")
        return render(request, "plans/parts/preview.html", {"problem": bad.en if english else bad.sv})
    context = {
        "rule": spoken_rule(rule, starts, get_language() or "sv"),
        "times": next_times(rule, starts, stops, data.get("time_from")),
    }
    return render(request, "plans/parts/preview.html", context)
