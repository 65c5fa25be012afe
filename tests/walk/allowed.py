"""Which marks a reader may be shown, by the oracle: the sentence of the rules that stands for each kind of row."""

from typing import Any

from samband.core.models import AuditSubject
from tests.access.oracle import Oracle, Who, capacities
from tests.access.plain import Row
from tests.access.rows import Written
from tests.walk.marking import Owner

PLAN_APPS = {"plans", "library", "meetings"}
NAMES = {"given_name", "family_name", "search_name"}
PROTECTED = {"street", "postal_code", "city", "phone"}


class Allowed:
    """Asks the oracle about the owner of a mark. What it does not know by kind is shown to whoever may know the person."""

    def __init__(self, made: Written):
        self.made, self.oracle = made, Oracle(made.world)
        self.plain: dict[tuple[str, int], Row] = {}
        for row in made.world.rows:
            thing = made.rows.get(row.key)
            if thing is None:
                continue
            self.plain[thing._meta.label, thing.pk] = row

    def of(self, thing: Any) -> Row | None:
        """The plain row behind a row of the database, or behind the one it belongs to."""
        for name in ("", "entry", "case", "action", "meeting", "item", "note", "handover", "block", "plan"):
            owner = getattr(thing, name, None) if name else thing
            if hasattr(owner, "_meta") and (owner._meta.label, owner.pk) in self.plain:
                return self.plain[owner._meta.label, owner.pk]
        return None

    def __call__(self, who: Who, account: int | None, mark: Owner) -> bool:
        if who.kind == "anonymous":
            return False
        held = [c for c in capacities(self.made.world, account) if account is not None]
        if who not in held:
            return self._own_name(held, mark)
        return self._may(who, mark) or self._own_name(held, mark)

    def _own_name(self, held: list[Who], mark: Owner) -> bool:
        """The choice of capacity names the person and the relative that the account itself is."""
        if mark.label == "people.Person":
            near = [c.relative.person for c in held if c.kind == "relative"]
            return mark.field in NAMES and mark.person in [*near, *(c.person.key for c in held if c.kind == "person")]
        return mark.label == "people.Relative" and any(
            c.kind == "relative" and self.made.relatives[c.relative.key].pk == mark.pk for c in held
        )

    def _may(self, who: Who, mark: Owner) -> bool:
        o, row, app = self.oracle, self.of(mark.row), mark.label.split(".")[0]
        knows = o.knows(who, mark.person)[0]
        if mark.field in NAMES and self._reviews(who, mark):
            return True
        if mark.label == "people.Person":
            return self._person(who, mark, knows)
        if app == "people":
            return (knows and not o.outside(who)) or self._sent(who, mark)
        if app == "access":
            marked = mark.field == "represented_by"  # P7: the plan is marked so everywhere
            return knows and (marked or not (o.outside(who) and mark.label == "access.Capacity"))
        if app == "review":
            return who.kind == "staff" and who.assignment.role == "reviewer"
        if app == "contact":
            return row is not None and o.reads_case(who, row)[0]
        if app == "records":
            return self._record(who, mark, row)
        if mark.label.startswith("meetings."):
            return self._meeting(who, mark, row)
        if app in PLAN_APPS:
            return self._plan(who, mark, row)
        return knows

    def _reviews(self, who: Who, mark: Owner) -> bool:
        """A2: the log reviewer learns whom the staff of her own organisation have read about."""
        if mark.label != "people.Person" or who.kind != "staff" or who.assignment.role != "reviewer":
            return False
        ours = self.made.actor(who).organization_id
        found = AuditSubject.objects.filter(person_id=mark.pk, event__organization_id=ours)
        return found.exclude(event__actor_kind="person").exists()

    def _sent(self, who: Who, mark: Owner) -> bool:
        """A relative who sent a question is known to whoever has it."""
        if mark.label != "people.Relative":
            return False
        cases = [row for row in self.made.world.about(mark.person, "case") if row.sender is not None]
        return any(self.made.relatives[c.sender.key].pk == mark.pk and self.oracle.reads_case(who, c)[0] for c in cases)

    def _person(self, who: Who, mark: Owner, knows: bool) -> bool:
        o = self.oracle
        person = self.made.world.persons[mark.person]
        if mark.field in PROTECTED and person.protected:
            return who.kind == "person" and knows
        if knows:
            return not (o.outside(who) and mark.field in PROTECTED)
        cases = any(o.reads_case(who, c)[0] for c in self.made.world.about(mark.person, "case"))
        lifts = any(o.answers_lift(who, x)[0] for x in self.made.world.about(mark.person, "lift"))
        return mark.field in NAMES and (cases or lifts)

    def _plan(self, who: Who, mark: Owner, row: Row | None) -> bool:
        o = self.oracle
        if mark.label == "plans.RelativeNote":
            return row is not None and o.reads_note(who, row)[0]
        if not o.outside(who):
            return o.reads_plan(who, mark.person)[0]
        action = row.action if row is not None and row.kind == "proposal" else row
        return action is not None and action.kind == "action" and o.sees_action(who, action)[0]

    def _meeting(self, who: Who, mark: Owner, row: Row | None) -> bool:
        o = self.oracle
        if row is None or row.kind != "meeting":
            return o.reads_plan(who, mark.person)[0]
        if mark.field == "link":
            return o.sees_link(who, row)[0]
        part = mark.label in ("meetings.Meeting", "meetings.Attendee", "meetings.MeetingEvent")
        return o.reads_meeting(who, row)[0] and (part or not o.outside(who))

    def _record(self, who: Who, mark: Owner, row: Row | None) -> bool:
        o = self.oracle
        if who.kind == "person":
            unsigned = row is not None and row.kind == "entry" and not row.signed
            return who.person.key == mark.person and not unsigned
        if row is not None and row.kind == "entry":
            return o.reads_entry(who, row)[0]
        if mark.label == "records.LiftRequest" and row is not None and row.kind == "lift":
            return o.answers_lift(who, row)[0] or o.withdraws_lift(who, row)[0]
        return o.in_care(who, mark.person)[0]
