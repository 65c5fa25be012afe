"""Travel times from a service that speaks OSRM's table API. It is told coordinates and nothing else, and never those of homes
with protected identity. What it does not answer, or answers with nonsense, is the straight line.

`/table/v1/{profile}/{lon,lat;…}?sources=…&destinations=…&annotations=duration` → `{"code": "Ok", "durations": [[seconds]]}`.
"""

import json
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
import requests

from samband.resources.travel.base import Point
from samband.resources.travel.line import WAYS, StraightLine

log = logging.getLogger(__name__)

#: OSRM knows no timetables: who goes by bus gets the straight line
PROFILES = {"car": "driving", "bike": "cycling", "foot": "walking"}
BLOCK = 50  # sources, and destinations, of one question (a server's limit is usually 100 coordinates)
TIMEOUT = (2.0, 5.0)  # to connect, to answer
ANSWER = 4_000_000  # bytes; more is no table of ours
DAY = 24 * 60.0  # minutes; further is nonsense
FRESH = 12 * 3600.0  # seconds that an answer holds
REST = 60.0  # seconds that a service is left alone after it failed
MOST = 3000  # places that are remembered for a profile

Where = tuple[float, float]  # longitude, latitude


class Unusable(Exception):
    """The service did not answer, or not with a table."""


@dataclass
class Memory:
    """What has been answered for a profile; NaN: not asked, infinity: no way."""

    since: float = field(default_factory=time.monotonic)
    numbers: dict[Where, int] = field(default_factory=dict)
    table: np.ndarray = field(default_factory=lambda: np.full((0, 0), np.nan))

    def rows(self, places: list[Where]) -> np.ndarray:
        """Numbers of the places; the table grows for new ones. Forgets everything when it is old or too big."""
        new = [p for p in dict.fromkeys(places) if p not in self.numbers]
        if time.monotonic() - self.since > FRESH or len(self.numbers) + len(new) > MOST:
            self.since, self.numbers, new = time.monotonic(), {}, list(dict.fromkeys(places))
            self.table = np.full((0, 0), np.nan)
        for place in new:
            self.numbers[place] = len(self.numbers)
        if new:
            bigger = np.full((len(self.numbers), len(self.numbers)), np.nan)
            bigger[: len(self.table), : len(self.table)] = self.table
            self.table = bigger
        return np.array([self.numbers[p] for p in places], dtype=int)


class Osrm:
    """A service at an address; safe to use from several threads."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self.memory: dict[str, Memory] = {}
        self.failed = -math.inf
        self.lock = Lock()

    def minutes(self, means: str, points: Sequence[Point]) -> np.ndarray:
        found = StraightLine().minutes(means, points)
        open_ = [k for k, p in enumerate(points) if not p.private]
        if means not in PROFILES or len(open_) < 2:
            return found
        places = [(round(points[k].longitude, 5), round(points[k].latitude, 5)) for k in open_]
        with self.lock:
            memory = self.memory.setdefault(PROFILES[means], Memory())
            numbers = memory.rows(places)
            self._fill(PROFILES[means], memory, numbers)
            table = memory.table[np.ix_(numbers, numbers)]
        line = found[np.ix_(open_, open_)]
        known = np.isfinite(table)
        fixed = WAYS[means].fixed
        # Two doors at one place stay at no distance, as on the straight line.
        found[np.ix_(open_, open_)] = np.where(known & (line > 0), np.round(table + fixed, 1), line)
        return found

    def _fill(self, profile: str, memory: Memory, numbers: np.ndarray) -> None:
        """Asks for what is not known, block by block; stops at the first failure and leaves the service alone for a while."""
        if time.monotonic() - self.failed < REST:
            return
        places = list(memory.numbers)
        wanted = np.unique(numbers)
        blocks = [wanted[k : k + BLOCK] for k in range(0, len(wanted), BLOCK)]
        for rows in blocks:
            for columns in blocks:
                if not np.isnan(memory.table[np.ix_(rows, columns)]).any():
                    continue
                try:
                    answer = self._ask(profile, [places[k] for k in rows], [places[k] for k in columns])
                except Unusable as error:
                    self.failed = time.monotonic()
                    log.warning("the travel service gave no times (%s): straight lines for a minute", error)
                    return
                memory.table[np.ix_(rows, columns)] = answer

    def _ask(self, profile: str, sources: list[Where], targets: list[Where]) -> np.ndarray:
        """Minutes; infinity where there is no way. Raises Unusable."""
        places = list(dict.fromkeys([*sources, *targets]))
        number = {place: str(k) for k, place in enumerate(places)}
        address = f"{self.address}/table/v1/{profile}/" + ";".join(f"{a:.5f},{b:.5f}" for a, b in places)
        asked = {
            "sources": ";".join(number[p] for p in sources),
            "destinations": ";".join(number[p] for p in targets),
            "annotations": "duration",
        }
        try:
            with requests.get(address, params=asked, timeout=TIMEOUT, stream=True, allow_redirects=False) as response:
                text = response.raw.read(ANSWER + 1, decode_content=True)
                status = response.status_code
        except (requests.RequestException, OSError) as error:
            raise Unusable(type(error).__name__) from error
        except Exception as error:  # urllib3's own, while reading
            raise Unusable(type(error).__name__) from error
        if status != 200 or len(text) > ANSWER:
            raise Unusable(f"status {status}")
        return table_of(text, len(sources), len(targets))


def table_of(text: bytes, rows: int, columns: int) -> np.ndarray:
    """The table of an answer in minutes. Raises Unusable for anything that is none."""
    try:
        answer = json.loads(text)
        durations = answer["durations"] if answer["code"] == "Ok" else None
        found = np.array([[math.inf if v is None else float(v) for v in row] for row in durations or ()]) / 60.0
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unusable("no table") from error
    if found.shape != (rows, columns) or np.isnan(found).any() or (found < 0).any():
        raise Unusable("not the table that was asked for")
    if (found[np.isfinite(found)] > DAY).any():
        raise Unusable("further than a day away")
    return found
