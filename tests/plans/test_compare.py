"""The comparison of two versions in plain words: tables in Swedish and English, and what must hold for any two texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samband.plans.rules.compare import compare, frequency, kind_of
from samband.plans.rules.fold import Step, differing, same, undo
from samband.plans.rules.texts import differ, shortened, together

PLAN, ACTION, GOAL, SITUATION, FOLLOW_UP, PARTY, EVENT = (
    "plans.careplan:1", "plans.action:2", "plans.goal:3", "plans.situation:4", "plans.followup:5", "access.party:6",
    "plans.planevent:7",
)  # fmt: skip
NURSING, HELP = {"id": "n", "text": "Hemsjukvården"}, {"id": "h", "text": "Hemtjänsten"}
ACT = {
    "title": "Insulin", "by": "unit", "unit": NURSING, "rrule": "FREQ=DAILY", "starts_on": "2026-11-02", "place": "Hemma",
    "time_from": "08:00:00", "time_to": None, "status": "active", "minutes": 15,
}  # fmt: skip

# What the action was, what it became, how that is said.
ACTIONS = [
    ({}, {"rrule": "FREQ=DAILY;BYHOUR=8,20"}, "Hemsjukvården kommer nu två gånger om dagen (förr en gång)",
     "Hemsjukvården now comes twice a day (before: once)"),
    ({"place": "På mottagningen"}, {"rrule": "FREQ=DAILY;BYHOUR=8,12,20", "place": "På mottagningen"},
     "Nu tre gånger om dagen (förr en gång)", "Now three times a day (before: once)"),
    ({"rrule": "FREQ=WEEKLY;BYDAY=MO"}, {"rrule": "FREQ=WEEKLY;BYDAY=MO,TH"},
     "Hemsjukvården kommer nu två gånger i veckan (förr en gång)", "Hemsjukvården now comes twice a week (before: once)"),
    ({"rrule": "FREQ=WEEKLY;BYDAY=MO,WE,FR"}, {}, "Hemsjukvården kommer nu en gång om dagen (förr tre gånger i veckan)",
     "Hemsjukvården now comes once a day (before: three times a week)"),
    ({"rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"}, {}, None, None),
    ({"rrule": "FREQ=WEEKLY;BYDAY=MO"}, {"rrule": "FREQ=WEEKLY;BYDAY=TU"}, "Nu tisdag (förr måndag)", "Now Tuesday (before: Monday)"),
    ({"rrule": "FREQ=DAILY;BYHOUR=8,20"}, {"rrule": "FREQ=DAILY;BYHOUR=7,20;BYMINUTE=30"},
     "Flyttat från 08.00 och 20.00 till 07.30 och 20.30", "Moved from 08.00 and 20.00 to 07.30 and 20.30"),
    ({"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"}, {"rrule": "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"},
     "Nu var tredje vecka, måndag (förr varannan vecka, måndag)", "Now every third week, Monday (before: every other week, Monday)"),
    ({}, {"time_from": "07:30:00"}, "Flyttat från 08.00 till 07.30", "Moved from 08.00 to 07.30"),
    ({"time_to": "08:30:00"}, {"time_from": "07:30:00", "time_to": "08:00:00"}, "Flyttat från 08.00–08.30 till 07.30–08.00",
     "Moved from 08.00–08.30 to 07.30–08.00"),
    ({}, {"time_to": "09:00:00"}, "Flyttat från 08.00 till 08.00–09.00", "Moved from 08.00 to 08.00–09.00"),
    ({"time_from": None}, {}, "Görs nu 08.00 (förr ingen bestämd tid)", "Done 08.00 now (before: no set time)"),
    ({}, {"unit": HELP}, "Görs nu av Hemtjänsten (förr Hemsjukvården)", "Done by Hemtjänsten now (before: Hemsjukvården)"),
    ({"by": "nobody", "unit": None}, {}, "Görs nu av Hemsjukvården (förr ingen än)", "Done by Hemsjukvården now (before: nobody yet)"),
    ({}, {"by": "person", "unit": None}, "Görs nu av personen själv (förr Hemsjukvården)",
     "Done by the person herself now (before: Hemsjukvården)"),
    ({}, {"status": "stopped"}, "Slutat", "Ended"),
    ({}, {"status": "paused"}, "Vilar", "Rests"),
    ({"status": "paused"}, {}, "Pågår igen", "Goes on again"),
    ({}, {"stops_on": "2026-12-03"}, "Slutar nu 3 december (förr utan slutdag)", "Ends 3 December now (before: no last day)"),
    ({}, {"stops_on": "2027-01-03"}, "Slutar nu 3 januari 2027 (förr utan slutdag)", "Ends 3 January 2027 now (before: no last day)"),
    ({}, {"minutes": 30}, "Tar nu 30 minuter (förr 15)", "Takes 30 minutes now (before: 15)"),
    ({}, {"title": "Insulin och prov"}, "Heter nu ”Insulin och prov” (förr ”Insulin”)",
     "Is now called “Insulin och prov” (before: “Insulin”)"),
    ({"milestone": True}, {}, "Är inte längre ett steg som personen väntar på", "Is no longer a step that the person waits for"),
    ({}, {"shared_outside": True}, "Visas nu för part utanför vård och omsorg", "Shown to a party outside care now"),
    ({}, {"icon": "drop", "version": 3}, None, None),
]  # fmt: skip


def sentences(before, after, lang="sv"):
    return [
        line.text for section in compare(before, after, lang, 2026) for entry in section.entries for line in entry.lines
    ]


@pytest.mark.parametrize(("was", "becomes", "sv", "en"), ACTIONS)
def test_an_action_in_words(was, becomes, sv, en):
    before, after = {ACTION: {**ACT, **was}}, {ACTION: {**ACT, **becomes}}
    if sv is None:
        assert not sentences(before, after)  # written otherwise, meant the same
    else:
        assert sv in sentences(before, after)
        assert en in sentences(before, after, "en")


OTHERS = [
    ({}, {ACTION: ACT}, "Ny: Insulin. Hemsjukvården, en gång om dagen, 08.00.", "New: Insulin. Hemsjukvården, once a day, 08.00."),
    ({ACTION: ACT}, {}, "Fanns inte då: Insulin", "Not there then: Insulin"),
    ({}, {GOAL: {"words": "Gå ut"}}, "Nytt mål: ”Gå ut”", "New goal: “Gå ut”"),
    ({GOAL: {"words": "Gå ut", "status": "active"}}, {GOAL: {"words": "Gå ut", "status": "reached"}}, "Nått", "Reached"),
    ({GOAL: {"words": "Gå ut", "status": "active"}}, {GOAL: {"words": "Gå ut", "status": "dropped"}}, "Inte längre viktigt",
     "No longer important"),
    ({SITUATION: {"trigger": "yr", "call_unit": HELP}}, {SITUATION: {"trigger": "yr", "call_unit": NURSING}},
     "Ring nu först Hemsjukvården (förr Hemtjänsten)", "Call Hemsjukvården first now (before: Hemtjänsten)"),
    ({SITUATION: {"trigger": "yr", "emergency": False}}, {SITUATION: {"trigger": "yr", "emergency": True}}, "Ring nu 112 först",
     "Call 112 first now"),
    ({SITUATION: {"trigger": "yr", "ongoing_since": "2026-11-20T08:00:00+00:00"}}, {SITUATION: {"trigger": "yr"}},
     "Är över", "Is over"),
    ({SITUATION: {"trigger": "yr"}}, {SITUATION: {"trigger": "yr", "ended_on": "2026-11-20"}}, "Gäller inte längre, sedan 20 november",
     "No longer holds, since 20 November"),
    ({FOLLOW_UP: {"due_on": "2026-12-01"}}, {FOLLOW_UP: {"due_on": "2026-12-03"}}, "Flyttad från 1 december till 3 december",
     "Moved from 1 December to 3 December"),
    ({}, {FOLLOW_UP: {"due_on": "2026-12-01"}}, "Ny uppföljning 1 december", "New follow-up 1 December"),
    ({}, {PARTY: {"unit": HELP}}, "Ny part: Hemtjänsten", "New party: Hemtjänsten"),
    ({PARTY: {"unit": HELP}}, {}, "Inte längre part: Hemtjänsten", "No longer a party: Hemtjänsten"),
    ({}, {EVENT: {"title": "Kom hem"}}, "Har hänt: Kom hem", "Has happened: Kom hem"),
    ({PLAN: {"status": "active"}}, {PLAN: {"status": "paused", "resume_on": "2026-12-24"}}, "Planen vilar", "The plan rests"),
    ({PLAN: {"words": "Hem"}}, {PLAN: {"words": "Hem nu"}}, "Orden är ändrade", "The words have changed"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "sv", "en"), OTHERS)
def test_the_other_parts_in_words(before, after, sv, en):
    assert sv in sentences(before, after)
    assert en in sentences(before, after, "en")


def test_the_parts_come_in_the_order_of_the_page_and_each_once():
    after = {PARTY: {"unit": HELP}, ACTION: ACT, GOAL: {"words": "Gå ut"}, PLAN: {"words": "b", "needs": "d"}}
    found = compare({PLAN: {"words": "a", "needs": "c"}}, after, "sv")
    assert [s.key for s in found] == ["words", "plan", "goal", "action", "party"]
    assert not compare(after, after)


FREQUENCIES = [
    ("FREQ=DAILY", (1, "day")), ("FREQ=DAILY;BYHOUR=8,20", (2, "day")), ("FREQ=WEEKLY", (1, "week")),
    ("FREQ=WEEKLY;BYDAY=MO,TH", (2, "week")), ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=8,12", (2, "day")),
    ("FREQ=WEEKLY;BYDAY=MO;BYHOUR=8,12", None), ("FREQ=DAILY;INTERVAL=2", None), ("FREQ=MONTHLY", None), ("nonsense", None),
    ("", None),
    ("FREQ=DAILY;COUNT=3", None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "expected"), FREQUENCIES)
def test_how_often_is_a_number_a_day_or_a_week(rule, expected):
    assert frequency(rule) == expected


def test_every_kind_of_field_has_words_in_both_languages():
    from samband.plans.rules.compare_words import ORDER, SILENT, TEXTS

    sv, en = TEXTS["sv"], TEXTS["en"]
    for group in ("fields", "yes", "long", "new", "gone", "parts", "competence", "by"):
        assert sv[group].keys() == en[group].keys(), group
    assert {k: v.keys() for k, v in sv["status"].items()} == {k: v.keys() for k, v in en["status"].items()}
    assert set(sv["fields"]) | set(sv["yes"]) | set(sv["long"]) <= set(ORDER) | SILENT | {"starts", "by"}


def test_every_field_of_a_state_is_said_or_kept_silent_on_purpose():
    from samband.plans.models import Action, CarePlan, FollowUp, Goal, Situation
    from samband.plans.rules.compare_words import SILENT, TEXTS
    from samband.plans.services.versions import fields_of

    said = {*TEXTS["sv"]["fields"], *TEXTS["sv"]["yes"], *TEXTS["sv"]["long"], "status", "rrule", "time_from"}
    for model in (Action, CarePlan, FollowUp, Goal, Situation):
        assert set(fields_of(model)) <= said | SILENT, model


def test_the_walk_back_undoes_what_was_written_and_nothing_else():
    now = {PLAN: {"words": "c"}, GOAL: {"words": "nytt"}, ACTION: ACT}
    steps = [
        Step(5, "plans.goal:3", "propose", {"words": ["x", "y"]}),
        Step(4, PLAN, "change", {"words": ["b", "c"]}),
        Step(3, GOAL, "add", {"words": [None, "nytt"]}),
        Step(2, PARTY, "withdraw", {}, "Hemtjänsten"),
    ]
    found = undo(now, steps)
    assert found == {PLAN: {"words": "b"}, ACTION: ACT, PARTY: {"unit": {"id": "", "text": "Hemtjänsten"}}}
    assert now[PLAN]["words"] == "c"
    assert undo(now, [Step(1, PLAN, "add", {})]) == {}


def test_same_values_however_they_are_kept():
    assert same({"id": "1", "text": "Gammalt namn"}, {"id": "1", "text": "Nytt namn"})
    assert same(None, "")
    assert not same("a", None)
    assert differing({ACTION: ACT}, {ACTION: {**ACT, "place": "x"}}) == {ACTION: {"place": ("Hemma", "x")}}
    assert kind_of(PARTY) == "party"


def test_texts_word_by_word():
    found = [
        (p.op, p.text) for p in differ("Hon går ut varje dag. Hon äter.", "Hon går ut varannan dag. Hon äter gott.")
    ]
    assert found == [
        ("same", "Hon går ut "), ("del", "varje"), ("ins", "varannan"), ("same", " dag. Hon äter"), ("ins", " gott"), ("same", "."),
    ]  # fmt: skip


WORDS = st.lists(st.sampled_from(["ut", "hem", "går", "Sune.", "\n", "och", "åå", "två", ",", "!"]), max_size=30).map(
    " ".join
)


@given(WORDS, WORDS)
@settings(max_examples=300, deadline=None)
def test_a_difference_holds_both_texts_whole(one, other):
    pieces = differ(one, other)
    assert "".join(p.text for p in pieces if p.op != "ins") == one
    assert "".join(p.text for p in pieces if p.op != "del") == other
    assert (
        all(p.op != "same" or p.text in one for p in shortened(pieces) if p.text.strip() and p.op != "cut")
        or len(one) > 60
    )


@given(WORDS, WORDS, WORDS)
@settings(max_examples=300, deadline=None)
def test_two_edits_put_together_hold_both_or_say_no(base, mine, theirs):
    assert together(base, mine, base) == mine
    assert together(base, base, theirs) == theirs
    assert together(base, mine, mine) == mine
    found = together(base, mine, theirs)
    assert found is None or found == together(base, theirs, mine)


def test_long_texts_are_compared_in_no_time():
    import time

    base = "Hon går ut varje dag med Sune. " * 1600
    began = time.perf_counter()
    differ(base, base.replace("Sune", "Anna", 3) + "Mer.")
    assert time.perf_counter() - began < 1.5
