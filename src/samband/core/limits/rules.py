"""Limits as they are written in a setting: `login=120/10m search=60/10m`. Pure."""

import re
from dataclasses import dataclass

UNITS = {"s": 1, "m": 60, "h": 3600}
WRITTEN = re.compile(r"(\w+)=(\d{1,6})/(\d{0,4})([smh])")


@dataclass(frozen=True)
class Limit:
    """`count` times within `seconds`. 0 times: no limit."""

    count: int
    seconds: int


# name → how often, for each account, or for each address where nobody is logged in. A hospital comes from one address, and
# everybody logs in at seven: `provider` is for a flood; what is guessed at is counted by account.
DEFAULT = (
    "provider=3000/10m login=120/10m factor=5/15m confirm=10/10m search=600/10m export=20/10m upload=30/10m "
    "public=120/1m push=30/10m code=40/10m join=600/10m say=60/1m"
)


def read_limits(text: str) -> dict[str, Limit]:
    """The defaults with what `text` says instead. Raises ValueError with a sentence."""
    found: dict[str, Limit] = {}
    for word in [*DEFAULT.split(), *text.replace(",", " ").split()]:
        match = WRITTEN.fullmatch(word)
        if match is None or (found and match[1] not in KNOWN):
            raise ValueError(f"{word!r} is no limit; expected for example login=30/10m ({', '.join(sorted(KNOWN))}).")
        found[match[1]] = Limit(int(match[2]), max(1, int(match[3] or 1)) * UNITS[match[4]])
    return found


KNOWN = {word.partition("=")[0] for word in DEFAULT.split()}
