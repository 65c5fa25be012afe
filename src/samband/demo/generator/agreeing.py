"""Consent, answers and questions of generated plans, at the rates that a county might have. Its own stream of chance."""

import random
from datetime import date, timedelta

from samband.access.models import Consent, Party
from samband.core import clock
from samband.demo.generator.rows import Rows
from samband.demo.moments import of_day, workday
from samband.people.models import Organization, Person, Unit
from samband.plans.models import Action, Approval, CarePlan, Proposal, Revision

CONSENT, PRINCIPAL, APPROVED, DISAGREED, CHANGED, ASKED = 0.88, 0.7, 0.6, 0.04, 0.2, 0.06
WANTED = (
    ("Sällskap ute en gång i veckan", "walk", "Kan ni ta en promenad i veckan?"),
    ("Hjälp att gå igenom posten", "", "Kan ni hjälpa till med posten varannan vecka?"),
    ("Extra tillsyn på helgen", "home", "Kan ni titta till på lördagar?"),
)
NO = (
    "Vi har ingen som kan den tiden.",
    "Det ligger utanför beslutet vi har.",
    "Vi har ingen med rätt kompetens just nu.",
)


def agree(rows: Rows, person: Person, units: dict[str, Unit], rng: random.Random, today: date) -> None:
    """What belongs to the person's newest plan in `rows`, if she has one there."""
    plan = next((p for p in reversed(rows.plans) if p.person is person), None)
    parties = [p for p in rows.parties if p.person is person]
    if plan is None or not parties:
        return
    care = [u.organization for u in units.values() if u.organization.kind != Organization.Kind.OUTSIDE]
    if care and rng.random() < PRINCIPAL:
        plan.principal = rng.choice(care)
    if rng.random() < CONSENT:
        first = min(parties, key=lambda p: p.agreed_at)
        rows.consents.append(Consent(
            person=person, said="Ja, jag vill ha en plan som alla följer." if first.form != Party.Form.REPRESENTATIVE else first.said,
            said_by=first.said_by, form=first.form, recorded_by=first.recorded_by, given_at=first.agreed_at,
            basis="Enligt bedömningen i planen" if first.form == Party.Form.REPRESENTATIVE else "",
        ))  # fmt: skip
    _answer(rows, plan, parties[0], rng, today)
    if rng.random() < ASKED:
        _ask(rows, plan, parties, rng, today)


def _answer(rows: Rows, plan: CarePlan, party: Party, rng: random.Random, today: date) -> None:
    chance, recorder = rng.random(), party.recorded_by
    if chance > APPROVED + DISAGREED or recorder is None:
        return
    yes = chance < APPROVED
    at = clock.at(today - timedelta(days=rng.randrange(2, 90)), of_day("13:30"))
    rows.approvals.append(Approval(
        plan=plan, answer="approved" if yes else "disagreed", words="" if yes else "Tiderna passar inte mig.",
        said_by=party.said_by if party.form == Party.Form.REPRESENTATIVE else plan.person.full_name, form=party.form, at=at,
        basis="Enligt bedömningen i planen" if party.form == Party.Form.REPRESENTATIVE else "", by_kind="staff",
        by_name=recorder.staff.full_name, by_label=recorder.title, assignment=recorder,
    ))  # fmt: skip
    action = next((a for a in rows.actions if a.plan is plan and a.time_from), None)
    if yes and action is not None and action.time_from is not None and rng.random() < CHANGED:
        rows.revisions.append(Revision(
            plan=plan, number=1, at=at + timedelta(days=1), thing=f"plans.action:{action.public_id}", title=action.title,
            kind="change", changes={"time_from": ["08:00:00", action.time_from.isoformat()]}, by_kind="staff",
            why="En annan tid passade bättre.", by_name=recorder.staff.full_name, by_label=recorder.title, assignment=recorder,
        ))  # fmt: skip


def _ask(rows: Rows, plan: CarePlan, parties: list[Party], rng: random.Random, today: date) -> None:
    """A new action that a unit has been asked to take: a third waits, a third is late, a third got a no."""
    party, asker = rng.choice(parties), parties[0].recorded_by
    unit = party.unit
    if asker is None or unit.organization.kind == Organization.Kind.OUTSIDE:
        return
    title, icon, words = rng.choice(WANTED)
    start = workday(today + timedelta(days=rng.randrange(5, 30)))
    action = Action(
        plan=plan, title=title, icon=icon, by="nobody", starts_on=start, next_on=start, time_from=of_day("10:00")
    )
    rows.actions.append(action)
    until = today + timedelta(days=rng.choice([-9, -4, -2, 1, 2, 3]))
    no = rng.random() < 1 / 3
    rows.proposals.append(Proposal(
        action=action, kind="take", asked_unit=unit, answer_by=until, text=words, by_name=asker.staff.full_name, by_label=asker.title,
        assignment=asker, changes={"by": ["nobody", "unit"], "unit": [None, {"id": str(unit.public_id), "text": unit.name}]},
        status="declined" if no else "open", answer=rng.choice(NO) if no else "", answered_at=clock.now() if no else None,
    ))  # fmt: skip
