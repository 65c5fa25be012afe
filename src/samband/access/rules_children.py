"""A child and those who have custody: who reads, writes and decides, by age and by assessed maturity. Pure functions.

Source: föräldrabalken 6 kap. 11 § (custody gives way as the child grows), patientdatalagen 5 kap. 5 §, A5, A13, P4, P7.
The practice in Sweden: guardians have direct access until the child is 13, the child herself from 16, in between nobody
unless somebody has assessed it. The ages are parameters with a day from which they hold (`read_limits`), not the law's.
"""

import re
from dataclasses import dataclass
from datetime import date

from samband.core.decision import Decision, allow, deny

ADULT = 18
NOTHING, READS, WRITES = "nothing", "reads", "writes"


@dataclass(frozen=True)
class Limits:
    """Ages in years: until when custody alone opens, and from when the child has direct access to her own entries."""

    guardian_until: int = 13
    own_from: int = 16


Table = tuple[tuple[date, Limits], ...]
DEFAULT = "13-16"


def read_limits(text: str) -> Table:
    """`13-16` holds always; `13-16 2028-01-01=12-15` changes on a day. Raises ValueError with a sentence."""
    found = []
    for number, word in enumerate(text.split()):
        match = re.fullmatch(r"(?:(\d{4}-\d{2}-\d{2})=)?(\d{1,2})-(\d{1,2})", word)
        if not match or bool(match[1]) != bool(number):
            raise ValueError(f"{word!r} are no ages; expected 13-16, and later ones as 2028-01-01=12-15.")
        limits = Limits(int(match[2]), int(match[3]))
        if not limits.guardian_until <= limits.own_from <= ADULT:
            raise ValueError(f"{word!r}: the first age is not after the second, and neither is above {ADULT}.")
        found.append((date.fromisoformat(match[1]) if match[1] else date.min, limits))
    if not found or [day for day, _limits in found] != sorted({day for day, _limits in found}):
        raise ValueError(f"{text!r}: expected the ages in the order of the days from which they hold.")
    return tuple(found)


def limits_on(table: Table, day: date) -> Limits:
    """The ages that hold on the day."""
    return next(limits for since, limits in reversed(table) if since <= day)


@dataclass(frozen=True)
class Assessed:
    """What somebody assessed about this child, for as long as it holds.

    `own`: she reads, writes and answers on her own; `guardians`: what custody opens of the plan; `entries`: and whether of
    the entries.
    """

    own: bool = False
    guardians: str = NOTHING
    entries: bool = False


@dataclass(frozen=True)
class Child:
    """A person under 18 today. `years` whole years; `assessed` None: nobody has assessed anything that holds now."""

    years: int
    protected: bool = False
    assessed: Assessed | None = None
    limits: Limits = Limits()


def sight(child: Child | None) -> str:
    """What custody opens of the shared plan: NOTHING, READS or WRITES. No child (grown up, or no known age): NOTHING."""
    if child is None:
        return NOTHING
    if child.assessed is not None:
        return child.assessed.guardians
    if child.protected:
        return NOTHING
    if child.years < child.limits.guardian_until:
        return WRITES
    return READS if child.years < child.limits.own_from else NOTHING


def guardian_plan(child: Child | None, shared: bool) -> Decision:
    """P4: whoever has custody reads the child's plan; less and less by law, and as it was assessed. `shared`: not shut out."""
    closed = _custody(child, shared)
    if closed is not None:
        return closed
    assert child is not None
    if child.assessed is not None:
        if sight(child) == NOTHING:
            return deny("P4", "Det är bedömt att barnet har sin plan för sig självt.",
                        "It has been assessed that the child keeps the plan to itself.")  # fmt: skip
        return allow("P4", "Du är vårdnadshavare, och det är bedömt vad du läser.",
                     "You have custody, and what you read has been assessed.")  # fmt: skip
    if child.protected:
        return deny("A13", "Barnets uppgifter är skyddade. Vården bedömer först vem av vårdnadshavarna som får läsa.",
                    "The child's facts are protected. Care assesses first which guardian may read.")  # fmt: skip
    known = {
        WRITES: allow("P4", "Du är vårdnadshavare, och barnet är litet.", "You have custody, and the child is small."),
        READS: allow("P4", "Du är vårdnadshavare och läser. Barnet skriver självt i sin del.",
                     "You have custody and read. The child writes in its own part."),
        NOTHING: deny("P4", f"Barnet har fyllt {child.limits.own_from} år och bestämmer självt om planen.",
                      f"The child is {child.limits.own_from} and decides about the plan."),
    }  # fmt: skip
    return known[sight(child)]


