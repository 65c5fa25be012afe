"""Each question of the policy, about which kinds of things it is put, and which sentence of the oracle answers it."""

from collections.abc import Callable

from tests.access.oracle import Answer, Oracle, Who

Ask = Callable[[Oracle, Who, object], Answer]


def by_person(name: str, *more: object) -> Ask:
    """The oracle is asked about the person whom the thing is about."""
    return lambda oracle, who, thing: getattr(oracle, name)(
        who, thing.person if hasattr(thing, "kind") else thing.key, *more
    )


def by_thing(name: str) -> Ask:
    return lambda oracle, who, thing: getattr(oracle, name)(who, thing)


PARTS = ("goal", "situation", "followup", "event", "action", "plan")
PERSON = ("person", "relation", "party", "capacity")

# question: (kinds of things, the oracle's sentence)
QUESTIONS: dict[str, tuple[tuple[str, ...], Ask]] = {
    **dict.fromkeys(("person.read", "person.list", "person.search"), (PERSON, by_person("knows"))),
    **dict.fromkeys(
        ("person.edit", "person.renumber", "contacts.edit", "relatives.edit"), (PERSON, by_person("keeps_person"))
    ),
    **dict.fromkeys(("parties.edit", "capacity.edit", "plan.create"), (PERSON, by_person("keeps_person", "P1"))),
    "plan.read": ((*PARTS, "person"), by_person("reads_plan")),
    **dict.fromkeys(
        ("plan.edit", "goal.edit", "situation.edit", "follow_up.edit", "event.edit", "action.create", "words.edit"),
        ((*PARTS, "person"), by_person("edits_plan")),
    ),
    **dict.fromkeys(("plan.lifecycle", "handover.ask"), (("plan", "person"), by_person("leads_plan"))),
    "action.read": (("action",), by_thing("sees_action")),
    "action.edit": (("action",), by_thing("edits_action")),
    "action.do": (("action",), by_thing("does_action")),
    **dict.fromkeys(
        ("action.propose", "situation.read", "handover.read"), (("action", "situation", "plan"), by_person("proposes"))
    ),
    "proposal.answer": (("proposal",), by_thing("answers_proposal")),
    "plan.approve": (("plan", "person"), by_person("answers_plan")),
    "plan.disagree": (("plan", "person"), by_person("answers_plan", True)),
    "consent.give": (("person",), by_person("consents")),
    "consent.withdraw": (("person",), by_person("consents", True)),
    "note.read": (("note",), by_thing("reads_note")),
    "note.write": (("note",), by_thing("writes_note")),
    "note.share": (("note",), by_thing("shares_note")),
    "own.read": (("plan", "goal", "situation", "action", "person"), by_person("own")),
    "own.write": (("plan", "goal", "situation", "action", "person"), by_person("own", True)),
    "record.read": (("entry",), by_thing("reads_entry")),
    **dict.fromkeys(("record.list", "record.write", "record.others", "record.block_note"), (("person",), by_person("in_care"))),
    "record.correct": (("entry",), by_thing("corrects_entry")),
    "record.sign": (("entry",), by_thing("signs_entry")),
    "record.inner": (("entry",), by_thing("opens_inner")),
    "record.lift_ask": (("person",), by_person("asks_lift")),
    "record.lift_answer": (("lift",), by_thing("answers_lift")),
    "record.lift_withdraw": (("lift",), by_thing("withdraws_lift")),
    "record.block": (("person",), by_person("blocks")),
    **dict.fromkeys(("meeting.read", "meeting.print"), (("meeting",), by_thing("reads_meeting"))),
    "meeting.link": (("meeting",), by_thing("sees_link")),
    "case.read": (("case",), by_thing("reads_case")),
}  # fmt: skip

# Where the query must find exactly what the rule allows; elsewhere it must find at least that, and the rule is asked too.
EXACT = {
    "person.read", "person.list", "person.search", "plan.read", "action.read", "note.read", "case.read", "meeting.read",
}  # fmt: skip

# Where the rule leaves the row itself to the query: a view asks both (`policy.guarded`), and so does the comparison.
WITH_QUERY = {"record.lift_answer"}
