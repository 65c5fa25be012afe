"""Which competences a role brings with it; what is beyond them stands in `models.Competence`."""

OF_ROLE: dict[str, frozenset[str]] = {
    "nurse": frozenset({"none", "assistant", "delegated", "nurse"}),
    "physician": frozenset({"none", "physician"}),
    "assistant": frozenset({"none", "assistant"}),
    "therapist": frozenset({"none", "therapist"}),
    "dental": frozenset({"none", "dental"}),
}


def of_role(role: str) -> frozenset[str]:
    """The competences (plans.Action.Competence) that somebody in the role has without further proof."""
    return OF_ROLE.get(role, frozenset({"none"}))


# Roles whose holders may do what others are delegated to do, and those that do no visits at all.
NEEDS_NO_DELEGATION = frozenset({"nurse", "physician"})
NO_VISITS = frozenset({"administrator", "reviewer", "outside", "planner", "leader"})
