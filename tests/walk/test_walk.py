"""The generated worlds through HTTP: every text about a person carries a mark; no response shows one to whom the oracle does not."""

import pytest
from django.db import transaction

from tests.walk import walking

pytestmark = pytest.mark.django_db


def test_no_response_shows_what_the_oracle_does_not_allow(settings):
    settings.AXES_ENABLED = False
    tally = walking.Tally()
    with transaction.atomic():
        walking.walk_all(walking.begin(seed=1, tally=tally, persons=2), share=0.03, seed=1, persons=0)
        transaction.set_rollback(True)
    assert tally.wrong == []
    assert tally.counts["pages opened"] > 20
