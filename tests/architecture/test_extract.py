"""The register extract holds every model about persons, by construction: a new one is red until it says what is the person's."""

import pytest
from django.apps import apps
from django.utils import translation
from django.utils.functional import Promise

from samband.core import extract
from samband.core.extract_words import TECHNICAL, WORDS, word_for
from tests.architecture.test_dataskydd import TOLD
from tests.worlds import MARK

PARTS = list(extract.parts.values())
pytestmark = pytest.mark.django_db


def test_every_model_about_persons_is_a_part_or_says_why_not():
    """docs/dataskydd.md is complete by a test of its own; this one follows it."""
    assert sorted(TOLD.keys() - extract.parts.keys() - extract.outside.keys()) == []
    assert sorted((extract.parts.keys() | extract.outside.keys()) - TOLD.keys()) == []
    assert not extract.parts.keys() & extract.outside.keys()


def test_a_model_that_nobody_registered_would_be_seen():
    assert {"records.Entry", "plans.HandoverItem"} <= extract.parts.keys() & TOLD.keys()


@pytest.mark.parametrize("part", PARTS, ids=lambda p: p.label)
def test_every_field_has_a_word_for_a_reader_or_is_technical(part):
    for field in part.fields():
        if field.name not in TECHNICAL:
            assert str(word_for(field)), (
                f"{part.label}.{field.name}: give it a verbose_name, or a word in extract_words"
            )


@pytest.mark.parametrize("part", PARTS, ids=lambda p: p.label)
def test_what_is_hidden_is_a_field(part):
    assert part.hide <= {field.name for field in part.model._meta.get_fields()}
    assert isinstance(part.title, Promise)


@pytest.mark.parametrize("part", PARTS, ids=lambda p: p.label)
def test_every_part_is_asked_in_one_question_and_finds_nobody_elses(world, part, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        rows = list(part.rows(world.things["other_person"]))
    fields = part.fields()
    assert MARK not in str([extract.machine(row, fields) for row in rows])


def test_no_word_is_left_that_no_field_has():
    used = {f.name for m in apps.get_models() for f in m._meta.concrete_fields}
    assert sorted(WORDS.keys() - used) == []


def test_the_words_are_english_too():
    with translation.override("en"):
        assert str(WORDS["signed_at"]) == "Signed"
