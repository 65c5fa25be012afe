"""The agreement on paper: the answer, the consent, who is responsible, who represents, and what the plan still lacks."""

from typing import Any

from django.utils.translation import gettext as _

from samband.access.models import Consent
from samband.core import clock, text
from samband.core.policy import Actor
from samband.people.models import Person
from samband.plans.models import Action, Approval, CarePlan
from samband.plans.prints import texts
from samband.plans.services import agreement, complete, notes
from samband.plans.services.agreement import Standing


def content(person: Person, plan: CarePlan, actor: Actor, actions: list[Action], members: list[Any]) -> dict[str, Any]:
    """For those within the plan. Paper says days, never "today"."""
    now = agreement.standing(plan)
    found = complete.facts(plan, now, actions, members, plan.goals.exists(), plan.follow_up_on)
    return {
        "marked": marked(now),
        "represented": f"{_('Företräds av')} {now.represented_by}" if now.marked else "",
        "agreed": [_answer(now), _consent(now), _principal(plan)],
        "lacking": [line["text"] for line in complete.for_person(plan, found).lines],
        "notes": [
            {"words": texts.many(n.words, "sv"), "who": f"{n.relative.full_name}, {n.relative.relation}"}
            for n in notes.read(actor, plan)
        ],
    }


def marked(now: Standing) -> str:
    """P7."""
    if not now.marked or now.review_on is None:
        return ""
    again = _("Skulle ha prövats igen %(day)s.") if now.review_late else _("Prövas igen %(day)s.")
    day = text.short_date(now.review_on)
    return f"{now.ground_word}. {_('Företräds av')} {now.represented_by.rstrip('.')}. {again % {'day': day}}"


def _answer(now: Standing) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": _("Svar om planen"),
        "text": _("Planen har inte fått ett ja än."),
        "voice": None,
        "note": "",
    }
    if not now.answer or now.answered_at is None:
        return row
    day = text.short_date(clock.local(now.answered_at).date())
    row["voice"] = texts.many(now.answer_words, "sv") if now.answer_words.strip() else None
    if now.answer == Approval.Answer.DISAGREED:
        said = _("%(who)s sade %(day)s att något inte stämmer.")
    else:
        said = _("%(who)s sade ja till planen %(day)s.")
    row["text"] = said % {"who": now.answered_by, "day": day}
    row["note"] = _("Planen har ändrats sedan dess.") if now.since and not _is_no(now) else ""
    return row


def _is_no(now: Standing) -> bool:
    return now.answer == Approval.Answer.DISAGREED


def _consent(now: Standing) -> dict[str, Any]:
    said = _("Inte antecknat.")
    if now.consent_at:
        day = text.short_date(clock.local(now.withdrawn_at or now.consent_at).date())
        form = str(Consent.Form(now.consent_form).label).lower()
        said = f"{now.consent_by}, {form}, {day}"
        if now.withdrawn_at:
            said = _("Tillbakataget %(day)s.") % {"day": day}
    return {"name": _("Samtycke"), "text": said, "voice": None, "note": ""}


def _principal(plan: CarePlan) -> dict[str, Any]:
    who = plan.principal.name if plan.principal else _("Inte bestämt.")
    return {"name": _("Övergripande ansvar"), "text": who, "voice": None, "note": ""}
