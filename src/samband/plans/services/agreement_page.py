"""What the pages show of an agreement: a few rows beside the plan, the whole on a page of its own."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samband.access.models import Consent, Party
from samband.core import clock, text
from samband.core.policy import Actor
from samband.people.models import Organization, Person
from samband.plans.models import Action, Approval, CarePlan, Revision
from samband.plans.services import agreement, asks, complete, notes
from samband.plans.services.agreement import Standing
from samband.plans.services.changes import sentence
from samband.plans.services.page import brief

ANSWERS = 10


def beside(
    actor: Actor,
    plan: CarePlan,
    actions: list[Action],
    members: list[Party],
    goals: bool,
    waiting: dict,
    may_edit: bool,
) -> dict[str, Any]:
    """The rows beside the plan. Two queries (three where something changed since the answer)."""
    now = agreement.standing(plan)
    found = complete.facts(plan, now, actions, members, goals, plan.follow_up_on)
    return {
        "standing": now,
        "rows": [*standing_rows(plan, now, members), *ask_rows(actions, waiting)],
        "checked": complete.for_staff(plan, found, may_edit),
        "changed": lines(agreement.changed_since(plan, now.number)) if now.since else [],
        "notes": notes.read(actor, plan),
    }


def standing_rows(plan: CarePlan, now: Standing, members: Iterable[Party]) -> list[dict[str, Any]]:
    """The answer, the consent and the principal, each with a mark and a day."""
    return [answer_row(plan.person, now), consent_row(now), principal_row(plan, members)]


def answer_row(person: Person, now: Standing) -> dict[str, Any]:
    if not now.answer or now.answered_at is None:
        return {
            "name": _("Inte godkänd än"),
            "note": _("ingen har svarat om planen som den är"),
            "state": "warn",
            "word": _("väntar"),
        }
    day = brief(clock.local(now.answered_at).date())
    row = {"name": now.answered_by, "strong": True, "note": how(now), "word": day}
    if now.answer == Approval.Answer.DISAGREED:
        return {**row, "state": "act", "note": _("håller inte med"), "word": day}
    if now.since:
        changed = ngettext("ändrad sedan dess på %(n)d ställe", "ändrad sedan dess på %(n)d ställen", now.since)
        return {**row, "state": "warn", "note": _("godkände, %(changed)s") % {"changed": changed % {"n": now.since}}}
    return {**row, "state": "ok", "note": f"{_('har godkänt planen')}, {how(now)}"}


def how(now: Standing) -> str:
    """`muntligt, antecknat av Annika Norell`."""
    if now.recorded_kind != "staff":
        return _("själv, i Samband") if now.recorded_kind == "person" else _("som företrädare, i Samband")
    form = str(Party.Form(now.answer_form).label).lower() if now.answer_form else ""
    return ", ".join(filter(None, [form, _("antecknat av %(name)s") % {"name": now.recorded_by}]))


def consent_row(now: Standing) -> dict[str, Any]:
    if now.consent_at is None:
        return {"name": _("Samtycke"), "note": _("inte antecknat"), "state": "warn", "word": _("saknas")}
    form = str(Consent.Form(now.consent_form).label).lower()
    day = brief(clock.local(now.consent_at).date())
    return {"name": _("Samtycke"), "note": f"{now.consent_by}, {form}", "state": "ok", "word": day}


def principal_row(plan: CarePlan, members: Iterable[Party]) -> dict[str, Any]:
    """Named from what is at hand where a unit of it takes part."""
    if plan.principal_id is None:
        return {
            "name": _("Övergripande ansvar"),
            "note": _("ingen huvudman är utsedd"),
            "state": "warn",
            "word": _("saknas"),
        }
    at_hand = {p.unit.organization_id: p.unit.organization for p in members if p.withdrawn_at is None}
    found = at_hand.get(plan.principal_id)
    if found:
        return {"name": _("Övergripande ansvar"), "note": found.name, "state": "ok", "word": _("klart")}
    name = Organization.objects.get(pk=plan.principal_id).name
    return {"name": _("Övergripande ansvar"), "note": name, "state": "warn", "word": _("inte längre part")}


def ask_rows(actions: Iterable[Action], waiting: dict[int, asks.AskState]) -> list[dict[str, Any]]:
    """Questions without a yes."""
    titles = {a.pk: a.title for a in actions if a.status in complete.LIVE}
    return [
        {"name": titles[pk], "url": _url(state), "note": state.word, "state": state.state, "word": _word(state)}
        for pk, state in waiting.items() if pk in titles
    ]  # fmt: skip


def _url(state: asks.AskState) -> str:
    from django.urls import reverse

    return reverse("plans:action", args=[state.row.action.public_id])


def _word(state: asks.AskState) -> str:
    if state.open:
        return _("inte svarat") if state.state == "warn" else _("väntar")
    return _("nej") if state.row.status == "declined" else _("tillbaka")


def lines(rows: Iterable[Revision]) -> list[dict[str, Any]]:
    """Changes in one line each."""
    return [{"what": sentence(r), "who": r.by_name, "at": r.at, "why": r.why} for r in rows]


def whole(actor: Actor, person: Person, plan: CarePlan) -> dict[str, Any]:
    """Everything on the page of the agreement."""
    plan.person = person
    actions = list(plan.actions.select_related("unit__organization").prefetch_related("participants__unit"))
    members = list(person.parties.select_related("unit__organization"))
    waiting = asks.states(plan)
    shown = beside(actor, plan, actions, members, plan.goals.exists(), waiting, True)
    return {
        **shown,
        "waiting": ask_rows(actions, waiting),
        "answers": [answered(row) for row in plan.approvals.all()[:ANSWERS]],
        "consents": list(person.consents.select_related("recorded_by__staff", "representative")),
    }


def answered(row: Approval) -> dict[str, Any]:
    """One answer as the history shows it."""
    day = text.short_date(clock.local(row.at).date())
    now = Standing(answer_form=row.form, recorded_by=row.by_name, recorded_kind=row.by_kind)
    return {
        "row": row, "day": day, "how": how(now), "state": "ok" if row.approved else "act",
        "what": _("Godkände version %(n)d") % {"n": row.number} if row.approved
        else _("Höll inte med om version %(n)d") % {"n": row.number},
    }  # fmt: skip
