"""Which addresses a push may be sent to. A device names its own: without a list anybody could make the server call anywhere."""

from collections.abc import Iterable
from urllib.parse import urlsplit

LONGEST = 1000


def allowed(endpoint: str, origins: Iterable[str]) -> bool:
    """Whether the endpoint lies at one of the origins: scheme, host and port are equal, `*.` stands for any one or more names.

    An endpoint with a user, a fragment or an unusual port is refused.
    """
    found = _parts(endpoint)
    if found is None or len(endpoint) > LONGEST:
        return False
    return any(_same(found, wanted) for origin in origins if (wanted := _parts(origin)))


def _parts(address: str) -> tuple[str, str, int | None] | None:
    if not address.isascii() or any(c.isspace() for c in address) or "\\" in address:
        return None
    try:
        split = urlsplit(address)
        port = split.port
    except ValueError:
        return None
    if split.scheme not in ("https", "http") or not split.hostname or "@" in split.netloc or split.fragment:
        return None
    return split.scheme, split.hostname, port


def _same(found: tuple[str, str, int | None], wanted: tuple[str, str, int | None]) -> bool:
    if (found[0], found[2]) != (wanted[0], wanted[2]):
        return False
    if wanted[1].startswith("*."):
        return found[1].endswith(wanted[1][1:]) and len(found[1]) > len(wanted[1]) - 1
    return found[1] == wanted[1]
