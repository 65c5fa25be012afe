"""Person number `i` of a seed: who, where, how old, with which needs. Pure: no database, no clock but the day given."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from samband.demo import source

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
HOUSEHOLD = 12  # every twelfth person lives with the one before
HEBY_FIRST = 160  # among so many the coordinator of Heby gets many, so that her board has content
SIZES = {
    "heby": 10,
    "tierp": 15,
    "osthammar": 16,
    "enkoping": 28,
    "habo": 13,
    "knivsta": 11,
    "alvkarleby": 7,
    "sala": 16,
}


@dataclass(frozen=True)
class Home:
    """Where a household lives, and what its members share."""

    municipality: str
    district: str
    city: str
    latitude: float
    longitude: float
    street: str
    origin: dict[str, Any]
    family: str
    phone: str
    protection: str


@dataclass(frozen=True)
class Made:
    """A generated person."""

    index: int
    number: str
    born: date
    woman: bool
    given: str
    home: Home
    profile: dict[str, Any]
    interpreter: bool
    information: str
    partner: str  # given name of the other one in the household, or nothing


def make(seed: int, index: int, today: date) -> Made:
    """The same for the same seed and number, whoever else is made."""
    joined = index % HOUSEHOLD == 1
    rng = random.Random(f"{seed}:{index}")
    home = _home(seed, index - 1 if joined else index)
    pair = index % HOUSEHOLD in (0, 1)
    profiles = [p for p in source.profiles() if not pair or p["ages"][0] >= 60]
    profile = rng.choices(profiles, [p["weight"] for p in profiles])[0]
    low, high = profile["ages"]
    # Old age thins out: the mean of two draws leans to the middle of the profile's span.
    age = round((rng.uniform(low, high) + rng.uniform(low, high)) / 2)
    born = today - timedelta(days=round(age * 365.25) + rng.randrange(1, 365))
    woman = index % 2 == 1 if pair else rng.random() < 0.56
    other = index - 1 if joined else index + 1
    partner = _given(home, not woman, True, random.Random(f"{seed}:{other}:name")) if pair else ""
    language = home.origin["language"]
    return Made(
        index=index,
        number=f"{born:%Y%m%d}{_suffix(index)}",
        born=born,
        woman=woman,
        given=_given(home, woman, pair or age >= 60, random.Random(f"{seed}:{index}:name")),
        home=home,
        profile=profile,
        interpreter=language not in ("sv", "fi") and rng.random() < 0.5,
        information=rng.choices(["plain", "large", "spoken"], [80, 15, 5] if age >= 70 else [92, 4, 4])[0],
        partner=partner,
    )


def _suffix(index: int) -> str:
    """The last four characters of a national reserve number: at least one letter, and digits after the letters."""
    for letters in (1, 2, 3, 4):
        digits = 4 - letters
        room = len(LETTERS) ** letters * 10**digits
        if index < room:
            break
        index -= room
    block, rest = divmod(index % room, 10**digits)
    word = ""
    for _place in range(letters):
        block, place = divmod(block, len(LETTERS))
        word = LETTERS[place] + word
    return f"{word}{rest:0{digits}d}" if digits else word


def _home(seed: int, index: int) -> Home:
    rng = random.Random(f"{seed}:{index}:home")
    sizes = dict(SIZES)
    if index < HEBY_FIRST:
        sizes["heby"] = sum(SIZES.values()) // 2
    municipality = rng.choices(list(sizes), list(sizes.values()))[0]
    districts = [row for row in source.county()["areas"] if row.get("parent") == municipality]
    # Most live in the largest place, which the county lists first.
    district = rng.choices(districts, [3, *([1] * (len(districts) - 1))])[0]
    spread = 0.006 if rng.random() < 0.7 else 0.05
    origins = source.names()["origins"]
    origin = rng.choices(origins, [row["weight"] for row in origins])[0]
    city = district["name"].removesuffix(" tätort").removesuffix("s stad").removesuffix(" stad").removesuffix(" by")
    return Home(
        municipality=municipality,
        district=district["key"],
        city="Tierp" if city == "Tierps köping" else city,
        latitude=round(rng.gauss(district["lat"], spread), 5),
        longitude=round(rng.gauss(district["lon"], spread * 2), 5),
        street=f"{rng.choice(source.names()['streets'])} {rng.randrange(1, 60)}",
        origin=origin,
        family=rng.choice(origin["families"]),
        phone=f"070-174 06 {rng.randrange(50, 100)}",
        protection=rng.choices(["none", "sekretessmarkering", "skyddad_folkbokforing"], [993, 5, 2])[0],
    )


def _given(home: Home, woman: bool, old: bool, rng: random.Random) -> str:
    return rng.choice(home.origin[("women" if woman else "men") + ("_old" if old else "")])
