"""Who may do what, read slowly from the text of the rules (A1–A17, P1–P7) over a plain world. It shares nothing with the product.

Each answer is `(allowed, rule id)`. The functions follow the sentences of the rules in their order, with loops instead of indexes.
"""

from dataclasses import dataclass

from tests.access.plain import CARE, Assignment, Person, Plain, Relative, Row, Unit

Answer = tuple[bool, str]
SOCIAL = {"home_help", "care_home", "social"}  # units under social services law: another provider than its health care
PLANS = set(CARE) - {"assistant", "pharmacist"}  # who starts, leads and hands over plans
LICENSED = {"nurse", "physician", "therapist", "dental", "pharmacist"}


@dataclass(frozen=True)
class Who:
    """Who asks, in which capacity."""

    kind: str
    assignment: Assignment | None = None
    person: Person | None = None
    relative: Relative | None = None


def holds(starts: int, ends: int | None) -> bool:
    """Today, first and last day included."""
    return starts <= 0 and (ends is None or ends >= 0)


def capacities(world: Plain, account: int) -> list[Who]:
    """P2, P4, A13: an assignment that holds, oneself, a relative to whom something is shared and for as long as it is."""
    found = [Who("staff", assignment=a) for a in world.assignments if a.account == account and holds(a.starts, a.ends)]
    found += [Who("person", person=p) for p in world.persons if p.account == account]
    near = [x for x in world.relatives if x.account == account and x.reads and holds(x.starts, x.ends)]
    return found + [Who("relative", relative=x) for x in near]


