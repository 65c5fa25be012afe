"""The numbers counted by hand: Python loops over every row, no query filter, no shared code with the board."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr
from django.utils import timezone

from samband.access.models import CareRelation, Consent, Party
from samband.core import clock
from samband.people.models import Area, ContactRole, Person, Unit
from samband.plans.models import Action, Approval, CarePlan, OccurrenceState, Proposal, Revision


def holds(row, today: date) -> bool:
    return row.starts_on <= today and (row.ends_on is None or row.ends_on >= today)


class Oracle:
    """All rows in memory, then one loop for each number; answers sets of person keys (today: a list)."""

    def __init__(self, unit_ids, area=None, unit=None):
        self.today, self.now = clock.today(), clock.now()
        self.units = set(unit_ids)
        self.areas = None if area is None else {area.pk, *(a.pk for a in Area.objects.all() if a.parent_id == area.pk)}
        self.unit = unit
        self.relations, self.parties, self.contacts = defaultdict(list), defaultdict(list), defaultdict(list)
        for row in CareRelation.objects.all():
            self.relations[row.person_id].append(row)
        for row in Party.objects.all():
            self.parties[row.person_id].append(row)
        for row in ContactRole.objects.all():
            self.contacts[row.person_id].append(row)
        self.plans = defaultdict(list)
        for row in CarePlan.objects.all():
            self.plans[row.person_id].append(row)
        self.people = [p for p in Person.objects.all() if self.sees(p)]

    def sees(self, person) -> bool:
        if person.deceased_on is not None:
            return False
        now = self.caring(person)
        if not now & self.units:
            return False
        if self.areas is not None and person.area_id not in self.areas:
            return False
        return self.unit is None or self.unit.pk in now

    def caring(self, person) -> set[int]:
        return {r.unit_id for r in self.relations[person.pk] if holds(r, self.today)}

    def reads(self, person) -> bool:
        """P2: a party unit that takes part in the care now."""
        now = self.caring(person) & self.units
        return any(p.unit_id in now and p.withdrawn_at is None for p in self.parties[person.pk])

    def active(self):
        for person in self.people:
            for plan in self.plans[person.pk]:
                if plan.status == "active" and self.reads(person):
                    yield person, plan

    def next_step(self) -> set[int]:
        return {
            person.pk
            for person, plan in self.active()
            if plan.next_kind == "action" and plan.next_due is not None and plan.next_due < self.now
        }

    def follow_up(self) -> set[int]:
        return {p.pk for p, plan in self.active() if plan.follow_up_on is not None and plan.follow_up_on < self.today}

    def no_plan(self) -> set[int]:
        return {
            p.pk for p in self.people if not any(x.status in ("active", "draft", "paused") for x in self.plans[p.pk])
        }

    def no_contact(self, kind="") -> set[int]:
        units = {u.pk for u in Unit.objects.all() if u.kind in ("home_help", "care_home", "social")}
        found = set()
        for person in self.people:
            wanted = {"care_contact", "physician_contact"}
            if any(r.unit_id in units and holds(r, self.today) for r in self.relations[person.pk]):
                wanted.add("social_contact")
            wanted &= {kind} if kind else wanted
            if wanted - {c.kind for c in self.contacts[person.pk] if holds(c, self.today)}:
                found.add(person.pk)
        return found

    def no_consent(self) -> set[int]:
        found = set()
        for person in self.people:
            if any(plan.status != "closed" for plan in self.plans[person.pk]):
                said = sorted((c.given_at, c.pk, c) for c in Consent.objects.all() if c.person_id == person.pk)
                if not said or said[-1][2].withdrawn_at is not None:
                    found.add(person.pk)
        return found

    def not_approved(self) -> set[int]:
        answers, changes = list(Approval.objects.all()), list(Revision.objects.all())
        found = set()
        for person, plan in self.active():
            said = max((a for a in answers if a.plan_id == plan.pk), key=lambda a: a.pk, default=None)
            yes = said is not None and said.answer == "approved"
            if not yes or any(self._new(r) for r in changes if r.plan_id == plan.pk and r.number > said.number):
                found.add(person.pk)
        return found

    def _new(self, row) -> bool:
        """A change of what was agreed, by somebody else than the person."""
        if row.kind not in ("add", "change") or row.by_kind == "person":
            return False
        if row.thing.startswith(("plans.planevent", "plans.relativenote")):
            return False
        return "ongoing_since" not in row.changes and "done_at" not in row.changes

    def asks(self) -> list[int]:
        """One entry for each question, by person."""
        open_plans = {
            plan.pk: person.pk
            for person in self.people
            for plan in self.plans[person.pk]
            if plan.status != "closed" and self.reads(person)
        }
        actions = {a.pk: a for a in Action.objects.all()}
        rows = [p for p in Proposal.objects.all() if p.kind == "take"]
        found = []
        for row in rows:
            action = actions[row.action_id]
            if action.plan_id not in open_plans or action.status not in ("active", "paused"):
                continue
            silent = row.status == "open" and (row.answer_by is None or row.answer_by < self.today)
            later = any(other.action_id == row.action_id and other.pk > row.pk for other in rows)
            refused = row.status in ("declined", "returned") and action.by == "nobody" and not later
            if silent or refused:
                found.append(open_plans[action.plan_id])
        return sorted(found)

    def unassigned(self) -> list[tuple[int, datetime]]:
        states = defaultdict(dict)
        for state in OccurrenceState.objects.all():
            states[state.action_id][state.original] = state
        found = []
        plans = {plan.pk: person for person, plan in self.active()}
        for action in Action.objects.all():
            if action.plan_id in plans and action.status == "active":
                for starts, state in self._occurrences(action, states[action.pk]):
                    if timezone.localtime(starts).date() == self.today and self._waits(action, state):
                        found.append((plans[action.plan_id].pk, starts))
        return sorted(found)

    def _waits(self, action, state) -> bool:
        if state is None:
            return action.by == "nobody" and action.assignment_id is None
        if state.status not in ("planned", "unassigned") or state.assignment_id is not None:
            return False
        if state.status == "unassigned":
            return True
        return action.by == "nobody" and action.assignment_id is None

    def _occurrences(self, action, states):
        """Every time of the rule from its first day until a week from now, with its exception."""
        moment = action.time_from or time()
        if not action.rrule:
            days = [action.starts_on]
        else:
            rule = rrulestr(action.rrule, dtstart=datetime.combine(action.starts_on, moment))
            end = datetime.combine(self.today + timedelta(days=7), time())
            days = [d.date() for d in rule.between(datetime.combine(action.starts_on, time()), end, inc=True)]
        for day in days:
            if action.stops_on is None or day <= action.stops_on:
                original = clock.at(day, moment)
                state = states.get(original)
                yield (state.moved_to if state and state.moved_to else original), state
