"""Who keeps a routine, when it holds, where it is shown, how its text is drawn: tables."""

from datetime import date, timedelta

import pytest

from samband.core.decision import Actor
from samband.guidelines.rules import access, matching, rendering, validity

DAY = date(2026, 11, 27)
STAFF = {"kind": "staff", "unit_id": 1, "unit_ids": (1, 2), "org_kind": "region"}


@pytest.mark.parametrize(
    ("actor", "unit", "edits", "creates", "common"),
    [
        (Actor(role="leader", **STAFF), 9, True, True, True),
        (Actor(role="administrator", **STAFF), 9, True, True, True),
        (Actor(role="coordinator", **STAFF), 2, True, True, False),
        (Actor(role="coordinator", **STAFF), 9, False, True, False),
        (Actor(role="nurse", **STAFF), 1, False, False, False),
        (Actor(role="leader", **{**STAFF, "org_kind": "outside"}), 1, False, False, False),
        (Actor(role="coordinator", **{**STAFF, "org_kind": "outside"}), 1, False, False, False),
        (Actor(kind="person", person_id=1), 1, False, False, False),
        (Actor(kind="relative", relative_id=1), 1, False, False, False),
        (Actor(), None, False, False, False),
    ],
)
def test_A1_who_keeps_a_routine(actor, unit, edits, creates, common):
    assert bool(access.edit(actor, unit)) is edits
    assert bool(access.create(actor)) is creates
    assert bool(access.make_common(actor)) is common


@pytest.mark.parametrize(
    ("kind", "reads"), [("staff", True), ("person", False), ("relative", False), ("guest", False), ("anonymous", False)]
)
def test_A1_staff_alone_read(kind, reads):
    found = access.read(Actor(kind=kind))
    assert bool(found) is reads
    assert found.sv
    assert found.en


def d(days: int) -> date:
    return DAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("first", "last", "review", "state"),
    [
        (d(-1), None, d(100), "valid"), (d(0), None, d(100), "valid"), (d(1), None, d(100), "coming"),
        (d(-9), d(0), d(100), "valid"), (d(-9), d(-1), d(100), "ended"), (d(-9), None, d(30), "soon"),
        (d(-9), None, d(31), "valid"), (d(-9), None, d(0), "due"), (d(-9), None, d(-1), "due"), (None, None, None, "valid"),
    ],
)  # fmt: skip
def test_whether_a_version_holds(first, last, review, state):
    dates = validity.Dates(first, last, review)
    assert validity.state(dates, DAY) == state
    assert validity.holds(dates, DAY) is (state not in ("coming", "ended"))


@pytest.mark.parametrize(
    ("versions", "number"),
    [
        ([], None),
        ([(1, "draft", None)], None),
        ([(1, "published", d(-5))], 1),
        ([(1, "published", d(-5)), (2, "published", d(0))], 2),
        ([(1, "published", d(-5)), (2, "published", d(1))], 1),
        ([(1, "published", d(-5)), (2, "withdrawn", d(-1))], None),
        ([(1, "published", d(-5)), (2, "withdrawn", d(1))], 1),
        ([(1, "withdrawn", d(-5)), (2, "published", d(-1))], 2),
        ([(1, "published", d(-5)), (2, "draft", d(-1))], 1),
    ],
)
def test_which_version_is_in_force(versions, number):
    assert validity.in_force(versions, DAY) == number


def test_what_a_version_lacks_is_told_by_field():
    nothing = validity.Dates(None, None, None)
    assert validity.problems(nothing, True, 0, " ", "", 2) == {
        "body": "empty", "valid_from": "missing", "review_by": "missing", "parties": "missing", "note": "missing",
    }  # fmt: skip
    turned = validity.Dates(d(0), d(-1), d(0))
    assert validity.problems(turned, False, 0, "Text", "", 1) == {"valid_to": "early", "review_by": "early"}
    assert validity.problems(validity.Dates(d(0), None, d(90)), True, 1, "Text", "Nytt.", 2) == {}


STEP = matching.Step("action", " omläggning av bensåret mät varannan gång", "bandage", "nurse", units=frozenset({1}))


def where(kind="action", value="", words=(), level="common", unit=7, guideline=1):
    return matching.Where(kind, value, tuple(words), guideline, level, unit)


@pytest.mark.parametrize(
    ("place", "there"),
    [
        (where(value="bandage"), True),
        (where(value="pill"), False),
        (where(words=["omlägg"]), True),
        (where(words=["sår"]), False),
        (where(words=["*sår"]), True),
        (where(words=["pill", "omlägg"]), True),
        (where(value="bandage", words=["pill"]), False),
        (where(words=["bensaret"]), False),
        (where(kind="situation", value="bandage"), False),
        (where(kind="competence", value="nurse"), True),
        (where(kind="competence", value="physician"), False),
        (where(kind="need", words=["omlägg"]), True),
        (where(kind="need", value="wound"), False),
        (where(value="bandage", level="local", unit=7), False),
        (where(value="bandage", level="local", unit=1), True),
    ],
)
def test_where_a_routine_is_shown(place, there):
    assert matching.applies(place, STEP) is there


def test_the_units_own_comes_first_and_each_once():
    places = [where(value="bandage", guideline=n) for n in (1, 2, 3, 2)]
    own = where(value="bandage", guideline=9, level="local", unit=1)
    assert matching.shown([*places, own, own], STEP) == [9, 1, 2]


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)", "[x](vbscript:x)", '<a href="javascript:alert(1)">x</a>',
        "![x](http://evil.example/x.png)", "<iframe src=//evil.example></iframe>", "`<b onclick=x>`", '[x](/ok "a\\" onclick=\\"x")',
    ],
)  # fmt: skip
def test_nothing_that_is_written_runs(evil):
    html = rendering.rendered(evil).lower()
    for tag in ("<script", "<img", "<iframe", "<b "):
        assert tag not in html
    assert 'href="javascript:' not in html
    assert 'href="data:' not in html
    assert 'href="vbscript:' not in html
    assert ' onclick="' not in html


def test_headings_stand_below_the_pages_own_and_are_reached():
    html = rendering.rendered("# Ett\n\n## Två\n\n###### Sist\n")
    assert '<h2 id="del-1">Ett</h2>' in html
    assert '<h3 id="del-2">Två</h3>' in html
    assert '<h6 id="del-3">' in html
    assert rendering.contents("# Ett\n\n## Två **fet**\n\n### Tre\n") == [("del-1", "Ett"), ("del-2", "Två fet")]


def test_the_words_alone_for_the_search():
    assert rendering.plain("## Sår\n\n- **Läs** [mer](/x)\n- `kod`\n") == "Sår\nLäs mer\nkod"


def test_what_differs_is_told_word_by_word():
    found = rendering.changes("Ett.\n\nLäs idag.\n\nBort.", "Ett.\n\nLäs noga idag.\n\nNytt sist.\n\nOch mer.")
    assert found[0] == ("changed", [("same", "Läs "), ("in", "noga "), ("same", "idag.")])
    assert found[-1] == ("new", [("in", "Och mer.")])
    assert rendering.changes("Lika.", "Lika.\n") == []