class Oracle:
    def __init__(self, world: Plain):
        self.world = world

    # ----- what is known

    def units(self, who: Who) -> list[Unit]:
        return [who.assignment.unit, *who.assignment.covers] if who.kind == "staff" else []

    def care(self, who: Who) -> bool:
        """Staff of health and social care, in a role that takes part in it (A1, A14)."""
        return who.kind == "staff" and who.assignment.role in CARE and who.assignment.unit.org_kind != "outside"

    def outside(self, who: Who) -> bool:
        """School, employer, insurance office: no parties to the law on coherent records (A14)."""
        if who.kind != "staff":
            return False
        return who.assignment.unit.org_kind == "outside" or who.assignment.role == "outside"

    def takes_part(self, unit: Unit, person: int) -> bool:
        return any(r.unit == unit and holds(r.starts, r.ends) for r in self.world.about(person, "relation"))

    def agreed(self, unit: Unit, person: int) -> bool:
        return any(p.unit == unit and not p.withdrawn for p in self.world.about(person, "party"))

    def incapable(self, person: int) -> bool:
        return any(holds(c.starts, c.ends) for c in self.world.about(person, "capacity"))

    def near(self, who: Who, person: int) -> bool:
        x = who.relative
        return who.kind == "relative" and x.person == person and x.reads and holds(x.starts, x.ends)

    def writes(self, who: Who, person: int) -> bool:
        return self.near(who, person) and who.relative.writes

    def legal(self, who: Who, person: int) -> bool:
        return self.writes(who, person) and who.relative.role in ("guardian", "trustee")

    # ----- persons and the shared plan

    def knows(self, who: Who, person: int) -> Answer:
        """That the person exists: those who take part in her care (A1), herself (A13), with whom she shares, agreed parties (P5)."""
        if who.kind == "anonymous":
            return False, "A16"
        if who.kind == "person":
            return who.person.key == person, "A13"
        if who.kind == "relative":
            return self.near(who, person), "A13"
        if self.outside(who):
            return any(self.agreed(u, person) for u in self.units(who)), "A14"
        if not self.care(who):
            return False, "A1"
        return any(self.takes_part(u, person) for u in self.units(who)), "A1"

    def reads_plan(self, who: Who, person: int) -> Answer:
        """P2: an assignment at a party unit that takes part in the care now. P4, P5, P6."""
        knows = self.knows(who, person)
        if not knows[0]:
            return knows
        if who.kind in ("person", "relative"):
            return True, "P4"
        if self.outside(who):
            return True, "P5"
        if any(self.agreed(u, person) and self.takes_part(u, person) for u in self.units(who)):
            return True, "P2"
        left = any(p.unit in self.units(who) and p.withdrawn for p in self.world.about(person, "party"))
        return False, "P6" if left else "P2"

    def edits_plan(self, who: Who, person: int) -> Answer:
        """P3, P4: the parties in care, the person, and who represents her by law."""
        reads = self.reads_plan(who, person)
        if not reads[0]:
            return reads
        if who.kind == "person":
            return True, "P4"
        if who.kind == "relative":
            return self.legal(who, person), "P4"
        return not self.outside(who), "P5" if self.outside(who) else "P3"

    def plans(self, who: Who) -> bool:
        return self.care(who) and who.assignment.role in PLANS

    def leads_plan(self, who: Who, person: int) -> Answer:
        edits = self.edits_plan(who, person)
        return (edits[0] and self.plans(who), "P1") if edits[0] else edits

    def keeps_person(self, who: Who, person: int, rule: str = "A1") -> Answer:
        """Parties, capacity, contacts, relatives: those in the care of the person, in a role that plans (P1, P7, A1)."""
        knows = self.knows(who, person)
        return (self.plans(who), rule) if knows[0] else knows

    def edits_action(self, who: Who, action: Row) -> Answer:
        """P3: each party edits its own actions; the person and who represents her what is hers."""
        edits = self.edits_plan(who, action.person)
        if not edits[0]:
            return edits
        if who.kind != "staff":
            return action.by in ("person", "relative"), "P3"
        if action.by != "unit":
            return True, "P3"
        return action.unit in self.units(who) and action.unit.org == who.assignment.unit.org, "P3"

    def sees_action(self, who: Who, action: Row) -> Answer:
        """P5: a party outside sees what concerns it and the person agreed to share."""
        reads = self.reads_plan(who, action.person)
        if not reads[0] or not self.outside(who):
            return reads
        return action.outside and any(u in self.units(who) for u in (action.unit, *action.along) if u), "P5"

    def proposes(self, who: Who, person: int) -> Answer:
        """From within the plan; a relative who may write (P4), no party outside (P5)."""
        reads = self.reads_plan(who, person)
        if not reads[0]:
            return reads
        if who.kind == "relative":
            return self.writes(who, person), "P4"
        return not self.outside(who), "P5" if self.outside(who) else "P3"

    def does_action(self, who: Who, action: Row) -> Answer:
        """Done, moved, not done: who carries it out (P3), the person and the one near her their own (P4)."""
        reads = self.reads_plan(who, action.person)
        if not reads[0]:
            return reads
        if who.kind == "person":
            return action.by in ("person", "relative"), "P4"
        if who.kind == "relative":
            own = action.relative is not None and action.relative.key == who.relative.key
            return self.writes(who, action.person) and (own or action.by == "person"), "P4"
        carries = any(u in self.units(who) for u in (action.unit, *action.along) if u)
        return self.care(who) and (action.by != "unit" or carries), "P3"

    def answers_proposal(self, who: Who, row: Row) -> Answer:
        """The asked unit answers for itself (P3); a party outside only for what it may see (P5)."""
        if row.unit is None:
            return self.edits_action(who, row.action)
        reads = self.reads_plan(who, row.person)
        if not reads[0]:
            return reads
        if who.kind != "staff" or row.unit not in self.units(who) or row.unit.org != who.assignment.unit.org:
            return False, "P3"
        if self.outside(who):
            return row.action.outside, "P5"
        return self.care(who), "P3"

    def represents(self, who: Who, person: int) -> Answer:
        """P7: who has a mandate of the law answers where, and only where, the person cannot."""
        return self.legal(who, person) and self.incapable(person), "P7"

    def answers_plan(self, who: Who, person: int, disagrees: bool = False) -> Answer:
        """P4: the person says yes or no; staff write down what she said. Her own no is heard in any case (P7)."""
        reads = self.reads_plan(who, person)
        if not reads[0]:
            return reads
        if who.kind == "person":
            return disagrees or not self.incapable(person), "P4"
        if who.kind == "relative":
            return self.represents(who, person)
        return self.plans(who), "P3"

    def consents(self, who: Who, person: int, takes_back: bool = False) -> Answer:
        """P1, P6: the person's yes, which she takes back whenever she wants."""
        if who.kind == "staff":
            return self.keeps_person(who, person, "P1")
        if takes_back and who.kind == "person":
            return who.person.key == person, "P6"
        reads = self.reads_plan(who, person)
        if not reads[0]:
            return reads
        return (not self.incapable(person), "P7") if who.kind == "person" else self.represents(who, person)

    def reads_note(self, who: Who, note: Row) -> Answer:
        """P4: a relative's own part: she, the person (or who decides for her, P7), and the parties while it is shared."""
        reads = self.reads_plan(who, note.person)
        if not reads[0]:
            return reads
        if self.outside(who):
            return False, "P5"
        if who.kind == "relative":
            own = note.relative.key == who.relative.key
            return own or self.represents(who, note.person)[0], "P4"
        return who.kind == "person" or note.shared, "P4"

    def writes_note(self, who: Who, note: Row) -> Answer:
        own = who.kind == "relative" and note.relative.key == who.relative.key
        return own and self.writes(who, note.person) and note.shared, "P4"

    def shares_note(self, who: Who, note: Row) -> Answer:
        if who.kind == "person":
            return who.person.key == note.person, "P4"
        return self.represents(who, note.person) if who.kind == "relative" else (False, "P4")

    def own(self, who: Who, person: int, write: bool = False) -> Answer:
        """The pages of the person and those she shares with (A13, P4)."""
        if who.kind not in ("person", "relative"):
            return False, "A13"
        mine = self.knows(who, person)
        return (self.writes(who, person), "P4") if mine[0] and write and who.kind == "relative" else mine

    def called(self, who: Who, meeting: Row) -> bool:
        if who.kind == "relative":
            return any(x.key == who.relative.key for x in meeting.relatives)
        return who.kind == "staff" and any(u in meeting.units for u in self.units(who))

    def reads_meeting(self, who: Who, meeting: Row) -> Answer:
        """Whoever reads the plan reads its meetings (P2, P4); a relative or a party outside those they are called to (P5)."""
        reads = self.reads_plan(who, meeting.person)
        if not reads[0] or not (who.kind == "relative" or self.outside(who)):
            return reads
        return self.called(who, meeting), reads[1]

    def sees_link(self, who: Who, meeting: Row) -> Answer:
        """The address opens the meeting itself: for those who are called, and the unit that called."""
        reads = self.reads_meeting(who, meeting)
        if not reads[0] or who.kind == "person":
            return reads
        return self.called(who, meeting) or meeting.by.unit in self.units(who), "P3"

    # ----- each provider's own entries

    def provider(self, unit: Unit) -> tuple[int, bool]:
        return unit.org, unit.kind in SOCIAL

    def in_care(self, who: Who, person: int) -> Answer:
        """A1 for records: care staff whose unit takes part. A13: nobody near her. A14: no party outside."""
        if who.kind == "relative":
            return False, "A13"
        if self.outside(who):
            return False, "A14"
        return self.knows(who, person) if who.kind == "staff" else (False, "A13")

    def reads_entry(self, who: Who, entry: Row) -> Answer:
        if who.kind == "person":
            return who.person.key == entry.person and entry.signed, "A13" if entry.signed else "A17"
        part = self.in_care(who, entry.person)
        if not part[0]:
            return part
        mine, theirs = self.provider(who.assignment.unit), self.provider(entry.unit)
        return self._within(who, entry) if mine == theirs else self._across(who, entry, mine, theirs)

    def _today(self, who: Who, person: int) -> list[Row]:
        rows = self.world.about(person, "reading")
        return [r for r in rows if r.by.key == who.assignment.key and r.today]

    def _within(self, who: Who, entry: Row) -> Answer:
        """A1, A3: an inner block closes a unit's entries to the provider's others; for the needed entry it is lifted."""
        blocks = self.world.about(entry.person, "block")
        if entry.unit == who.assignment.unit or not any(
            b.inner and b.unit == entry.unit and not b.lifted for b in blocks
        ):
            return True, "A1"
        return any(r.entry is not None and r.entry.key == entry.key for r in self._today(who, entry.person)), "A3"

    def _across(self, who: Who, entry: Row, mine: tuple, theirs: tuple) -> Answer:
        """A4–A12."""
        person = entry.person
        if not entry.signed:
            return False, "A6"
        blocks = self.world.about(person, "block")
        said_yes = any(
            self.provider(y.unit) == mine and y.state in ("now", "today") for y in self.world.about(person, "yes")
        )
        if any(not b.inner and not b.lifted and self.provider(b.unit) == theirs for b in blocks):
            danger = any(r.ground == "emergency" for r in self._today(who, person))
            return False, "A12" if said_yes else "A10" if danger else "A5"
        if not self.world.about(person, "told"):
            return False, "A4"
        grounds = [r.ground for r in self._today(who, person) if r.entry is None]
        ground = grounds[-1] if grounds else None
        if self.incapable(person):
            if mine[1] and not theirs[1]:
                return False, "A9"
            return ground == "incapable", "A12" if said_yes and ground != "incapable" else "A9"
        if said_yes:
            return ground is not None, "A8" if mine[1] else "A7"
        if ground == "emergency":
            return not mine[1], "A11"
        return False, "A8" if mine[1] else "A7"

    def corrects_entry(self, who: Who, entry: Row) -> Answer:
        """A17: the unit that wrote it."""
        part = self.in_care(who, entry.person)
        return (entry.unit == who.assignment.unit, "A17") if part[0] else part

    def signs_entry(self, who: Who, entry: Row) -> Answer:
        part = self.in_care(who, entry.person)
        return (entry.writer == who.assignment.key, "A17") if part[0] else part

    def opens_inner(self, who: Who, entry: Row) -> Answer:
        part = self.in_care(who, entry.person)
        return (self.provider(entry.unit) == self.provider(who.assignment.unit), "A3") if part[0] else part

    def asks_lift(self, who: Who, person: int) -> Answer:
        """A10: a care provider; social services have no emergency route."""
        part = self.in_care(who, person)
        return (not self.provider(who.assignment.unit)[1], "A10") if part[0] else part

    def answers_lift(self, who: Who, row: Row) -> Answer:
        """A10: the provider that has the data answers, at a unit that wrote: licensed staff, or social services' own."""
        if not self.care(who) or self.provider(who.assignment.unit) != self.provider(row.block.unit):
            return False, "A10"
        if not any(e.unit == who.assignment.unit for e in self.world.about(row.person, "entry")):
            return False, "A10"
        return self.provider(who.assignment.unit)[1] or who.assignment.role in LICENSED, "A10"

    def withdraws_lift(self, who: Who, row: Row) -> Answer:
        if who.kind != "staff" or row.by.key != who.assignment.key:
            return False, "A10"
        return self.in_care(who, row.person)

    def blocks(self, who: Who, person: int) -> Answer:
        """A5: the person alone; a guardian may not block a child's data."""
        return who.kind == "person" and who.person.key == person, "A5"

    # ----- questions to units

    def reads_case(self, who: Who, case: Row) -> Answer:
        """The unit that has it or is to have it, who has it, who sent it (A1); the person and a relative their own (A13, P4)."""
        if who.kind == "staff":
            people = [case.owner.key if case.owner else None, case.staff.key if case.staff else None]
            mine = case.unit in self.units(who) or case.handed in self.units(who) or who.assignment.key in people
            return self.care(who) and mine, "A1"
        if who.kind == "relative":
            return case.sender is not None and case.sender.key == who.relative.key, "P4"
        if who.kind == "person":
            return case.person == who.person.key and not (case.only_sender and case.sender is not None), "A13"
        return False, "A16"
