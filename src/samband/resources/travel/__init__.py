"""Travel times between places: the straight line with a detour, or a service that speaks OSRM's table API."""

from samband.resources.travel.base import Point, TravelTimes
from samband.resources.travel.choose import provider

__all__ = ["Point", "TravelTimes", "provider"]
