"""Which source of travel times is set up."""

from functools import lru_cache

from django.conf import settings

from samband.resources.travel.base import TravelTimes
from samband.resources.travel.line import StraightLine


@lru_cache(maxsize=4)
def _osrm(address: str) -> TravelTimes:
    from samband.resources.travel.osrm import Osrm

    return Osrm(address)


def provider() -> TravelTimes:
    """The straight line, or what `SAMBAND_OSRM` names (kept, with its cache, for as long as the process lives)."""
    address = getattr(settings, "OSRM", "")
    return _osrm(address) if address else StraightLine()
