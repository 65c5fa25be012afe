"""Fixtures that every kind of test may use."""

import pytest

from tests.worlds import World, make_world


@pytest.fixture
def world(db) -> World:
    """See tests/worlds.py."""
    return make_world()
