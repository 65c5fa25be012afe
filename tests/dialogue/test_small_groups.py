"""No sum shown tells of fewer than five, whatever an attacker adds and subtracts (issue 7, part 1)."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samband.dialogue.rules.small_groups import opened

LEAST = 5
CELLS = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from(["nurse", "physician", "assistant"])),
    st.integers(1, 9),
    min_size=1,
)


def attacker(cells, shown) -> list[set]:
    """The sets of fewer than five persons of which some combination of the sums tells: slow and obvious.

    Rows are the sums shown, columns the cells. A combination tells only of the cells in `small` if it is zero in all others:
    then the columns outside `small` have a lower rank than all of them.
    """
    names = sorted(cells)
    rows = [[1] * len(names)]
    rows += [[int(cell[0] == group) for cell in names] for group in shown.organizations]
    rows += [[int(cell[1] == group) for cell in names] for group in shown.roles]
    matrix = np.array(rows, dtype=float)
    rank = np.linalg.matrix_rank(matrix)
    found = []
    for size in range(1, min(LEAST, len(names)) + 1):
        for small in combinations(range(len(names)), size):
            if sum(cells[names[i]] for i in small) < LEAST:
                rest = np.delete(matrix, small, axis=1)
                if (np.linalg.matrix_rank(rest) if rest.size else 0) < rank:
                    found.append({names[i] for i in small})
    return found


@settings(max_examples=150, deadline=None)
@given(CELLS)
def test_an_attacker_who_subtracts_learns_of_nobody(cells):
    if sum(cells.values()) >= LEAST:
        assert attacker(cells, opened(cells)) == []


def test_the_attacker_is_one_that_finds_something():
    class All:
        organizations = ("A", "B")
        roles = ("nurse", "physician")

    cells = {("A", "nurse"): 6, ("B", "nurse"): 1, ("B", "physician"): 8}
    assert {("B", "nurse")} in attacker(cells, All)


@pytest.mark.parametrize(
    ("cells", "organizations", "roles"),
    [
        ({("A", "nurse"): 6, ("B", "nurse"): 7}, {"A", "B"}, set()),
        ({("A", "nurse"): 6, ("B", "nurse"): 4}, set(), set()),  # B is the whole less A
        ({("A", "nurse"): 9, ("B", "nurse"): 3, ("C", "nurse"): 3}, {"A"}, set()),  # B and C together are six
        (
            {("A", "nurse"): 6, ("B", "nurse"): 1, ("B", "physician"): 8},
            {"B", "A"},
            set(),
        ),  # the roles would tell of one nurse
        ({("A", "nurse"): 5, ("A", "physician"): 5}, set(), {"nurse", "physician"}),
        ({("A", "nurse"): 4}, set(), set()),
        ({}, set(), set()),
    ],
)
def test_groups(cells, organizations, roles):
    shown = opened(cells)
    assert (set(shown.organizations), set(shown.roles)) == (organizations, roles)


@settings(max_examples=60, deadline=None)
@given(CELLS)
def test_which_groups_are_shown_hangs_on_numbers_alone_and_is_the_same_twice(cells):
    assert opened(cells) == opened(dict(reversed(cells.items())))
