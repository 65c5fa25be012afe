"""The rules of each provider's own entries as a table, and against an oracle written from the text of the law: A1, A3–A13, A17."""

import itertools
from dataclasses import fields, replace

import pytest

from samband.core.decision import Actor
from samband.records.rules import access
from samband.records.rules.access import EntryFacts

NURSE = Actor(kind="staff", role="nurse", org_kind="municipality", person_id=None)
HELP = Actor(kind="staff", role="assistant", org_kind="municipality")
SELF = Actor(kind="person", person_id=1)
NEAR = Actor(kind="relative", person_id=1)
OTHERS = EntryFacts(relation=True, signed=True, informed=True, consent=True, opened="consent")
OURS = EntryFacts(relation=True, signed=True, same_provider=True)

TABLE = [
    # who, facts, yes, rule
    (NURSE, OURS, True, "A1"),
    (NURSE, replace(OURS, relation=False), False, "A1"),
    (NURSE, replace(OURS, signed=False), True, "A1"),
    (NURSE, replace(OURS, inner_blocked=True), False, "A3"),
    (NURSE, replace(OURS, inner_blocked=True, same_unit=True), True, "A1"),
    (NURSE, replace(OURS, inner_blocked=True, inner="inner_consent"), True, "A3"),
    (NURSE, replace(OURS, inner_blocked=True, inner="inner_emergency"), True, "A3"),
    (NURSE, replace(OURS, blocked=True), True, "A1"),
    (NURSE, OTHERS, True, "A7"),
    (NURSE, replace(OTHERS, opened=""), False, "A7"),
    (NURSE, replace(OTHERS, consent=False), False, "A7"),
    (NURSE, replace(OTHERS, relation=False), False, "A1"),
    (NURSE, replace(OTHERS, informed=False), False, "A4"),
    (NURSE, replace(OTHERS, blocked=True), False, "A5"),
    (NURSE, replace(OTHERS, signed=False), False, "A6"),
    (NURSE, replace(OTHERS, consent=False, opened="emergency"), True, "A11"),
    (NURSE, replace(OTHERS, consent=False, opened="emergency", blocked=True), False, "A5"),
    (NURSE, replace(OTHERS, consent=False, incapable=True), False, "A9"),
    (NURSE, replace(OTHERS, consent=False, incapable=True, opened="incapable"), True, "A9"),
    (HELP, replace(OTHERS, reader_social=True), True, "A8"),
    (HELP, replace(OTHERS, reader_social=True, consent=False), False, "A8"),
    (HELP, replace(OTHERS, reader_social=True, consent=False, opened="emergency"), False, "A11"),
    (HELP, replace(OTHERS, reader_social=True, incapable=True, opened="incapable"), False, "A9"),
    (HELP, replace(OTHERS, reader_social=True, source_social=True, incapable=True, opened="incapable"), True, "A9"),
    (SELF, EntryFacts(signed=True), True, "A13"),
    (SELF, EntryFacts(signed=False), False, "A17"),
    (Actor(kind="person", person_id=2), EntryFacts(signed=True), False, "A13"),
    (NEAR, OTHERS, False, "A13"),
    (NEAR, EntryFacts(shared=True, signed=True), True, "A13"),
    (NEAR, EntryFacts(shared=True, signed=False), False, "A17"),
    (replace(NEAR, role="guardian"), EntryFacts(signed=True), False, "A13"),
    (replace(NEAR, person_id=2), EntryFacts(shared=True, signed=True), False, "A13"),
    (NURSE, EntryFacts(shared=True, signed=True), False, "A1"),
    (Actor(kind="staff", role="outside", org_kind="outside"), OTHERS, False, "A1"),
    (Actor(kind="staff", role="administrator", org_kind="region"), OURS, False, "A1"),
]


@pytest.mark.parametrize(("actor", "facts", "yes", "rule"), TABLE)
def test_who_reads_an_entry(actor, facts, yes, rule):
    decision = access.read(actor, 1, facts)
    assert (bool(decision), decision.rule) == (yes, rule), decision.sv
    assert decision.sv != decision.en


def law(facts: EntryFacts) -> bool:
    """Written from the text of the rules, one sentence after the other, not from the code."""
    if not facts.relation:  # A1: takes no part in the care
        return False
    if facts.same_provider:  # A1 within a provider; A3 the inner block
        if facts.inner_blocked and not facts.same_unit:
            return facts.inner in ("inner_consent", "inner_emergency")
        return True
    may_be_shared = facts.signed and facts.informed and not facts.blocked  # A4, A5, A17
    care, client = not facts.reader_social, facts.reader_social
    if facts.incapable:  # A9
        ground = facts.opened == "incapable"
        return may_be_shared and ground and (care or facts.source_social)
    emergency = facts.opened == "emergency"
    if not facts.consent:  # A11: care alone, and only when consent cannot be had
        return may_be_shared and care and emergency
    relevance = facts.opened != ""  # A7, A8
    return may_be_shared and relevance and (care or client)


