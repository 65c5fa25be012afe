"""The 21 regions of the demo: the document that lies beside the project, or none. Nothing about a real region is invented."""

from pathlib import Path

from django.conf import settings

from samband.regions.rules.reading import Unreadable
from samband.regions.services import importing, known, shipped, spoken

BESIDE = settings.ROOT.parent / "shared" / "seeds"


def load() -> str:
    """The regions as rows, and the document where there is one; a line that says what came of it."""
    known.load()
    shipped.load()
    file = _file()
    if file is None:
        return "The 21 regions are in place without a source: samband regions import FILE reads one in."
    try:
        done = importing.keep(file.read_bytes(), file.name)
    except OSError as error:
        return f"The regions' document could not be read: {error.strerror}."
    except Unreadable as error:
        return f"The regions' document was not read in: {spoken.refused(error)}"
    return "" if done.same else f"The regions' document was read in: {len(done.parsed.accounts)} regions."


def _file() -> Path | None:
    """The one that is named; else the one beside the project."""
    if settings.REGIONS_FILE:
        return Path(settings.REGIONS_FILE)
    return next(iter(sorted(BESIDE.glob("003*.txt"))), None)
