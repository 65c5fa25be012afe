"""The agreement as the person meets it: where it stands in one sentence, what is missing in plain words, what she may do."""

from typing import Any

from django.utils.translation import gettext as _

from samband.access.models import Party
from samband.access.services.facts import know_consent
from samband.core import clock, policy, text
from samband.plans.models import Action, Approval, Goal, RelativeNote
from samband.plans.services import agreement as plans
from samband.plans.services import agreement_page, asks, complete, consent, notes
from samband.plans.services.agreement import Standing
from samband.web.services import own as mine


def beside(own: mine.Own, actions: list[Action], members: list[Party], goals: list[Goal]) -> dict[str, Any] | None:
    """What stands on top of the plan page; one query."""
    if own.plan is None:
        return None
    now = plans.standing(own.plan)
    know_consent(own.actor, own.person.pk, now.marked)
    found = complete.facts(own.plan, now, actions, members, bool(goals), own.plan.follow_up_on)
    return {
        "standing": now,
        "said": said(own, now),
        "state": "ok" if now.approved else "warn" if now.answer != "disagreed" else "act",
        "checked": complete.for_person(own.plan, found),
        "marked": marked(own, now),
        "may_answer": may_answer(own),
    }


def may_answer(own: mine.Own) -> bool:
    """Whether this reader may say yes, or no."""
    return any(policy.decide(own.actor, question, own.plan) for question in ("plan.approve", "plan.disagree"))


def said(own: mine.Own, now: Standing) -> str:
    """`Du sade ja till planen 3 november. Den har ändrats sedan dess.`"""
    if not now.answer or now.answered_at is None:
        return _("Planen har inte fått ett ja än.")
    day = text.short_date(clock.local(now.answered_at).date())
    self_said = own.mine and now.answered_by == own.person.full_name
    who = _("Du") if self_said else now.answered_by
    if now.answer == Approval.Answer.DISAGREED:
        return _("%(who)s sade %(day)s att något inte stämmer.") % {"who": who, "day": day}
    yes = _("%(who)s sade ja till planen %(day)s.") % {"who": who, "day": day}
    return f"{yes} {_('Den har ändrats sedan dess.')}" if now.since else yes


def marked(own: mine.Own, now: Standing) -> str:
    """P7, in plain words."""
    if not now.marked or now.review_on is None:
        return ""
    day = text.short_date(now.review_on)
    again = _("Det skulle ha prövats igen %(day)s.") if now.review_late else _("Det prövas igen %(day)s.")
    who = _("%(who)s företräder %(name)s.") % {"who": now.represented_by.rstrip("."), "name": own.person.given_name}
    return f"{who} {again % {'day': day}}"


def whole(own: mine.Own) -> dict[str, Any]:
    """Everything on the page where she answers."""
    if own.plan is None:
        return {}
    plan, members = own.plan, mine.parties(own)
    top = beside(own, mine.live_actions(own), members, mine.goals(own))
    assert top is not None
    now = top["standing"]
    held = consent.latest(own.person)
    actor = own.actor
    return {
        **top,
        "number": plans.version_of(plan),
        "changed": agreement_page.lines(plans.changed_since(plan, now.number)) if now.answer else [],
        "waiting": list(asks.states(plan).values()),
        "may_approve": policy.decide(actor, "plan.approve", plan),
        "may_disagree": policy.decide(actor, "plan.disagree", plan),
        "consent": held,
        "may_give": bool(policy.decide(actor, "consent.give", own.person)),
        "may_withdraw": bool(policy.decide(actor, "consent.withdraw", own.person)),
        "back": consent.may_return(own.person),
        "parties": members,
        "notes": _notes(own),
    }


def _notes(own: mine.Own) -> list[dict[str, Any]]:
    """What those near have written, and whether this reader decides who sees it."""
    assert own.plan is not None
    rows: list[RelativeNote] = notes.read(own.actor, own.plan)
    return [{"row": row, "may_share": bool(policy.decide(own.actor, "note.share", row))} for row in rows]