OPENED = ("", "consent", "incapable", "emergency")
INNER = ("", "inner_consent", "inner_emergency")


def test_every_combination_of_facts_is_answered_as_the_law_says():
    names = [f.name for f in fields(EntryFacts) if f.name not in ("opened", "inner")]
    rules, tried = set(), 0
    for flags in itertools.product((False, True), repeat=len(names)):
        for opened, inner in itertools.product(OPENED, INNER):
            facts = EntryFacts(**dict(zip(names, flags, strict=True)), opened=opened, inner=inner)
            decision = access.read(NURSE, 1, facts)
            assert bool(decision) is law(facts), (facts, decision)
            rules.add((decision.rule, bool(decision)))
            tried += 1
    assert tried == 2 ** len(names) * 12
    assert {"A1", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A11"} == {rule for rule, _yes in rules}


def test_A13_every_combination_of_facts_for_the_person_and_those_near():
    """Nothing that staff were told or opened lets a relative in, and nothing that was blocked keeps out whom the person lets in."""
    names, tried = [f.name for f in fields(EntryFacts) if f.name not in ("opened", "inner")], 0
    for flags in itertools.product((False, True), repeat=len(names)):
        facts = EntryFacts(**dict(zip(names, flags, strict=True)), opened="emergency", inner="inner_consent")
        assert bool(access.read(SELF, 1, facts)) is facts.signed
        assert bool(access.read(NEAR, 1, facts)) is (facts.signed and facts.shared)
        assert not access.read(replace(NEAR, person_id=2), 1, facts)
        assert not access.read(replace(SELF, person_id=2), 1, facts)
        tried += 1
    assert tried == 2 ** len(names)


@pytest.mark.parametrize("name", ["relation", "informed", "signed"])
def test_A12_consent_does_not_open_what_the_rules_close(name):
    assert access.read(NURSE, 1, OTHERS)
    assert not access.read(NURSE, 1, replace(OTHERS, **{name: False}))


@pytest.mark.parametrize("name", ["blocked", "inner_blocked"])
def test_A12_nor_what_the_person_blocked(name):
    facts = (
        replace(OTHERS, blocked=True)
        if name == "blocked"
        else replace(OURS, inner_blocked=True, consent=True, opened="consent")
    )
    assert not access.read(NURSE, 1, facts)


GUARDIAN = Actor(kind="relative", role="guardian", person_id=1)


@pytest.mark.parametrize(("actor", "yes"), [(SELF, True), (NURSE, False), (GUARDIAN, False)])
def test_A5_only_the_person_blocks_and_a_guardian_never(actor, yes):
    assert bool(access.block(actor, 1)) is yes


@pytest.mark.parametrize(
    ("actor", "yes"),
    [(SELF, True), (replace(SELF, person_id=2), False), (NEAR, False), (GUARDIAN, False), (NURSE, False)],
)
def test_A13_only_the_person_shares_her_records(actor, yes):
    assert bool(access.share(actor, 1)) is yes


@pytest.mark.parametrize(
    ("actor", "anything", "yes"), [(NEAR, True, True), (NEAR, False, False), (SELF, True, False), (NURSE, True, False)]
)
def test_A13_a_relative_has_a_page_when_there_is_something(actor, anything, yes):
    assert bool(access.shared(actor, anything)) is yes


@pytest.mark.parametrize(
    ("role", "org", "social", "mine", "yes"),
    [
        ("physician", 7, False, False, True),
        ("assistant", 7, False, False, False),
        ("physician", 8, False, False, False),
        ("assistant", 7, True, True, True),
        ("nurse", 7, True, False, False),
    ],
)
def test_A10_the_provider_that_has_the_data_answers(role, org, social, mine, yes):
    actor = Actor(kind="staff", role=role, org_kind="region", organization_id=org)
    assert bool(access.answer_lift(actor, 7, social, mine)) is yes


@pytest.mark.parametrize(
    ("ground", "facts", "yes"),
    [
        ("consent", EntryFacts(relation=True), True),
        ("emergency", EntryFacts(relation=True), True),
        ("emergency", EntryFacts(relation=True, reader_social=True), False),
        ("incapable", EntryFacts(relation=True), False),
        ("incapable", EntryFacts(relation=True, incapable=True), True),
        ("consent", EntryFacts(relation=True, incapable=True), False),
        ("consent", EntryFacts(), False),
    ],
)
def test_which_ground_fits_whom(ground, facts, yes):
    assert bool(access.open_others(NURSE, facts, ground)) is yes
