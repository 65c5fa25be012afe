"""Fixtures of the pool's day."""

import pytest

from samband.core import clock
from tests.resources.days import NOW, Days, make_days
from tests.worlds import World


@pytest.fixture
def days(world: World) -> Days:
    return make_days(world)


@pytest.fixture
def standing():
    with clock.frozen(NOW):
        yield
