"""Generated worlds, every question by everybody about everything: rules, queries and a plain oracle answer the same."""

import random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.access import comparing
from tests.access.plain import generate

pytestmark = pytest.mark.django_db
RULES = {
    "A1", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12", "A13", "A14", "A16", "A17",
    "P1", "P2", "P3", "P4", "P5", "P6", "P7",
}  # fmt: skip


SEEDS = (3, 102)


# A world does not shrink well: minutes of trying, and what differs is told whole anyway.
@settings(
    max_examples=3, deadline=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)  # fmt: skip
@given(r=st.randoms(use_true_random=False))
def test_policy_query_and_oracle_answer_the_same(r):
    with transaction.atomic():
        assert comparing.compare(generate(r, persons=1)).differ == []
        transaction.set_rollback(True)


def test_every_rule_that_decides_is_reached_by_the_generator():
    """A2 and A15 are about the log, and are asked of every request in tests/walk."""
    reached: set[str] = set()
    for seed in SEEDS:
        with transaction.atomic():
            found = comparing.compare(generate(random.Random(seed), persons=2))
            transaction.set_rollback(True)
        assert found.differ == [], f"seed {seed}"
        reached |= found.rules
    assert reached >= RULES, f"the generator never reaches {sorted(RULES - reached)}"
