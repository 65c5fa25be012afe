"""Who may do which part of a visit: competence, delegation valid for the act and the person, and what is lent. Pure."""

from dataclasses import dataclass

DELEGATED = "delegated"


@dataclass(frozen=True)
class Able:
    """What somebody may do on the day. `delegations`: (act, person or None for all)."""

    unit: int
    organization: int
    competences: frozenset[str]
    delegations: frozenset[tuple[str, int | None]] = frozenset()


@dataclass(frozen=True)
class Need:
    """What a part asks for. `lenders`: units of other organisations whose staff may do it."""

    competence: str
    acts: tuple[str, ...]
    person: int
    organization: int
    lenders: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        """`assistant+insulin`."""
        base = "assistant" if self.competence == DELEGATED and self.acts else self.competence
        return "+".join((base, *self.acts))


def refused(able: Able, need: Need) -> str:
    """Which rule keeps somebody from a part: "competence", "delegation", "loan"; empty: none.

    A nurse needs no delegation. A delegated act is done by an assistant to whom it is delegated, for all or for this person.
    """
    base = "assistant" if need.competence == DELEGATED else need.competence
    if base not in able.competences:
        return "competence"
    if not _delegated(able, need):
        return "delegation"
    if need.organization != able.organization and able.unit not in need.lenders:
        return "loan"
    return ""


def _delegated(able: Able, need: Need) -> bool:
    if "nurse" in able.competences:
        return True
    mine = {act for act, person in able.delegations if person is None or person == need.person}
    if need.acts:
        return mine >= set(need.acts)
    return need.competence != DELEGATED or DELEGATED in able.competences or bool(mine)


def kind(need: Need, bound: frozenset[str]) -> tuple[object, ...]:
    """Parts of one kind can be done by the same people. `bound`: acts that somebody has for one person only."""
    personal = bool(bound & set(need.acts)) or (need.competence == DELEGATED and not need.acts and bool(bound))
    return (need.name, need.person if personal else None, need.organization, tuple(sorted(need.lenders)))