def guardian_entries(child: Child | None, shared: bool) -> Decision:
    """A13: direct access to a child's entries for whoever has custody: while the child is small, or as it was assessed."""
    closed = _custody(child, shared)
    if closed is not None:
        return closed
    assert child is not None
    if child.assessed is not None:
        if child.assessed.entries:
            return allow("A13", "Du är vårdnadshavare, och det är bedömt att du läser journalen.",
                         "You have custody, and it has been assessed that you read the records.")  # fmt: skip
        return deny("A13", "Det är bedömt att vårdnadshavare inte läser journalen.",
                    "It has been assessed that guardians do not read the records.")  # fmt: skip
    if child.protected:
        return deny("A13", "Barnets uppgifter är skyddade. Vården bedömer först vem av vårdnadshavarna som får läsa.",
                    "The child's facts are protected. Care assesses first which guardian may read.")  # fmt: skip
    until = child.limits.guardian_until
    if child.years < until:
        return allow("A13", f"Du är vårdnadshavare, och barnet är under {until} år.",
                     f"You have custody, and the child is under {until}.")  # fmt: skip
    return deny("A13", f"Barnet har fyllt {until} år. Be vården om en utskrift, eller om en bedömning.",
                f"The child is {until}. Ask care for a print, or for an assessment.")  # fmt: skip


def _custody(child: Child | None, shared: bool) -> Decision | None:
    if child is None:
        return deny("P4", f"Vårdnaden gäller bara den som är under {ADULT} år.", f"Custody holds under {ADULT} only.")
    if not shared:
        return deny("A13", "Du har inte del i det här barnets uppgifter.", "You have no part in this child's facts.")
    return None


def speaks(child: Child | None) -> bool:
    """P4, P7: whether she writes and answers for herself. Grown up: yes, unless P7 says otherwise elsewhere."""
    if child is None:
        return True
    if child.assessed is not None:
        return child.assessed.own
    return child.years >= child.limits.guardian_until


def own_part(child: Child | None) -> Decision:
    """P4: the person writes in the own part; a small child's guardians do it, until the child is old or mature enough."""
    if speaks(child):
        return allow("P4", "Du skriver i din egen del.", "You write in your own part.")
    assert child is not None
    until = child.limits.guardian_until
    return deny("P4", f"Du läser din plan. Den som har vårdnaden skriver tills du är {until} år, eller klarar det själv.",
                f"You read your plan. Your guardian writes until you are {until}, or can do it.")  # fmt: skip


def own_entries(child: Child | None) -> Decision:
    """A13: direct access to one's own entries: from an age, or when it was assessed."""
    if child is None or (child.years >= child.limits.own_from and child.assessed is None):
        return allow("A13", "Det är din egen journal.", "These are your own records.")
    if child.assessed is not None and child.assessed.own:
        return allow("A13", "Det är din egen journal, och det är bedömt att du läser den själv.",
                     "These are your own records, and it has been assessed that you read them.")  # fmt: skip
    own_from = child.limits.own_from
    return deny("A13", f"Du läser din journal själv när du är {own_from} år, eller när vården har bedömt att du klarar det.",
                f"You read your records when you are {own_from}, or when care has assessed that you can.")  # fmt: skip
