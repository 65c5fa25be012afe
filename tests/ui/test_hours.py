"""Actions by who has them and part of the day."""

from datetime import time

import pytest

from samband.ui import hours

OWNERS = [{"key": k, "name": k} for k in "abcd"]


def action(owner="a", at=None, **more):
    return {"owner": owner, "at": at, "title": "x", **more}


@pytest.mark.parametrize(
    ("at", "part"),
    [
        (time(4, 59), 4),
        (time(5), 0),
        (time(9, 59), 0),
        (time(10), 1),
        (time(12), 2),
        (time(17), 3),
        (time(22), 4),
        (time(0), 4),
    ],
)
def test_part_of_day(at, part):
    assert hours.part_of_day(at) == part


def test_every_action_stands_once_and_in_order():
    items = [action("b", time(11)), action("a", time(7)), action("a", time(6)), action("a", None, part=0)]
    grid = hours.layout(OWNERS, items, time(9))
    assert [a["at"] for a in grid.rows[0].cells[0].actions] == [time(6), time(7), None]
    assert sum(len(c.actions) for r in grid.rows for c in r.cells) == 4
    assert sum(len(part["actions"]) for part in grid.lists) == 4
    assert grid.current == 0


def test_night_after_midnight_stands_after_the_evening():
    grid = hours.layout(OWNERS, [action("a", time(2)), action("a", time(23))])
    assert [a["at"] for a in grid.lists[4]["actions"]] == [time(23), time(2)]


def test_a_joint_visit_spans_two_rows_that_were_apart():
    joint = action(None, time(14), owners=("a", "c"))
    grid = hours.layout(OWNERS, [joint])
    assert [r.key for r in grid.rows] == ["a", "c", "b", "d"]
    assert [r.key for r in grid.idle] == ["b", "d"]
    top, bottom = grid.rows[0].cells[2], grid.rows[1].cells[2]
    assert (top.span, top.joint, bottom.covered) == (2, True, True)
    assert bottom.actions == []
    assert grid.rows[1].has_any


def test_a_joint_visit_that_is_not_alone_stands_in_both_rows():
    joint = action(None, time(14), owners=("a", "b"))
    grid = hours.layout(OWNERS, [joint, action("b", time(15))])
    assert grid.rows[0].cells[2].span == 1
    assert joint in grid.rows[0].cells[2].actions
    assert joint in grid.rows[1].cells[2].actions
    assert sum(len(part["actions"]) for part in grid.lists) == 2


def test_two_joint_visits_in_a_chain_do_not_hide_each_other():
    one, two = action(None, time(14), owners=("a", "b")), action(None, time(15), owners=("b", "c"))
    grid = hours.layout(OWNERS, [one, two])
    shown = [a for r in grid.rows for c in r.cells for a in c.actions]
    assert one in shown
    assert two in shown


def test_an_owner_nobody_listed_is_not_drawn_in_the_grid_but_in_the_list():
    grid = hours.layout(OWNERS, [action("z", time(8))])
    assert not any(r.has_any for r in grid.rows)
    assert len(grid.lists[0]["actions"]) == 1


def test_those_who_have_nothing_are_gathered_unless_they_have_something_to_say():
    owners = [{"key": "a", "name": "a"}, {"key": "b", "name": "b", "empty": "Kan kallas till 22.00."}]
    grid = hours.layout(owners, [])
    assert [r.key for r in grid.idle] == ["a"]
