"""Whether two live near each other: the same address, or metres apart."""

import re
from math import asin, cos, radians, sin, sqrt

from samband.review.rules.facts import Place, Whom

EARTH = 6_371_000.0  # metres


def address_key(street: str, postal_code: str, city: str) -> str:
    """`Storgatan 4 B, lgh 1102` and `storgatan 4B` in one town are one address; empty where there is no street number."""
    bare = re.split(r",|\blgh\b", street.casefold())[0]
    found = re.match(r"\s*(.+?)\s*(\d+)\s*([a-zåäö]?)\s*$", bare)
    if not found:
        return ""
    town = re.sub(r"\s", "", postal_code) or city.casefold().strip()
    return f"{' '.join(found[1].split())} {found[2]}{found[3]}|{town}"


def metres(a: Place, b: Place) -> float:
    """The great circle between two places."""
    north, east = radians(b[0] - a[0]), radians(b[1] - a[1])
    h = sin(north / 2) ** 2 + cos(radians(a[0])) * cos(radians(b[0])) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(h))


def how_near(a: Whom, b: Whom, within: float) -> float | None:
    """Metres apart where that is at most `within`; 0 for one address; None for farther, unknown or hidden."""
    if a.hidden or b.hidden:
        return None
    if a.address and a.address == b.address:
        return 0.0
    if a.place is None or b.place is None:
        return None
    far = metres(a.place, b.place)
    return far if far <= within else None
