"""Every test here stands on the same morning, whatever day it is: the world is made then, and time goes on from there."""

from collections.abc import Iterator

import pytest

from samband.core import clock
from tests.notices.worlds import MORNING


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.frozen(MORNING):
        yield
