"""Tags, filters and the answers with a way back."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template import Context, Template
from django.test import RequestFactory

from samband.core import clock
from samband.ui import toast

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Stockholm"))


def draw(text: str, **context) -> str:
    return Template("{% load ui %}" + text).render(Context(context))


def test_a_mark_is_shape_word_and_colour():
    html = draw('{% mark "warn" %}')
    assert "mark-warn" in html
    assert "#mark-warn" in html
    assert "Se upp" in html


def test_a_more_exact_word_keeps_the_state_as_the_name_of_the_shape():
    html = draw('{% mark "act" "2 dagar sen" lead=True %}')
    assert 'aria-label="Agera nu"' in html
    assert "2 dagar sen" in html
    assert "mark-lead" in html


def test_an_unknown_state_is_never_green():
    assert "mark-unknown" in draw("{% mark state %}", state="whatever")
    assert "mark-ok" not in draw("{% mark state %}", state=None)


def test_an_action_says_when_what_who_and_how_it_stands():
    a = {
        "clock": "08.00",
        "title": "Ge insulin",
        "note": "Sara Lind",
        "who": "Hemtjänsten",
        "icon": "pill",
        "url": "/x",
    }
    html = draw("{% action a %}", a={**a, "state": "late", "mark": "act", "mark_word": "2 h sen"})
    assert html.startswith('<div class="act late"><svg')
    assert "#pill" in html
    assert '<b>08.00</b> <a href="/x">Ge insulin</a><span class="meta">Hemtjänsten, Sara Lind</span>' in html
    assert "mark-act mark-lead" in html
    assert "2 h sen" in html
    bare = draw("{% action a %}", a={"title": "Ge insulin"})
    assert bare.startswith('<div class="act"><svg')
    assert bare.endswith("<div>Ge insulin</div></div>")


def test_why_opens_in_place_and_names_its_source():
    html = draw('{% why "varför då?" source="Lag 2017:612" url="/x" %}För att {{ a }}.{% endwhy %}', a="<b>")
    assert html.startswith("<details")
    assert '<a href="/x">Lag 2017:612</a>' in html
    assert "&lt;b&gt;" in html
    assert "<cite>" in draw('{% why "?" source="Planen" %}x{% endwhy %}')


BAD = dict.fromkeys(
    ("label", "url", "note", "icon", "title", "clock", "who", "state", "mark", "mark_word"), '"><script>'
)


def test_what_people_write_is_escaped_in_every_tag():
    for text in (
        "{% mark 'ok' x %}",
        "{% icon x %}",
        "{% picture x %}",
        "{% act a %}",
        "{% action a %}",
        "{% why x source=x url=x %}.{% endwhy %}",
    ):
        assert "<script>" not in draw(text, x=BAD["note"], a=BAD)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ({"label": "Öppna", "url": "/a"}, '<a class="button" href="/a">'),
        ({"label": "Ring", "phone": "0980-319 214"}, 'href="tel:0980319214"'),
        ({"label": "Flytta", "opens": "move"}, 'data-opens="move"'),
        (
            {"label": "Spara", "url": "/a", "post": True, "hidden": {"v": "3"}},
            '<input type="hidden" name="v" value="3">',
        ),
        ({"waiting": "Väntar på svar"}, "button-waiting"),
    ],
)
def test_an_act_is_a_link_a_form_a_call_or_a_wait(act, expected):
    assert expected in draw("{% act a %}", a=act)


def test_a_post_act_carries_the_token():
    request = RequestFactory().get("/")
    html = Template("{% load ui %}{% act a %}").render(
        Context({"a": {"label": "x", "url": "/", "post": True}, "request": request})
    )
    assert "csrfmiddlewaretoken" in html


def test_nothing_to_do_draws_nothing():
    assert draw("{% act a %}", a=None) == ""


def test_time_as_people_speak_of_it():
    with clock.frozen(NOW):
        assert draw("{{ t|spoken_time }}", t=NOW.replace(hour=14, minute=10)) == "i dag 14.10"
        assert draw("{{ t|spoken_delta }}", t=NOW + timedelta(hours=5)) == "om 5 h"
        assert draw("{{ t|long_date }}", t=NOW.date()) == "måndag 23 november"
        assert draw("{{ t|bar_date }}", t=NOW) == "mån 23 nov 09.12"
        assert draw("{{ t|years }} år", t=date(1947, 3, 12)) == "79 år"
        html = draw("{% when t %}", t=NOW)
        assert 'datetime="2026-11-23T09:12:00+01:00"' in html
        assert ">i dag 09.12<" in html


def test_no_time_is_drawn_as_nothing():
    for name in (
        "spoken_time",
        "spoken_delta",
        "spoken_date",
        "spoken_span",
        "short_date",
        "long_date",
        "clock_time",
        "years",
        "bar_date",
        "tel",
    ):
        assert draw("{{ t|" + name + " }}", t=None) == ""
    assert draw("{% when t %}", t=None) == ""


def test_a_number_to_call():
    assert draw("{{ n|tel }}", n="0980-319 214") == "0980319214"
    assert draw("{{ n|tel }}", n="+46 70-174 06 05") == "+46701740605"


def test_a_toast_with_undo():
    request = RequestFactory().get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    toast.toast(request, "Besöket flyttat", undo_url="/undo/1/")
    html = Template('{% include "ui/parts/toast.html" %}').render(
        Context({"messages": request._messages, "request": request})
    )
    assert 'action="/undo/1/"' in html
    assert "Besöket flyttat" in html


@pytest.mark.parametrize(
    "tags", ["undo://elsewhere.example/", "undo:javascript:alert(1)", "undo:", "", None, "success"]
)
def test_undo_leads_only_to_our_own_pages(tags):
    assert toast.undo_url(tags) == ""
    assert draw("{{ m|undo_url }}", m=SimpleNamespace(extra_tags=tags)) == ""
