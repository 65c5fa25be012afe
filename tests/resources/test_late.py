"""Late visits are foreseen from what has been told (rules/late.py), by table."""

from datetime import datetime, time, timedelta

import pytest

from samband.resources.rules.late import Stop, Tie, foresee, with_pause
from samband.resources.rules.told import State, Told, may_tell, standing, state, whole

DAY = datetime(2026, 11, 23)


def at(clock: str) -> datetime:
    hours, minutes = clock.split(".")
    return DAY + timedelta(hours=int(hours), minutes=int(minutes))


def told(kind: str, clock: str, minutes: int | None = None, key: str = "", undoes: str | None = None) -> Told:
    return Told(key or f"{kind} {clock}", kind, at(clock), minutes, undoes=undoes)


def stop(key: int, clock: str, *reports: Told, minutes=20, travel=10, latest="23.00") -> Stop:
    return Stop(key, at(clock), minutes, travel, at(latest), state(reports))


ARRIVED_0815, DONE_0900 = told("arrived", "8.15"), told("done", "9.00")
ROUTES = [
    ("told nothing: by plan", [stop(1, "8.00"), stop(2, "8.30")], "10.00", {1: "8.00", 2: "8.30"}),
    ("came late: it carries on", [stop(1, "8.00", ARRIVED_0815), stop(2, "8.30")], "8.20", {1: "8.15", 2: "8.45"}),
    ("stays on past the plan", [stop(1, "8.00", ARRIVED_0815), stop(2, "8.30")], "8.50", {2: "9.00"}),
    ("took long", [stop(1, "8.00", ARRIVED_0815, DONE_0900), stop(2, "8.30")], "9.00", {2: "9.10"}),
    ("done early: never before the promise", [stop(1, "8.00", told("done", "8.05")), stop(2, "8.30")], "8.06", {2: "8.30"}),
    ("slack takes it up", [stop(1, "8.00", ARRIVED_0815), stop(2, "9.30")], "8.20", {2: "9.30"}),
    ("says that she will be late", [stop(1, "8.00", told("late", "7.40", 25)), stop(2, "8.30")], "7.45", {1: "8.25", 2: "8.55"}),
    ("says at the visit that it takes longer",
     [stop(1, "8.00", told("arrived", "8.00"), told("late", "8.10", 40)), stop(2, "8.30")], "8.15", {2: "9.10"}),
    ("late taken back", [stop(1, "8.00", told("late", "7.40", 25), told("undone", "7.41", undoes="late 7.40"))], "7.45", {1: "8.00"}),
    ("due and not there yet", [stop(1, "8.00", told("late", "7.40", 5)), stop(2, "8.30")], "8.20", {1: "8.20", 2: "8.50"}),
    ("an earlier one she forgot to tell of is behind her", [stop(1, "8.00"), stop(2, "8.30", told("arrived", "8.30"))], "8.31",
     {1: "8.00", 2: "8.30"}),
    ("not done frees her", [stop(1, "8.00", told("not_done", "8.40")), stop(2, "8.30")], "8.40", {2: "8.50"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "route", "now", "starts"), ROUTES, ids=[row[0] for row in ROUTES])
def test_starts_are_foreseen(name, route, now, starts):
    found = foresee([route], at(now))
    assert {key: f"{found[key].starts:%-H.%M}" for key in starts} == starts


def test_late_is_after_the_window_and_behind_is_after_the_promise():
    route = [stop(1, "8.00", ARRIVED_0815), stop(2, "8.30", latest="8.40"), stop(3, "9.00", latest="10.00")]
    found = foresee([route], at("8.20"))
    assert (found[2].behind, found[2].late) == (15, 5)
    assert (found[3].behind, found[3].late) == (15, 0)


def test_who_waits_for_a_colleague_waits_through_her_whole_route():
    nurse = [stop(1, "8.00", ARRIVED_0815, minutes=60), stop(2, "9.10")]
    doctor = [stop(3, "9.10"), stop(4, "9.40")]
    found = foresee([nurse, doctor], at("8.20"), [Tie(2, 3), Tie(3, 2)])
    assert [f"{found[key].starts:%-H.%M}" for key in (2, 3, 4)] == ["9.25", "9.25", "9.55"]


def test_an_order_with_a_gap_is_kept():
    found = foresee([[stop(1, "8.00", ARRIVED_0815)], [stop(2, "8.30")]], at("8.20"), [Tie(1, 2, 30)])
    assert f"{found[2].starts:%-H.%M}" == "8.45"


def test_a_break_is_not_eaten_up():
    route = [stop(1, "11.00", told("arrived", "11.20")), stop(2, "12.10")]
    plain, rested = foresee([route], at("11.21")), foresee([with_pause(route, 30, time(11), time(13))], at("11.21"))
    assert f"{plain[2].starts:%-H.%M}" == "12.10"
    assert f"{rested[2].starts:%-H.%M}" == "12.20"


def test_a_break_is_laid_only_where_it_may_begin():
    route = [stop(1, "8.00"), stop(2, "9.30"), stop(3, "12.00")]
    assert [s.pause for s in with_pause(route, 30, time(11), time(13))] == [0, 0, 30]
    assert [s.pause for s in with_pause(route, 30, time(15), time(16))] == [0, 0, 0]
    assert [s.pause for s in with_pause(route, 0, None, None)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("rows", "kind", "may"),
    [
        ([], "waiting", {"arrived", "done", "not_done", "late", "help"}),
        ([told("arrived", "8.00")], "arrived", {"done", "not_done", "late", "help"}),
        ([told("arrived", "8.00"), told("done", "8.20")], "done", set()),
        ([told("done", "8.20"), told("undone", "8.21", undoes="done 8.20")], "waiting",
         {"arrived", "done", "not_done", "late", "help"}),
        ([told("arrived", "8.00"), told("not_done", "8.02"), told("undone", "8.03", undoes="not_done 8.02")], "arrived",
         {"done", "not_done", "late", "help"}),
    ],
)  # fmt: skip
def test_what_may_be_told_after_what(rows, kind, may):
    now = state(rows)
    assert now.kind == kind
    assert {k for k in ("arrived", "done", "not_done", "late", "help", "undone") if may_tell(now, k)} == may


def test_what_is_taken_back_does_not_stand():
    rows = [told("arrived", "8.00"), told("done", "8.20"), told("undone", "8.21", undoes="done 8.20")]
    assert [row.kind for row in standing(rows)] == ["arrived"]


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        (["waiting", "waiting"], "planned"),
        (["arrived", "waiting"], "started"),
        (["done", "waiting"], "started"),
        (["done", "done"], "done"),
        (["done", "not_done"], "done"),
        (["not_done", "not_done"], "not_done"),
        ([], "planned"),
    ],
)
def test_the_visit_is_what_its_parts_are(kinds, status):
    assert whole(State(kind) for kind in kinds) == status
