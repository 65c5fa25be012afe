"""The board and its lists, through a browser without a screen."""

import pytest
from django.test import Client

from samband.board.models import Snapshot
from samband.board.services import snapshots
from samband.board.services.kinds import KINDS
from samband.core import clock
from samband.core.jobs import beat
from samband.core.models import AuditEvent
from samband.people.services import actors
from tests.board import worlds

pytestmark = pytest.mark.django_db
LIVE = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "board-live"}


def enter(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[actors.KEY] = actors.token(actors.choices(user)[0])
    session.save()
    return client


@pytest.fixture
def place(db):
    return worlds.build(seed=4, persons=120, trouble=0.6)


@pytest.fixture
def client(place):
    return enter(place.user)


def test_only_a_coordinator_opens_the_board(world):
    for name in ("alice", "gp", "bob", "stranger", "teacher", "administrator", "reviewer", "self", "husband"):
        for path in ("/board/", "/board/later/", "/board/no-plan/"):
            assert world.client(name).get(path).status_code == 403, name
        assert world.client(name).post("/board/no-plan/export/").status_code == 403, name
    assert world.client("anonymous").get("/board/").status_code == 302
    assert world.client("coordinator").get("/board/").status_code == 200


def test_a_coordinator_elsewhere_sees_nobody(world):
    body = world.client("strange_coordinator").get("/board/").content.decode()
    assert "Zxqvwkj" not in body + world.client("strange_coordinator").get("/board/later/").content.decode()
    assert "Ingen person finns i det här urvalet." in body


def figures_of(client, query=""):
    """All numbers: those of the page, and those that are fetched after it, by name."""
    page, later = client.get(f"/board/{query}"), client.get(f"/board/later/{query}", HTTP_HX_REQUEST="true")
    assert [t["title"] for t in page.context["later"]] == [t["title"] for t in later.context["later"]]
    return {f.kind.slug: f for f in [*page.context["board"].figures, *later.context["figures"]]}


def test_every_number_opens_its_list_with_as_many_rows(client):
    found = figures_of(client)
    assert list(found) == [kind.slug for kind in KINDS]
    for figure in found.values():
        listed = client.get(f"/board/{figure.kind.slug}/")
        assert listed.status_code == 200
        assert listed.context["total"] == figure.number
        assert len(listed.context["table"]["rows"]) == min(40, figure.number)


def test_the_numbers_area_by_area_add_up_to_those_of_the_board(client):
    figures = figures_of(client).values()
    places = client.get("/board/places/", HTTP_HX_REQUEST="true").context["rows"]
    for place, figure in enumerate(figures):
        assert sum(row.cells[place]["n"] for row in places) == figure.number
    assert client.get("/board/places/").status_code == 200


def test_an_unknown_list_does_not_exist(client):
    assert client.get("/board/else/").status_code == 404


def test_the_filter_follows_to_the_list_and_back(client, place):
    unit = place.units[1]
    everyone = client.get("/board/").context["board"].persons
    there = client.get(f"/board/?unit={unit.public_id}").context["board"].persons
    assert there < everyone
    listed = client.get("/board/no-contact/")
    assert listed.context["choice"].unit == unit
    assert f'href="/board/?unit={unit.public_id}"' in listed.content.decode()
    assert client.get("/board/").context["board"].persons == there
    assert client.get("/board/?area=").context["board"].persons == everyone


@pytest.mark.parametrize("wrong", ["no-uuid", "7f3e5c1c-5be1-4a0c-9ad0-6b9e2e8a0001"])
def test_an_area_or_unit_out_of_reach_does_not_exist(client, wrong):
    assert client.get(f"/board/?unit={wrong}").status_code == 404
    assert client.get(f"/board/?area={wrong}").status_code == 404


def test_a_unit_that_is_not_covered_cannot_be_chosen(client, place):
    assert client.get(f"/board/?unit={place.units[-1].public_id}").status_code == 404


def test_A2_one_entry_for_a_view_and_none_for_a_refresh(client):
    client.get("/board/")
    entry = AuditEvent.objects.get(action="board.read", view="board")
    assert entry.subjects.count() > 3
    assert client.get("/board/", **LIVE).status_code == 200
    client.get("/board/")
    assert AuditEvent.objects.filter(action="board.read", view="board").count() == 1
    client.get("/board/no-contact/")
    client.get("/board/no-contact/", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="list-live")
    assert AuditEvent.objects.filter(action="board.list").count() == 1


def test_A2_who_shows_in_the_last_numbers_is_entered_too_and_only_then(client):
    client.get("/board/")
    later = client.get("/board/later/", HTTP_HX_REQUEST="true")
    shown = {row.person for figure in later.context["figures"] for row in figure.rows}
    entered = set(AuditEvent.objects.filter(view="board").values_list("subjects__person_id", flat=True))
    assert shown
    assert shown <= entered


def test_the_last_numbers_have_their_names_keys_and_lists_before_they_are_counted(client):
    page, later = client.get("/board/"), client.get("/board/later/", HTTP_HX_REQUEST="true")
    waits, came = page.context["later"], later.context["later"]
    assert [(t["id"], t["key"], t["url"]) for t in waits] == [(t["id"], t["key"], t["url"]) for t in came]
    assert 'aria-busy="true"' in page.content.decode()
    assert "<html" not in later.content.decode()
    assert 'aria-busy="true"' not in later.content.decode()
    whole = client.get("/board/later/").content.decode()
    assert "<html" in whole
    assert came[0]["id"] in whole


def test_the_live_part_is_only_that(client):
    body = client.get("/board/", **LIVE).content.decode()
    assert "<html" not in body
    assert "tile-next-step" in body


@pytest.mark.parametrize(
    "path",
    [
        "/board/",
        "/board/later/",
        *(f"/board/{k}/" for k in ("next-step", "unassigned", "asks", "no-plan", "no-consent", "not-approved")),
    ],
)
def test_the_number_of_queries_is_bounded(client, path, django_assert_max_num_queries):
    client.get(path)
    with django_assert_max_num_queries({"/board/": 34, "/board/later/": 22}.get(path, 15)):
        client.get(path)


def test_the_number_of_queries_does_not_grow_with_the_persons(django_assert_max_num_queries):
    world = worlds.build(seed=9, persons=600, trouble=0.6)
    client = enter(world.user)
    client.get("/board/")
    with django_assert_max_num_queries(34):
        client.get("/board/")


@pytest.mark.parametrize("sort", ["name", "-name", "place", "-since", "since", "drop table"])
@pytest.mark.parametrize("kind", ["next-step", "unassigned", "asks", "no-contact", "no-consent", "not-approved"])
def test_lists_sort_and_page(client, kind, sort):
    first = client.get(f"/board/{kind}/", {"sort": sort, "page": "1"})
    assert first.status_code == 200
    if sort == "name" and first.context["total"]:
        names = [r["name"].split()[-1] for r in first.context["table"]["rows"]]
        order = ["Bergmo", "Dalfors", "Eklid", "Forsnäs", "Grenholm", "Hedvall", "Åkervall", "Ängsund", "Östlund"]
        assert names == sorted(names, key=order.index)
    assert client.get(f"/board/{kind}/", {"page": "99999"}).status_code == 200


def test_a_silent_worker_shows_and_an_alive_one_does_not(client):
    assert "Sambands klocka har stannat" in client.get("/board/").content.decode()
    beat()
    assert "Sambands klocka har stannat" not in client.get("/board/").content.decode()


def test_change_since_yesterday_is_told_only_when_yesterday_was_counted(client):
    assert "i går" not in "".join(t["change"] for t in client.get("/board/").context["tiles"])
    snapshots.take()
    Snapshot.objects.update(day=clock.today() - clock.timedelta(days=1))
    tiles = client.get("/board/").context["tiles"] + client.get("/board/later/").context["later"]
    assert {t["change"] for t in tiles} == {"lika som i går"}


def test_the_snapshot_is_taken_once_a_day(place):
    assert snapshots.take() is not None
    assert snapshots.take() is None
    assert Snapshot.objects.get().rows.count() > 20


def test_no_identity_number_stands_on_the_board_or_in_the_lists(client, place):
    for path in ("/board/", "/board/no-plan/", "/board/no-contact/", "/board/next-step/"):
        body = client.get(path).content.decode()
        assert "2000A" not in body


def test_english(client):
    client.cookies["samband_language"] = "en"
    for path in ("/board/", "/board/no-plan/"):
        body = client.get(path).content.decode()
        assert "Läget" not in body
        assert "plan" in body
