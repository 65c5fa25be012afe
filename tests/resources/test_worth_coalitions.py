"""A day as a game: no set of organisations comes out worse than its parts, and every plan written out agrees."""

from dataclasses import replace

import pytest

from samband.resources.rules import coalitions as c
from samband.resources.rules import shapley
from samband.resources.rules.coalitions import Effort, Needs, Stopped, fair, halves, play
from tests.resources.worth_days import cheapest, drawn
from visit_planner.model import Break, Price
from visit_planner.plain import judge

SHORT = Effort(iterations=400)
LONG = Effort(iterations=6000)


def names(text: str) -> frozenset[str]:
    return frozenset(text)


@pytest.mark.parametrize("seed", range(4))
def test_every_plan_written_out_agrees_and_so_do_the_shares(seed):
    problem = drawn(seed, each=1)
    game = play(problem, ["a", "b", "c"], LONG, seed=1)
    truth = {some: cheapest(problem, some) for some in shapley.coalitions("abc")}
    assert {some: plan.cost for some, plan in game.plans.items()} == pytest.approx(truth)
    found = shapley.exact(["a", "b", "c"], game.cost).values
    assert found == pytest.approx(shapley.exact(["a", "b", "c"], lambda some: truth.get(some, 0.0)).values)


@pytest.mark.parametrize("seed", range(6))
def test_no_set_is_worse_than_any_way_to_part_it(seed):
    """Also where the search is far too short: noise must not make collaboration look harmful."""
    game = play(drawn(seed, "abcd", each=4), ["a", "b", "c", "d"], Effort(iterations=20), seed)
    for some in game.plans:
        for one, two in halves(some):
            assert game.cost(some) <= game.cost(one) + game.cost(two) + 1e-6
        assert game.plans[some].feasible


def test_parts_laid_side_by_side_cost_the_sum_of_theirs():
    """What makes the rule above true: no price looks at more than one organisation's visits."""
    problem = drawn(3, "ab", each=4)
    game = play(problem, ["a", "b"], SHORT, seed=1)
    both = c.side_by_side(game.plans[names("a")], game.plans[names("b")])
    assert judge(problem.problem, both).cost == pytest.approx(game.cost(names("a")) + game.cost(names("b")))


def without(needs: Needs, staff: str, visits: str = "") -> Needs:
    """The same day without the staff of some parties and the visits of some."""
    problem, party = needs.problem, needs.party
    kept = tuple(w for w in problem.workers if party[w.id] not in staff)
    left = tuple(v for v in problem.visits if party[v.id] not in visits)
    return Needs(replace(problem, workers=kept, visits=left), party)


def test_a_party_that_brings_nothing_gets_nothing():
    game = play(without(drawn(1, "abc"), "c", "c"), ["a", "b", "c"], SHORT, seed=2)
    assert game.cost(names("c")) == 0
    for some in ("a", "b", "ab"):  # it changes nothing for anybody but for what the search happens to find
        assert game.cost(names(some + "c")) <= game.cost(names(some))
    bare = shapley.exact(["a", "b", "c"], lambda some: game.cost(some - {"c"}))
    assert bare.values["c"] == pytest.approx(0)


def test_who_has_visits_and_no_staff_is_served_by_the_others():
    game = play(without(drawn(5, "ab"), "b"), ["a", "b"], SHORT, seed=1)
    assert len(game.plans[names("b")].unserved) == 2
    assert len(game.plans[names("ab")].unserved) < 2 + len(game.plans[names("a")].unserved)


def test_who_is_not_sent_out_costs_nothing():
    """A shift without visits takes its break all the same."""
    needs = drawn(1, "ab")
    pause = Break(60, 180, 30)
    rested = [replace(w, shifts=(replace(w.shifts[0], pause=pause),)) for w in needs.problem.workers]
    prices = {**needs.problem.prices, "missed_breaks": Price(120.0)}
    game = play(
        without(Needs(replace(needs.problem, workers=tuple(rested), prices=prices), needs.party), "", "b"),
        ["a", "b"],
        SHORT,
        1,
    )
    assert game.cost(names("b")) == 0
    assert game.cost(names("ab")) <= game.cost(names("a"))


def test_the_needs_are_free_of_what_was_begun_and_promised():
    problem = drawn(1).problem
    begun = replace(problem.visits[0], started=True, locked_start=5.0, locked_workers=("w0",), price=None)
    whole = replace(problem, visits=(begun, *problem.visits[1:]), promised={("a0", 0): "w1"})
    needs = fair(whole, drawn(1).party)
    assert all(not v.started and v.price and not v.earliest and not v.locked_workers for v in needs.problem.visits)
    assert all(v.locked_start is None for v in needs.problem.visits)
    assert not needs.problem.promised
    assert "highest_tardiness" not in needs.problem.prices


def test_above_six_parties_only_sampled_sets_are_planned():
    problem = drawn(2, "abcdefg", each=1)
    game = play(problem, list("abcdefg"), Effort(iterations=5), seed=1, pairs=2)
    assert len(game.plans) < 2**7 - 1
    found = shapley.shares(list("abcdefg"), game.cost, pairs=2)
    assert sum(found.values.values()) == pytest.approx(game.cost(names("abcdefg")))


def test_the_same_seed_gives_the_same_game():
    one, two = (play(drawn(1), ["a", "b", "c"], SHORT, seed=4) for _ in range(2))
    assert {s: p.cost for s, p in one.plans.items()} == {s: p.cost for s, p in two.plans.items()}


def test_it_stops_when_told():
    asked = []

    def told(done, total):
        asked.append((done, total))
        return done < 2

    with pytest.raises(Stopped):
        play(drawn(1), ["a", "b", "c"], SHORT, 1, told=told)
    assert asked == [(1, 10), (2, 10)]
