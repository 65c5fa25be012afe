"""What a line of the log is: one person opened, persons shown in a list, something written, or neither (A15)."""

from typing import Literal

Kind = Literal["open", "list", "act", "other"]

# Ways in and out of the house: about nobody's data.
DOORS = frozenset({"login", "choose", "logout", "refused"})
# `record.list` is one person's page of entries, and `meeting.list` the page of one person's meetings: openings, not lists.
LISTS = frozenset({
    "person.list", "person.search", "person.export", "people.export", "board.list", "board.read", "board.export", "board.watch",
    "day.read", "day.list", "case.list", "case.search", "ask.list", "meeting.search", "handover.list", "record.lift_list",
    "notice.list", "swap.list", "audit.read", "audit.export", "audit.person", "audit.check", "account.search",
})  # fmt: skip


def kind_of(action: str, view: str, subjects: int = 1) -> Kind:
    """`view` is the page that was shown, empty where a service wrote; `subjects` how many persons the line is about."""
    if action in DOORS or subjects == 0:
        return "other"
    if action in LISTS:
        return "list"
    if not view:
        return "act"
    return "open" if subjects == 1 else "list"
