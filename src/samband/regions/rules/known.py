"""The 21 regions by SCB's code of the county, with the names they go by. Facts, not read from any document. Pure.

Source: SCB's list of counties and their codes (län). A region that is also its only municipality is marked.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """`code`: two digits of SCB. `both`: region and municipality in one."""

    code: str
    name: str
    both: bool = False


REGIONS: tuple[Known, ...] = (
    Known("01", "Region Stockholm"),
    Known("03", "Region Uppsala"),
    Known("04", "Region Sörmland"),
    Known("05", "Region Östergötland"),
    Known("06", "Region Jönköpings län"),
    Known("07", "Region Kronoberg"),
    Known("08", "Region Kalmar län"),
    Known("09", "Region Gotland", both=True),
    Known("10", "Region Blekinge"),
    Known("12", "Region Skåne"),
    Known("13", "Region Halland"),
    Known("14", "Västra Götalandsregionen"),
    Known("17", "Region Värmland"),
    Known("18", "Region Örebro län"),
    Known("19", "Region Västmanland"),
    Known("20", "Region Dalarna"),
    Known("21", "Region Gävleborg"),
    Known("22", "Region Västernorrland"),
    Known("23", "Region Jämtland Härjedalen"),
    Known("24", "Region Västerbotten"),
    Known("25", "Region Norrbotten"),
)

# How a heading looks that may name a region, known or not: three words at most after "Region", or one word in "-regionen".
HEADING = re.compile(r"Region(?: [A-ZÅÄÖ][\wåäöéÅÄÖ-]+){1,3}(?: län)?|(?:[A-ZÅÄÖ][\wåäöé-]+ )?[A-ZÅÄÖ][\wåäö]+regionen")


def _key(name: str) -> str:
    """As written by different hands: case, double blanks, "län" or not, the genitive before it."""
    words = re.sub(r"[\s\-/]+", " ", name).strip().casefold().removesuffix(" län").split()
    return " ".join(word.removesuffix("s") for word in words)


_BY_KEY = {_key(row.name): row for row in REGIONS}


def find(name: str) -> Known | None:
    """The region that the name stands for, or None."""
    return _BY_KEY.get(_key(name))


def looks_like_one(line: str) -> bool:
    """Whether a line by itself may be the heading of a region's account."""
    return find(line) is not None or HEADING.fullmatch(line.strip()) is not None
