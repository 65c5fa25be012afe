"""Watch lists: from the page, from a list, only whom one may see, ended and undone, two at once, audited."""

import pytest

from samband.access.models import CareRelation
from samband.board.models import Watch
from samband.board.services import watching
from samband.board.services.scope import Scope
from samband.core.models import AuditEvent
from samband.people.models import Person
from samband.people.services.actors import choices
from tests.board import worlds
from tests.board.test_board_page import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db):
    return worlds.build(seed=4, persons=60, trouble=0.6)


@pytest.fixture
def client(place):
    return enter(place.user)


def seen(place) -> list[Person]:
    return list(Scope(choices(place.user)[0]).persons().order_by("pk"))


def test_from_the_page_and_back_and_again(client, place):
    person = seen(place)[0]
    answer = client.post(f"/board/watch/{person.public_id}/")
    assert answer.status_code == 302
    assert Watch.objects.get().person == person
    client.post(f"/board/watch/{person.public_id}/")
    assert Watch.objects.count() == 1, "twice is once"
    body = client.get("/board/watched/").content.decode()
    assert person.family_name in body
    client.post(f"/board/unwatch/{person.public_id}/", {"back": "watched"})
    assert not Watch.objects.filter(ended_at=None).exists()
    assert "Du bevakar ingen här" in client.get("/board/watched/").content.decode()
    client.post(f"/board/watch/{person.public_id}/")
    assert Watch.objects.filter(ended_at=None).count() == 1
    assert [e.subjects.count() for e in AuditEvent.objects.filter(action__in=("board.watch", "board.unwatch"))] == [
        1,
        1,
        1,
    ]


def test_chosen_rows_of_a_list_and_one_undo_for_them_all(client):
    rows = client.get("/board/no-contact/").context["table"]["rows"][:3]
    client.post("/board/no-contact/watch/", {"pick": [row["id"] for row in rows]})
    assert Watch.objects.count() == 3
    listed = client.get("/board/no-contact/").context["table"]["rows"]
    assert sum("bevakas" in row["note"] for row in listed) == 3
    client.post(f"/board/unwatch-all/{Watch.objects.first().batch}/")
    assert not Watch.objects.filter(ended_at=None).exists()


def test_nothing_chosen_watches_nobody(client):
    assert "Välj först" in client.post("/board/no-contact/watch/", follow=True).content.decode()
    assert not Watch.objects.exists()


def test_A1_whoever_is_out_of_scope_cannot_be_watched_and_does_not_show(client, place):
    mine = {p.pk for p in seen(place)}
    other = next(p for p in place.persons if p.pk not in mine)
    assert client.post(f"/board/watch/{other.public_id}/").status_code == 404
    actor = choices(place.user)[0]
    assert watching.watch(actor, [other.pk]) == []
    watched = seen(place)[0]
    watching.watch(actor, [watched.pk])
    CareRelation.objects.filter(person=watched).delete()
    assert watching.lines(Scope(actor), actor) == []
    assert watched.family_name not in client.get("/board/watched/").content.decode().split("<main")[1]


def test_the_filter_shows_the_watched_alone_and_adds_up(client, place):
    actor = choices(place.user)[0]
    chosen = [p.pk for p in seen(place)[:7]]
    watching.watch(actor, chosen)
    board = client.get("/board/?watched=1").context["board"]
    assert board.persons == 7
    figures = [*board.figures, *client.get("/board/later/?watched=1").context["figures"]]
    for figure in figures:
        listed = client.get(f"/board/{figure.kind.slug}/")
        assert listed.context["total"] == figure.number
    numbers = {f.kind.slug: {r.person for r in f.rows} for f in figures}
    assert all(people <= set(chosen) for people in numbers.values())
    lines = watching.lines(Scope(actor), actor)
    assert {line.person.pk for line in lines} == set(chosen)
    for figure in figures:
        if figure.kind.slug not in ("unassigned", "asks"):  # these count occasions, not persons
            assert sum(figure.kind in line.missing for line in lines) == figure.number, figure.kind.slug


def test_the_watched_list_asks_a_bounded_number_of_questions(client, place, django_assert_max_num_queries):
    watching.watch(choices(place.user)[0], [p.pk for p in seen(place)])
    client.get("/board/watched/")
    with django_assert_max_num_queries(32):
        client.get("/board/watched/")


def test_another_assignments_list_is_its_own(client, place):
    actor = choices(place.user)[0]
    watching.watch(actor, [seen(place)[0].pk])
    batch = Watch.objects.get().batch
    Watch.objects.update(assignment=worlds.another(place))
    client.post(f"/board/unwatch-all/{batch}/")
    assert Watch.objects.filter(ended_at=None).count() == 1
    assert client.get("/board/watched/").context["lines"] == []


def test_only_coordinators_watch(world):
    for name in ("alice", "gp", "bob", "stranger", "self", "husband"):
        assert world.client(name).post(f"/board/watch/{world.person.public_id}/").status_code in (403, 404), name
    assert not Watch.objects.exists()
    world.client("coordinator").post(f"/board/watch/{world.person.public_id}/")
    assert Watch.objects.count() == 1
    page = world.client("coordinator").get(f"/persons/{world.person.public_id}/")
    assert "Sluta bevaka" in page.content.decode()
