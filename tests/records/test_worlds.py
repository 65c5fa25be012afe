"""Generated worlds: what the query finds, what the rule says of each entry, and what a plain loop over the rows says, are the same."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samband.access.models import Capacity, CareRelation
from samband.core import clock, policy
from samband.people.models import Assignment, Relative, Unit
from samband.records.models import Block, Entry, Information, Reading, ReadingConsent, Share, SharePart
from samband.records.services import facts, near, shown
from samband.records.services.facts import social
from tests.records.worlds import put
from tests.worlds import make_world

pytestmark = pytest.mark.django_db
READERS = (
    "alice",
    "gp",
    "bob",
    "coordinator",
    "stranger",
    "teacher",
    "administrator",
    "self",
    "husband",
    "silent_son",
    "strange_person",
)
NEAR = ("husband", "silent_son")
SOURCES = ("centre", "nursing", "help", "elsewhere")
GROUNDS = ("consent", "incapable", "emergency")
SOCIAL = {"home_help", "care_home", "social"}

world_of = st.fixed_dictionaries({
    "entries": st.lists(st.tuples(st.sampled_from(SOURCES), st.booleans()), min_size=1, max_size=5),
    "relations": st.sets(st.sampled_from(SOURCES)),
    "informed": st.booleans(),
    "blocks": st.sets(st.sampled_from(SOURCES), max_size=2),
    "inner": st.sets(st.sampled_from(SOURCES), max_size=2),
    "consents": st.lists(st.tuples(st.sampled_from(SOURCES), st.sampled_from(["now", "over", "back"])), max_size=3),
    "incapable": st.booleans(),
    "readings": st.lists(st.tuples(st.sampled_from(READERS[:5]), st.sampled_from(GROUNDS), st.booleans()), max_size=4),
    "shares": st.lists(st.tuples(
        st.sampled_from(NEAR), st.sampled_from(["all", "first", *SOURCES]), st.sampled_from(["now", "today", "over", "ended"]),
    ), max_size=3),
    "near": st.sampled_from(["reads", "silent", "role over"]),
    "inner_readings": st.lists(st.tuples(st.sampled_from(READERS[:5]), st.booleans()), max_size=2),
})  # fmt: skip


def build(given):
    """The world of the tests, with the generated facts written into the database as rows, and no service asked."""
    world = make_world()
    person, today, now = world.person, clock.today(), clock.now()
    unit = world.units.__getitem__
    CareRelation.objects.filter(person=person).delete()
    for name in sorted(given["relations"]):
        CareRelation.objects.create(person=person, unit=unit(name), reason="x", starts_on=today)
    made = [put(person, unit(name), signed=signed) for name, signed in given["entries"]]
    staff = Assignment.objects.get(staff__user=world.users["alice"])
    if given["informed"]:
        Information.objects.create(person=person, form="spoken", told_by=staff, told_by_name="x")
    for name in sorted(given["blocks"]):
        where = {"organization": unit(name).organization, "social": social(unit(name))}
        Block.objects.get_or_create(person=person, unit=None, lifted_at=None, defaults={"by_name": "x"}, **where)
    for name in sorted(given["inner"]):
        where = {"organization": unit(name).organization, "social": social(unit(name)), "unit": unit(name)}
        Block.objects.create(person=person, by_name="x", **where)
    for name, state in given["consents"]:
        ReadingConsent.objects.create(
            person=person, organization=unit(name).organization, social=social(unit(name)), said="ja", form="spoken",
            until=today - timedelta(days=1) if state == "over" else None, withdrawn_at=now if state == "back" else None,
        )  # fmt: skip
    if given["incapable"]:
        Capacity.objects.create(
            person=person, ground=Capacity.Ground.values[0], assessed_by="x", basis="x", represented_by="x", attitude="x",
            review_on=today + timedelta(days=30),
        )  # fmt: skip
    for nth, (who, ground, of_today) in enumerate(given["readings"]):
        Reading.objects.create(
            person=person, assignment=Assignment.objects.get(staff__user=world.users[who]), ground=ground, why="x",
            at=now + timedelta(seconds=nth), day=today if of_today else today - timedelta(days=1),
        )  # fmt: skip
    for who, of_today in given["inner_readings"]:
        Reading.objects.create(
            person=person, assignment=Assignment.objects.get(staff__user=world.users[who]), entry=made[0], why="x",
            ground="inner_consent", day=today if of_today else today - timedelta(days=1),
        )  # fmt: skip
    _near(world, given, made, today, now)
    return world


def _near(world, given, made, today, now) -> None:
    husband = Relative.objects.filter(user=world.users["husband"])
    husband.update(
        reads=given["near"] == "reads" or given["near"] == "role over",
        ends_on=today - timedelta(days=1) if given["near"] == "role over" else None,
    )
    if given["near"] == "role over":
        husband.update(starts_on=today - timedelta(days=9))
    for who, what, state in given["shares"]:
        share = Share.objects.create(
            person=world.person, relative=Relative.objects.get(user=world.users[who]), everything=what == "all",
            until=today + timedelta(days={"now": 9, "today": 0, "over": -1, "ended": 9}[state]),
            ended_at=now if state == "ended" else None,
        )  # fmt: skip
        if what in SOURCES:
            unit = world.units[what]
            SharePart.objects.create(share=share, organization=unit.organization, social=social(unit))
        elif what == "first":
            SharePart.objects.create(share=share, entry=made[0])


def by_the_rows(world, who: str) -> set[int]:
    """Who reads what, by a plain walk through the rows, from the text of the rules A1, A3–A9, A11, A13, A17."""
    entries = list(Entry.objects.filter(person=world.person).select_related("unit"))
    if who == "self":
        return {e.pk for e in entries if e.signed_at}
    if who in NEAR:
        return {e.pk for e in entries if _near_reads(Relative.objects.get(user=world.users[who]), e)}
    row = Assignment.objects.filter(staff__user=world.users[who]).select_related("unit__organization").first()
    if row is None or row.role in ("administrator", "outside"):
        return set()
    mine = [row.unit, *row.covers.all()]
    if not any(r.unit in mine for r in CareRelation.objects.filter(person=world.person)):
        return set()
    reader = (row.unit.organization_id, row.unit.kind in SOCIAL)
    own = [e for e in entries if (e.organization_id, e.unit.kind in SOCIAL) == reader]
    theirs = [e for e in entries if e not in own]
    return {e.pk for e in own if _within(row, e)} | {e.pk for e in theirs if _across(row, reader, e)}


def _near_reads(relative, entry) -> bool:
    """A13: signed, the role of the relative holds and reads, and a share that holds today has it."""
    if not entry.signed_at or not relative.reads or not relative.active():
        return False
    for share in Share.objects.all():
        if share.relative_id != relative.pk or share.ended_at or share.until < clock.today():
            continue
        if share.everything:
            return True
        for part in share.parts.all():
            if part.entry_id == entry.pk:
                return True
            if part.organization_id == entry.organization_id and part.social == (entry.unit.kind in SOCIAL):
                return True
    return False


def _today(row) -> list[Reading]:
    return [r for r in Reading.objects.filter(assignment=row).order_by("at", "pk") if r.day == clock.today()]


def _within(row, entry) -> bool:
    walled = Block.objects.filter(unit=entry.unit).exists() and entry.unit_id != row.unit_id
    return not walled or any(r.entry_id == entry.pk for r in _today(row))


def _across(row, reader, entry) -> bool:
    source, today = (entry.organization_id, entry.unit.kind in SOCIAL), clock.today()
    if not entry.signed_at or not Information.objects.exists():
        return False
    if any((b.organization_id, b.social) == source for b in Block.objects.filter(unit=None)):
        return False
    ground = next((r.ground for r in reversed(_today(row)) if r.entry_id is None), "")
    if Capacity.objects.exists():
        return ground == "incapable" and (source[1] or not reader[1])
    if any(
        (c.organization_id, c.social) == reader and c.withdrawn_at is None and (c.until is None or c.until >= today)
        for c in ReadingConsent.objects.all()
    ):
        return ground != ""
    return ground == "emergency" and not reader[1]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=world_of)
def test_query_rule_and_a_plain_walk_find_the_same(made):
    with transaction.atomic():
        world = build(made)
        for who in READERS:
            actor = world.actor(who)
            expected = by_the_rows(world, who)
            entries = Entry.objects.filter(person=world.person)
            by_rule = {e.pk for e in entries if policy.decide(actor, "record.read", e)}
            assert by_rule == expected, who
            if actor.kind == "staff":
                found = set(
                    entries.filter(facts.readable(facts.around(actor, world.person.pk))).values_list("pk", flat=True)
                )
                assert found == (expected if policy.decide(actor, "record.list", world.person) else set()), who
                scoped = set(policy.scoped(actor, "record.read", Entry.objects.all()).values_list("pk", flat=True))
                assert expected <= scoped, who
            if actor.kind == "relative":
                scoped = policy.scoped(actor, "record.read", Entry.objects.all())
                assert set(scoped.values_list("pk", flat=True)) == expected, who
                assert {e.pk for e in near.page(actor, 1)} == expected, who
                assert not expected or policy.decide(actor, "record.shared")
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=world_of)
def test_A6_what_is_closed_shows_that_it_is_there_and_nothing_else(made):
    with transaction.atomic():
        world = build(made)
        for who in READERS[:4]:
            actor = world.actor(who)
            if not policy.decide(actor, "record.list", world.person):
                continue
            known = facts.around(actor, world.person.pk)
            closed = shown.closed(actor, world.person)
            expected = by_the_rows(world, who)
            unseen = [
                e for e in Entry.objects.filter(person=world.person, signed_at__isnull=False)
                if e.pk not in expected and (e.organization_id, e.social) != known.provider
            ]  # fmt: skip
            blocked = {(b.organization_id, b.social) for b in Block.objects.filter(unit=None)}
            assert closed.blocked == any((e.organization_id, e.social) in blocked for e in unseen)
            assert closed.others == any((e.organization_id, e.social) not in blocked for e in unseen)
            assert all((e.organization_id, e.social) == known.provider for e in closed.inner)
        transaction.set_rollback(True)


def test_the_units_under_social_services_law_are_those_of_the_rules():
    assert {kind for kind in Unit.Kind.values if social(Unit(kind=kind))} == SOCIAL
