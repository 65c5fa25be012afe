"""Twin worlds: to whoever may not know a person, a world with her answers as one without, in bytes and in questions asked."""

import pytest
from django.db import transaction

from tests.walk import twins, walking

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


def test_A1_a_world_with_a_stranger_in_it_answers_as_one_without(settings):
    settings.AXES_ENABLED = False
    tally = walking.Tally()
    with transaction.atomic():
        twins.compare(4, tally, share=0.025)
        transaction.set_rollback(True)
    assert tally.wrong == []
    assert tally.counts["twin responses"] > 60
