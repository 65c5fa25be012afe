"""Fixtures that every kind of test may use."""

import pytest
from django.utils import translation

from tests.worlds import World, make_world


@pytest.fixture
def world(db) -> World:
    """See tests/worlds.py."""
    return make_world()


@pytest.fixture(autouse=True)
def swedish() -> None:
    """Every test begins in Swedish: a page asked for in English leaves its language behind in the thread."""
    translation.activate("sv")
