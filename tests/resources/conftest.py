"""Fixtures of the pool's day."""

import pytest

from samband.core import clock
from tests.resources.days import NOW, Days, make_days
from tests.resources.desks import Desk, make_desk
from tests.worlds import World


@pytest.fixture
def days(world: World) -> Days:
    return make_days(world)


@pytest.fixture
def standing():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def desk(days: Days, standing) -> Desk:
    from samband.resources.services import pricing

    pricing._kept.clear()
    return make_desk(days)
