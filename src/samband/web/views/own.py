"""The own pages of a person and of those she shares with: today, plan, situations, help (A13, P4)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samband.core import clock, policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.plans.models import Situation
from samband.plans.services import asks, notes
from samband.web.services import agreement, calls, own


def page(request: Request, template: str, mine: own.Own, status: int = 200, **context: Any) -> HttpResponse:
    """What every own page knows: whose it is and how she wants to read."""
    known = {"own": mine, "person": mine.person, "plan": mine.plan}
    return render(request, template, {**known, **context}, status=status)


@guarded("own.read")
@require_safe
def today(request: Request) -> HttpResponse:
    """What is next, who answers now, who comes today, what do I do if, who are my contacts."""
    mine = own.open_page(request, "my")
    lines = calls.lines(mine.person)
    day = own.today(mine)
    left = any(row["state"] != "done" for row in day)
    return page(
        request,
        "web/my.html",
        mine,
        step=own.step(mine),
        help=calls.help_button(mine.person, lines, own.together(mine)),
        day=day,
        tomorrow=None if left else own.tomorrow(mine),
        situations=own.situations(mine),
        contacts=calls.contacts(mine.person),
        today=clock.today(),
    )


@guarded("own.read")
@require_safe
def plan(request: Request) -> HttpResponse:
    """My words, my goals, what we do about it, and who sees it."""
    mine = own.open_page(request, "my_plan")
    shown = mine.plan is not None
    rows, goals, parties = own.live_actions(mine) if shown else [], own.goals(mine), own.parties(mine)
    waiting = asks.states(mine.plan) if mine.plan else {}
    return page(
        request,
        "web/plan.html",
        mine,
        goals=goals,
        agreement=agreement.beside(mine, rows, parties, goals),
        notes=notes.read(request.actor, mine.plan) if mine.plan else [],
        may_words=shown and bool(policy.decide(request.actor, "words.edit", mine.plan)),
        may_plan=shown and bool(policy.decide(request.actor, "plan.edit", mine.plan)),
        actions=own.plan_actions(mine, rows, waiting) if shown else [],
        follow_up=mine.plan.follow_ups.filter(done_at__isnull=True).first() if mine.plan else None,
        parties=parties,
        handed=own.handed(mine),
        relatives=own.relatives(mine),
        help=calls.help_button(mine.person, calls.lines(mine.person), own.together(mine)),
    )


@guarded("own.read")
@require_safe
def situations(request: Request) -> HttpResponse:
    """If … happens, then …"""
    mine = own.open_page(request, "my_situations")
    return page(
        request,
        "web/situations.html",
        mine,
        situations=own.situations(mine),
        help=calls.help_button(mine.person, calls.lines(mine.person), own.together(mine)),
    )


@guarded("own.read")
@require_safe
def situation(request: Request, situation) -> HttpResponse:
    """One situation: what I do, what those near me do, and whom to call, the one who answers now first."""
    mine = own.open_page(request, "my_situation")
    row = get_object_or_404(
        policy.scoped(request.actor, "own.read", Situation.objects.filter(plan=mine.plan)), public_id=situation
    )
    lines = [calls.line(unit) for unit in (row.call_unit, row.then_unit) if unit]
    lines.sort(key=lambda found: found.open is not True)
    return page(
        request,
        "web/situation.html",
        mine,
        situation=row,
        picture=own.picture_of(row),
        parts=parts(mine, row),
        lines=lines,
        advice=not any(found.open for found in lines),
        edit_url=reverse("web:my_situation_edit", args=[row.public_id]) if mine.may_write else "",
    )


def parts(mine: own.Own, row: Situation) -> list[dict]:
    """The steps by who does them, the reader's own first."""
    from django.utils.translation import gettext as _

    her = {"title": _("Så gör du") if mine.mine else _("Så gör %(name)s") % {"name": mine.person.given_name},
           "steps": own.steps(row.steps_person)}  # fmt: skip
    near = {"title": _("Så gör närstående") if mine.mine else _("Så gör du"), "steps": own.steps(row.steps_relative)}
    staff = {"title": _("Så gör personalen"), "steps": own.steps(row.steps_staff)}
    order = [her, near, staff] if mine.mine else [near, her, staff]
    return [part for part in order if part["steps"]]


@guarded("own.read")
@require_safe
def help_page(request: Request) -> HttpResponse:
    """Whom to call now: those who answer, those who do not, 1177 and 112."""
    mine = own.open_page(request, "my_help")
    lines = calls.lines(mine.person)
    return page(
        request,
        "web/help.html",
        mine,
        lines=lines,
        help=calls.help_button(mine.person, lines, own.together(mine)),
        contacts=calls.contacts(mine.person),
    )
