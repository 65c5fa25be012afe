"""What is said of a region is edited by rows that replace rows; nothing is overwritten or lost."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from samband.core.policy import Denied
from samband.regions.models import Body, Document, Goal, Region, Statement
from samband.regions.services import editing, importing
from tests.regions.document import TEXT
from tests.regions.worlds import leader

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(world):
    importing.keep(TEXT.encode(), "a.txt")
    return leader(world)


def test_an_edit_replaces_and_keeps_what_was_read(actor):
    old = Document.objects.get()
    new = editing.edit(old, {"year": 2022}, actor, "Ny version", source="Beslut 2022", as_of=date(2022, 1, 1))
    old.refresh_from_db()
    assert old.ended_by == actor.name
    assert (new.replaces, new.year, new.name, new.line, new.said_by) == (old, 2022, old.name, None, actor.name)
    assert (new.source.name, new.as_of) == ("Beslut 2022", date(2022, 1, 1))
    assert editing.history(old) == editing.history(new) == [old, new]


def test_nothing_different_writes_nothing(actor):
    old = Document.objects.get()
    assert editing.edit(old, {"year": old.year}, actor, "") == old
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "reason", "at"),
    [
        ({"year": 2022}, "", "reason"),
        ({"year": 2022}, "x" * 301, "reason"),
        ({"name": ""}, "Tomt", "name"),
        ({"name": "x" * 301}, "Långt", "name"),
        ({"year": 12}, "Fel år", "year"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_the_old_holds(actor, fields, reason, at):
    old = Document.objects.get()
    with pytest.raises(ValidationError) as caught:
        editing.edit(old, fields, actor, reason)
    assert at in caught.value.message_dict
    old.refresh_from_db()
    assert old.ended_at is None


def test_two_at_once_the_second_is_told_who_was_there(actor):
    old = Document.objects.get()
    stale = Document.objects.get()
    new = editing.edit(old, {"year": 2022}, actor, "Först")
    with pytest.raises(editing.Changed) as caught:
        editing.edit(stale, {"year": 2023}, actor, "Sedan")
    assert caught.value.now == new
    assert actor.name in str(caught.value)
    editing.end(new, actor, "Gäller inte")
    with pytest.raises(editing.Changed) as caught:
        editing.end(stale, actor, "Igen")
    assert caught.value.now is None


def test_points_follow_the_point_above_them_away_and_back(actor):
    child = Statement.objects.get(text="Under den står en underpunkt")
    parent = editing.edit(child.parent, {"text": "Ny lydelse"}, actor, "Rättat")
    child.refresh_from_db()
    assert child.parent == parent
    editing.end(parent, actor, "Gäller inte")
    child.refresh_from_db()
    assert child.ended_at is not None
    back = editing.restore(Statement.objects.get(pk=parent.pk), actor)
    assert [row.text for row in back.children.filter(ended_at__isnull=True)] == ["Under den står en underpunkt"]
    with pytest.raises(editing.Changed):
        editing.restore(Statement.objects.get(pk=parent.pk), actor)


def test_adding_needs_something_to_say(actor):
    region = Region.objects.get(code="01")
    body = editing.add(Body, region, {"name": " Rådet ", "level": "politisk"}, actor, "Saknades")
    assert (body.name, body.source.kind, body.replaces) == ("Rådet", "editor", None)
    with pytest.raises(ValidationError):
        editing.add(Goal, region, {}, actor, "Tomt")
    with pytest.raises(KeyError):
        editing.add(Body, region, {"line": 3}, actor, "Fel")
    with pytest.raises(ValidationError):
        editing.add(Body, region, {"name": "A"}, actor, "Framtid", as_of=date(2999, 1, 1))


def test_a_stranger_changes_nothing(actor, world):
    row = Document.objects.get()
    for act in (
        lambda who: editing.edit(row, {"year": 2022}, who, "Nej"),
        lambda who: editing.end(row, who, "Nej"),
        lambda who: editing.add(Body, row.region, {"name": "A"}, who, "Nej"),
    ):
        with pytest.raises(Denied):
            act(world.actor("alice"))
    row.refresh_from_db()
    assert row.ended_at is None


def test_history_is_two_queries(actor, django_assert_max_num_queries):
    row = Document.objects.get()
    for year in range(2001, 2009):
        row = editing.edit(row, {"year": year}, actor, "Nytt år")
    with django_assert_max_num_queries(2):
        assert len(editing.history(row)) == 9
