"""What a shared plan must hold, and what is missing. Pure: a few facts in, a list of parts out.

Sources: a coordinated individual plan (HSL 16 kap. 4 §, SoL 2025:400 10 kap.) says which measures are needed, what each
principal does, what others do, and which principal has the overall responsibility. The patient contract has four parts:
agreement, a fixed care contact, agreed times, one coherent plan; it says whom to turn to. P1 asks for the consent, P7 for
a representative where the person cannot consent. None of it bars anything: an incomplete plan is a plan that says so.
"""

from dataclasses import dataclass
from enum import StrEnum

SIP = "HSL 16:4, SoL 10 kap."
CONTRACT = "Patientkontrakt"


class Part(StrEnum):
    """The parts, in the order in which they are read."""

    CONSENT = "consent"
    REPRESENTED = "represented"
    MEASURES = "measures"
    PRINCIPALS = "principals"
    ANSWERED = "answered"
    OTHERS = "others"
    OVERALL = "overall"
    CONTACT = "contact"
    TIMES = "times"
    COHERENT = "coherent"
    TURN_TO = "turn_to"
    FOLLOW_UP = "follow_up"
    AGREED = "agreed"


SOURCE = {
    Part.CONSENT: "P1, HSL 16:4",
    Part.REPRESENTED: "P7",
    Part.MEASURES: SIP,
    Part.PRINCIPALS: SIP,
    Part.ANSWERED: f"{SIP}, P3",
    Part.OTHERS: SIP,
    Part.OVERALL: SIP,
    Part.CONTACT: CONTRACT,
    Part.TIMES: CONTRACT,
    Part.COHERENT: CONTRACT,
    Part.TURN_TO: CONTRACT,
    Part.FOLLOW_UP: CONTRACT,
    Part.AGREED: CONTRACT,
}


@dataclass(frozen=True)
class PlanFacts:
    """What the rule needs to know. Everything is missing until it is known to be there.

    `idle`: names of principals that are parties and have no action. `open_ended`: actions that nobody has, or whose unit
    is no longer a party. `answer`: "", "approved" or "disagreed"; `since`: places changed since that answer.
    """

    consent: bool = False
    marked: bool = False
    review_late: bool = False
    actions: int = 0
    idle: tuple[str, ...] = ()
    open_ended: int = 0
    others: bool = False
    principal: bool = False
    contact: bool = False
    times: bool = False
    words: bool = False
    goals: bool = False
    situations: bool = False
    follow_up: bool = False
    follow_up_late: bool = False
    answer: str = ""
    since: int = 0


@dataclass(frozen=True)
class Missing:
    """A part that is not there. `why` tells apart the ways in which it can be missing; `names`, `number` fill the sentence."""

    part: Part
    why: str = ""
    names: tuple[str, ...] = ()
    number: int = 0

    @property
    def source(self) -> str:
        """The rule that asks for it."""
        return SOURCE[self.part]


def parts(facts: PlanFacts) -> tuple[Part, ...]:
    """The parts that this plan is asked for: representation only where somebody represents."""
    return tuple(part for part in Part if part is not Part.REPRESENTED or facts.marked)


def missing(facts: PlanFacts) -> list[Missing]:
    """What the plan lacks, in the order of `Part`."""
    found = [
        not facts.consent and Missing(Part.CONSENT),
        facts.marked and facts.review_late and Missing(Part.REPRESENTED),
        not facts.actions and Missing(Part.MEASURES),
        bool(facts.idle) and Missing(Part.PRINCIPALS, names=facts.idle, number=len(facts.idle)),
        bool(facts.open_ended) and Missing(Part.ANSWERED, number=facts.open_ended),
        not facts.others and Missing(Part.OTHERS),
        not facts.principal and Missing(Part.OVERALL),
        not facts.contact and Missing(Part.CONTACT),
        not facts.times and Missing(Part.TIMES),
        not (facts.words and facts.goals) and Missing(Part.COHERENT, "words" if not facts.words else "goals"),
        not facts.situations and Missing(Part.TURN_TO),
        _follow_up(facts),
        _agreed(facts),
    ]
    return [item for item in found if isinstance(item, Missing)]


def _follow_up(facts: PlanFacts) -> Missing | None:
    if facts.follow_up and not facts.follow_up_late:
        return None
    return Missing(Part.FOLLOW_UP, "late" if facts.follow_up else "")


def _agreed(facts: PlanFacts) -> Missing | None:
    if facts.answer == "disagreed":
        return Missing(Part.AGREED, "disagreed")
    if not facts.answer:
        return Missing(Part.AGREED)
    return Missing(Part.AGREED, "changed", number=facts.since) if facts.since else None
