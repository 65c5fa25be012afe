"""The forms that users are offered: nonsense, others' ids, fields nobody offered. No 500, no leak, nothing half-written."""

import pytest
from django.db import transaction

from tests.walk import posting, walking

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(settings):
    settings.AXES_ENABLED = False
    with transaction.atomic():
        yield walking.begin(seed=2, tally=walking.Tally(), persons=2)
        transaction.set_rollback(True)


def test_nonsense_in_every_kind_of_form_breaks_nothing(walk):
    posting.fuzz(walk, seed=2, share=0.015)
    assert walk.tally.wrong == []
    assert walk.tally.counts["fuzz requests"] > 8


def test_odd_files_in_every_form_that_takes_one_break_nothing(walk):
    posting.fuzz_files(walk, seed=2, times=1)
    assert walk.tally.wrong == []
    assert walk.tally.counts["forms with files"] >= 3
    assert walk.tally.counts["odd files"] >= 40


def test_other_peoples_ids_change_nothing_about_them(walk):
    posting.swap_ids(walk, seed=2, share=0.01)
    assert walk.tally.wrong == []
    assert walk.tally.counts["ids swapped"] > 2


def test_fields_that_nobody_offered_are_not_taken(walk):
    posting.overpost(walk, seed=2, share=0.006)
    assert walk.tally.wrong == []
    assert walk.tally.counts["fields sent along"] > 500
