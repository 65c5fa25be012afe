"""Saved views: kept, chosen again, named anew, opened with at log-in, removed with a way back; each the assignment's own."""

import pytest

from samband.board.models import View
from samband.people.models import Assignment
from tests.board import worlds
from tests.board.test_board_page import enter, figures_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db):
    return worlds.build(seed=4, persons=40, trouble=0.6)


@pytest.fixture
def client(place):
    return enter(place.user)


def save(client, name="Min morgon", show=("no-plan", "asks"), **more):
    return client.post("/board/views/", {"name": name, "show": list(show), **more})


def shown(response) -> list[str]:
    found = response.context["board"]
    return [kind.slug for kind in (*(figure.kind for figure in found.figures), *found.waiting)]


def test_what_is_chosen_is_kept_and_chosen_again(client, place):
    unit = place.units[1]
    client.get(f"/board/?unit={unit.public_id}")
    answer = save(client)
    assert answer.status_code == 302
    assert shown(client.get(answer["Location"])) == ["no-plan", "asks"]
    assert len(shown(client.get("/board/?area="))) == len(client.get("/board/").context["kinds"])
    line = client.get("/board/").context["views"][0]
    again = client.get(f"/board/?{line['query']}")
    assert shown(again) == ["no-plan", "asks"]
    assert again.context["choice"].unit == unit
    assert again.context["views"][0]["current"]
    assert [t["key"] for t in again.context["tiles"] + again.context["later"]] == ["1", "2"]


def test_the_board_opens_with_it_at_log_in(client, place):
    save(client, first="1")
    assert shown(enter(place.user).get("/board/")) == ["no-plan", "asks"]
    save(client, "Allt", [k.slug for k in client.get("/board/").context["kinds"]], first="1")
    assert View.objects.filter(first=True).count() == 1, "one at most"
    assert len(shown(enter(place.user).get("/board/"))) > 5


def test_a_view_whose_unit_is_out_of_reach_is_told_and_not_opened(client, place):
    client.get(f"/board/?unit={place.units[1].public_id}")
    save(client, first="1")
    Assignment.objects.get(pk=place.coordinator.pk).covers.remove(place.units[1])
    fresh = enter(place.user)
    assert fresh.get("/board/").context["choice"].unit is None
    assert "når inte dit" in fresh.get("/board/views/").content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "  ", "show": ["asks"]}, "Skriv vad vyn ska heta."),
        ({"name": "x" * 61, "show": ["asks"]}, "högst 60 tecken"),
        ({"name": "Min morgon", "show": ["asks"]}, "Du har redan en vy som heter"),
        ({"name": "Ny", "show": []}, "Välj minst ett tal."),
        ({"name": "Ny", "show": ["else"]}, "Välj minst ett tal."),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(client, fields, said):
    save(client)
    answer = client.post("/board/views/", fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert View.objects.count() == 1
    if fields["name"].strip():
        assert f'value="{fields["name"]}"' in answer.content.decode()


def test_a_new_name_removal_and_the_way_back(client):
    save(client)
    save(client, "Annan")
    view = View.objects.get(name="Min morgon")
    assert client.post(f"/board/views/{view.public_id}/rename/", {"name": "Annan"}).status_code == 422
    client.post(f"/board/views/{view.public_id}/rename/", {"name": "Kväll"})
    assert {v.name for v in View.objects.all()} == {"Kväll", "Annan"}
    client.post(f"/board/views/{view.public_id}/remove/")
    assert [line["row"].name for line in client.get("/board/").context["views"]] == ["Annan"]
    save(client, "Kväll")
    client.post(f"/board/views/{view.public_id}/revive/")
    assert {line["row"].name for line in client.get("/board/").context["views"]} == {"Annan", "Kväll", "Kväll 2"}


def test_anothers_view_does_not_exist(client, place):
    save(client)
    View.objects.update(assignment=worlds.another(place))
    view = View.objects.get()
    for what in ("rename", "first", "remove", "revive"):
        assert client.post(f"/board/views/{view.public_id}/{what}/", {"name": "Min"}).status_code == 404
    assert client.get("/board/").context["views"] == []


def test_what_is_not_shown_is_not_counted_and_the_rest_is_the_same(client):
    everything = figures_of(client, "?area=")
    found = figures_of(client, "?show=follow-up,next-step")
    assert {slug: f.number for slug, f in found.items()} == {
        k: everything[k].number for k in ("next-step", "follow-up")
    }
    some = client.get("/board/?show=follow-up,next-step").context["board"]
    assert some.with_plan == client.get("/board/?area=").context["board"].with_plan
