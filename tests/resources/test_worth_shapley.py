"""Fair shares: what the value promises, and that all orders, written out, agree."""

from itertools import permutations
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samband.resources.rules.shapley import Shares, coalitions, exact, orders, sampled, shares

NAMES = "abcdefgh"


def by_orders(parties, game) -> dict[str, float]:
    """The definition: what each adds to those before it, over every order."""
    added = {p: [] for p in parties}
    for order in permutations(parties):
        for k, party in enumerate(order):
            added[party].append(game(frozenset(order[: k + 1])) - game(frozenset(order[:k])))
    return {p: fmean(found) for p, found in added.items()}


@st.composite
def games(draw, most: int = 5):
    """Any game at all, also one where collaboration does harm."""
    parties = list(NAMES[: draw(st.integers(1, most))])
    table = {some: draw(st.integers(-1000, 1000)) for some in coalitions(parties)}
    return parties, lambda some: float(table.get(some, 0))


@settings(max_examples=60, deadline=None)
@given(games())
def test_all_orders_written_out_agree(drawn):
    parties, game = drawn
    assert exact(parties, game).values == pytest.approx(by_orders(parties, game))


@settings(max_examples=60, deadline=None)
@given(games(6))
def test_all_there_is_is_handed_out(drawn):
    parties, game = drawn
    assert sum(exact(parties, game).values.values()) == pytest.approx(game(frozenset(parties)), abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(games(), games())
def test_shares_add_up_over_days(one, two):
    parties = max(one[0], two[0], key=len)
    both = exact(parties, lambda some: one[1](some) + two[1](some)).values
    apart = exact(parties, one[1]).values, exact(parties, two[1]).values
    assert both == pytest.approx({p: apart[0][p] + apart[1][p] for p in parties}, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(games(4), st.booleans())
def test_whoever_adds_nothing_gets_nothing(drawn, sample):
    parties, game = drawn
    more = [*parties, "z"]

    def idle(some):
        return game(some - {"z"})

    found = sampled(more, idle, 3) if sample else exact(more, idle)
    assert found.values["z"] == pytest.approx(0, abs=1e-9)


def test_equals_get_the_same():
    found = exact(list("abc"), lambda some: float(len(some & {"a", "b"}) == 2) * 10 + 3 * len(some))
    assert found.values["a"] == found.values["b"] == pytest.approx(8)
    assert found.values["c"] == pytest.approx(3)


def glove(some: frozenset[str]) -> float:
    """Three have left gloves, five have right ones; a pair is worth 1."""
    return float(min(len(some & set("abc")), len(some & set("defgh"))))


def test_above_six_orders_are_sampled_and_the_error_is_said():
    found = shares(list(NAMES), glove, pairs=400, seed=3)
    truth = exact(list(NAMES), glove).values
    assert not found.exact
    assert found.orders == 800
    for party, value in found.values.items():
        assert 0 < found.errors[party] < 0.03
        assert abs(value - truth[party]) < 4 * found.errors[party]


def test_sampled_shares_hand_out_all_there_is_too():
    assert sum(sampled(list(NAMES), glove, 5).values.values()) == pytest.approx(3)


def test_to_six_parties_the_shares_are_exact():
    assert shares(list(NAMES[:6]), glove).exact
    assert not shares(list(NAMES[:7]), glove).exact
    assert Shares({}, {}).exact


def test_every_order_is_followed_by_its_reverse():
    drawn = orders(list("abc"), 4, 1)
    assert all(one == two[::-1] for one, two in zip(drawn[::2], drawn[1::2], strict=True))
    assert drawn == orders(list("cba"), 4, 1)


def test_one_pair_says_nothing_of_the_error():
    with pytest.raises(ValueError, match="2 or more"):
        sampled(list("abc"), glove, 1)
