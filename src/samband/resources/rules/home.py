"""What of a plan is a visit at home, how long it takes and who can do it, where the plan does not say."""

#: units whose work is done at home; others come home only where the action says so
HOME_KINDS = frozenset({"home_help", "home_nursing", "mobile_team", "advanced_home_care"})
HOME_WORDS = frozenset({"hemma", "hem", "hemmet", "bostaden", "bostad", "home"})
BEFORE = frozenset({"i", "at", "in", "the", "patientens", "personens"})

#: minutes of a visit by competence, where the plan names none; docs/planner.md says so
MINUTES = {"none": 20, "assistant": 20, "delegated": 15, "nurse": 30, "physician": 40, "therapist": 45, "dental": 40}
OTHER_MINUTES = 30

#: competence of whoever comes along from a unit, where no one is named
OF_UNIT = {
    "care_center": "physician", "home_nursing": "nurse", "home_help": "assistant", "mobile_team": "nurse",
    "advanced_home_care": "nurse", "rehab": "therapist", "dental": "dental", "on_call": "physician", "care_home": "assistant",
}  # fmt: skip
OF_ROLE = {
    "nurse": "nurse", "physician": "physician", "therapist": "therapist", "assistant": "assistant", "dental": "dental",
}  # fmt: skip

#: what somebody with the competence may do besides, so that two tasks become one visit. A nurse's time is not spent on
#: what an assistant does at another hour: only what needs nothing, or the same, is folded into hers.
RANK = ("none", "assistant", "delegated")


def at_home(place: str, unit_kind: str) -> bool:
    """The plan says home, or says nothing and the unit works in homes."""
    words = [w.strip(".,:;()").casefold() for w in place.split()]
    if not words:
        return unit_kind in HOME_KINDS
    return next((w for w in words if w not in BEFORE), "") in HOME_WORDS


def minutes(said: int | None, competence: str) -> int:
    return said or MINUTES.get(competence, OTHER_MINUTES)


def companion(unit_kind: str, role: str = "") -> str:
    """The competence of somebody who comes along: hers by her role, else what the unit sends."""
    return OF_ROLE.get(role) or OF_UNIT.get(unit_kind, "none")


def fold(one: str, other: str) -> str | None:
    """The competence that does both; None: two must come."""
    if one == other or other == "none":
        return one
    if one == "none":
        return other
    if one in RANK and other in RANK:
        return RANK[max(RANK.index(one), RANK.index(other))]
    return None
