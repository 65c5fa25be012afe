"""The port of notices: kinds are known, recipients are keys, a listener gets what was told."""

import pytest

from samband.core import events, notices


@pytest.fixture
def heard(monkeypatch):
    found: list[notices.Telling] = []
    monkeypatch.setitem(events._handlers, notices.EVENT, [lambda telling: found.append(telling)])
    monkeypatch.setitem(notices.kinds, "test.called", notices.NoticeKind("test.called", "Kallad", receipt=True))
    return found


def test_what_is_told_reaches_the_listener_with_its_recipients(heard):
    notices.tell("test.called", "/there/", person_id=7, units=[1, 1, 2], persons=[7], once="a")
    (told,) = heard
    assert told.kind.receipt
    assert (told.units, told.persons, told.relatives) == ({1, 2}, {7}, frozenset())
    assert (told.url, told.once, told.thing) == ("/there/", "a", "")


def test_an_unknown_kind_is_a_mistake(heard):
    with pytest.raises(KeyError):
        notices.tell("test.unheard", "/there/")
    assert heard == []
