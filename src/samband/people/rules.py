"""What makes sense about contacts, relatives and protection: pure functions, no Django, no database.

A rule answers with a sentence (Swedish, the message's id) or with None when nothing is in the way.
"""

from datetime import date

PROTECTION_ORDER = ("none", "sekretessmarkering", "skyddad_folkbokforing")
CARE_STAFF = frozenset({"coordinator", "nurse", "assistant", "physician", "therapist", "dental", "pharmacist"})
SOCIAL_STAFF = frozenset({"coordinator", "nurse", "assistant", "therapist", "social"})
SOCIAL_PRINCIPALS = frozenset({"municipality", "private"})
FULL_AGE = 18

NOT_CARE = "En fast vårdkontakt arbetar i hälso- och sjukvården."
NOT_PHYSICIAN = "En fast läkarkontakt är läkare."
NOT_SOCIAL = "En fast omsorgskontakt arbetar i omsorgen, hos kommunen eller en privat utförare."
NEEDS_BASIS = "Skriv på vilken grund: vem som sade ja och när, eller vilket beslut."
GUARDIAN_OF_CHILD = "En vårdnadshavare finns bara för den som är under 18 år."
GUARDIAN_UNTIL = "Vårdnaden slutar senast dagen före 18-årsdagen. Skriv den dagen eller en tidigare."
WRITES_READS = "Den som skriver i planen behöver också få läsa den."
ORDER = "Slutdagen är före startdagen."
UNKNOWN_BIRTH = "Personens ålder är inte känd, så vårdnaden går inte att bedöma. Välj god man eller närstående."


def may_hold(kind: str, role: str, org_kind: str) -> str | None:
    """A13: three contact roles, each held by somebody of the right profession and principal."""
    if kind == "care_contact":
        return None if role in CARE_STAFF and org_kind != "outside" else NOT_CARE
    if kind == "physician_contact":
        return None if role == "physician" else NOT_PHYSICIAN
    return None if role in SOCIAL_STAFF and org_kind in SOCIAL_PRINCIPALS else NOT_SOCIAL


def overlap(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Whether two stretches of days share a day; both ends are included, None is until further notice."""
    return (second[1] is None or first[0] <= second[1]) and (first[1] is None or second[0] <= first[1])


def lowers_protection(before: str, after: str) -> bool:
    """Whether address and phone become visible to more people than before."""
    return PROTECTION_ORDER.index(after) < PROTECTION_ORDER.index(before)


NUMBER_KEPT = "Ett personnummer byts inte mot något annat. Var det fel från början: välj ”Numret var fel”."
NUMBER_BACK = (
    "Den som har ett samordningsnummer får inte ett reservnummer i stället. Var det fel: välj ”Numret var fel”."
)


def renumber_fault(before: str, after: str, cause: str) -> str | None:
    """How a number may change: a reserve number gives way to any, a samordningsnummer to a personnummer; a wrong one to any."""
    if cause == "wrong" or before == "reserve":
        return None
    if before == "personnummer":
        return NUMBER_KEPT
    return None if after == "personnummer" else NUMBER_BACK


def birthday(born: date, years: int) -> date:
    """The day somebody reaches an age; one born on 29 February, in other years on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def relative_fault(
    *, role: str, reads: bool, writes: bool, basis: str, starts: date, ends: date | None, born: date | None
) -> tuple[str, str] | None:
    """P4, A13: what a relative may is shared by the person or given by law, for as long as it lasts. Field and sentence."""
    if ends is not None and ends < starts:
        return "ends_on", ORDER
    if writes and not reads:
        return "reads", WRITES_READS
    if (reads or role != "relative") and not basis.strip():
        return "basis", NEEDS_BASIS
    return _guardian_fault(starts, ends, born) if role == "guardian" else None


def _guardian_fault(starts: date, ends: date | None, born: date | None) -> tuple[str, str] | None:
    if born is None:
        return "role", UNKNOWN_BIRTH
    adult = birthday(born, FULL_AGE)
    if starts >= adult:
        return "role", GUARDIAN_OF_CHILD
    if ends is None or ends >= adult:
        return "ends_on", GUARDIAN_UNTIL
    return None
