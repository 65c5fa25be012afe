"""The frame: places by policy, the menu, the language, the refusals."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from samband.core import policy
from samband.ui import slots


@pytest.fixture
def own_slots(monkeypatch):
    fresh = slots.Slots()
    monkeypatch.setattr(slots, "slots", fresh)
    return fresh


def request_as(kind: str):
    request = RequestFactory().get("/")
    request.actor = policy.Actor(kind=kind, name="Maria")
    return request


def test_a_place_shows_only_where_policy_says_yes(own_slots, monkeypatch):
    answers = {"board.read": policy.allow("x", "", ""), "audit.read": policy.deny("y", "", "")}
    monkeypatch.setattr(policy, "decide", lambda actor, action, thing=None: answers[action])
    own_slots.place(slots.Place("log", "Logg", "ui:design", "audit.read", order=1))
    own_slots.place(slots.Place("board", "Läget", "ui:design", "board.read", order=2))
    rows = slots.places_for(request_as("staff"), "Läget")
    assert [r["key"] for r in rows] == ["board"]
    assert rows[0]["current"]
    assert slots.places_for(request_as("person")) == []


def test_a_place_nobody_has_a_rule_for_or_without_address_is_not_drawn(own_slots):
    own_slots.place(slots.Place("a", "A", "ui:design", "no.such.action"))
    own_slots.place(slots.Place("b", "B", "nowhere:nothing", ""))
    assert slots.places_for(request_as("staff")) == []


def test_lines_of_the_menu(own_slots):
    own_slots.line(slots.MenuLine("out", "Logga ut", "ui:language", order=9, post=True))
    own_slots.line(slots.MenuLine("gone", "Borta", "nowhere:nothing"))
    assert [(line["label"], line["post"]) for line in slots.menu_for(request_as("person"))] == [("Logga ut", True)]


@pytest.mark.django_db
def test_language_is_kept_in_a_cookie_and_leads_back(client):
    answer = client.post(
        reverse("ui:language"), {"language": "en"}, headers={"referer": "http://testserver/design/board/"}
    )
    assert answer.status_code == 302
    assert answer["Location"] == "http://testserver/design/board/"
    assert client.cookies["samband_language"].value == "en"


@pytest.mark.django_db
@pytest.mark.parametrize("referer", ["http://elsewhere.example/", "", "javascript:alert(1)"])
def test_language_never_leads_elsewhere_nor_to_a_language_we_lack(client, referer):
    answer = client.post(reverse("ui:language"), {"language": "xx"}, headers={"referer": referer})
    assert answer["Location"] == "/"
    assert "samband_language" not in client.cookies


@pytest.mark.django_db
def test_language_is_changed_by_post_only(client):
    assert client.get(reverse("ui:language")).status_code == 405


@pytest.mark.parametrize("name", ["403", "404", "500"])
def test_refusals_need_neither_database_nor_account(name):
    html = render_to_string(f"ui/{name}.html", {"decision": policy.deny("P2", "Nej för att.", "No because.")})
    assert "Samband" in html
    assert ("Nej för att." in html) == (name == "403")


@pytest.mark.django_db
def test_a_page_carries_no_inline_script_style_or_handler(client):
    page = client.get(reverse("ui:design"))
    text = page.content.decode()
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick" not in text
    assert "unsafe" not in page["Content-Security-Policy"]
    assert all(" src=" in tag for tag in text.split("<script")[1:])


def test_a_form_that_grew_old_meets_a_page_of_ours(db):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(reverse("ui:language"), {"language": "en"})
    assert answer.status_code == 403
    assert "Sidan var för gammal" in answer.content.decode()
