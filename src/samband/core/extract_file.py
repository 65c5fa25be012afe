"""The register extract as one archive: a page to read, the same for machines, and the files (GDPR art. 15, 20).

Written row by row to the disk: what there is about a person may be much, and is never all in memory.
"""

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.db import models
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samband.core import clock, extract
from samband.core.extract import Part

PAGE, DATA, FILES = "uppgifter.html", "uppgifter.json", "bilagor"
PIECE = 500
Progress = Callable[[int], None]
STYLE = (
    "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#17211d}"
    "h2{margin-top:2.5rem;border-top:2px solid;padding-top:.6rem}dl{display:grid;grid-template-columns:11rem 1fr;"
    "gap:.2rem 1rem;margin:.8rem 0;padding-top:.8rem;border-top:1px solid #ddd5c4}dt{color:#5d655d}dd{margin:0;"
    "white-space:pre-wrap;overflow-wrap:anywhere}@media(max-width:34rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}"
)


def count(person: Any, organization: int | None = None) -> int:
    """How many rows there are; one question for each part."""
    return sum(part.rows(person, organization).count() for part in extract.parts.values())


def write(
    person: Any, path: Path, progress: Progress = lambda _done: None, organization: int | None = None
) -> dict[str, int]:
    """Make the archive at `path`; returns how many rows of each part are in it. `progress` is told the rows done so far.

    `organization`: whose staff take it out on a written request; the entries of others are then not in it (A1).
    """
    beside = [path.with_suffix(".page"), path.with_suffix(".data")]
    counts: dict[str, int] = {}
    try:
        with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
            with (
                open(beside[0], "w", encoding="utf-8", opener=_private) as page,
                open(beside[1], "w", encoding="utf-8", opener=_private) as data,
            ):
                out = _Out(page, data, archive, organization)
                out.head(person)
                for place, part in enumerate(extract.parts.values()):
                    counts[part.label] = out.part(part, person, place == 0, sum(counts.values()), progress)
                out.foot()
            archive.write(beside[0], PAGE)
            archive.write(beside[1], DATA)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        for one in beside:
            one.unlink(missing_ok=True)
    path.chmod(0o600)
    progress(sum(counts.values()))
    return counts


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def left_out(by_staff: bool = False) -> Iterator[str]:
    """What is not in it and why, in sentences. The same for everybody: that something is left out of mine must not show."""
    if by_staff:
        yield str(
            _("Det som andra vårdgivare har antecknat: begär det av dem, eller hämta allt på din egen sida (A1).")
        )
    for part in extract.parts.values():
        if part.left_out:
            yield str(part.left_out)
    yield from dict.fromkeys(str(why) for why in extract.outside.values())
    yield str(_("Nycklar och kontrollvärden som bara programmet använder, och lösenord."))


@dataclass
class _Out:
    """The two files that grow together, and the archive that takes them in."""

    page: IO[str]
    data: IO[str]
    archive: zipfile.ZipFile
    organization: int | None = None
    nothing: list[str] = field(default_factory=list)

    def head(self, person: Any) -> None:
        made = clock.local_now()
        title = _("Det Samband har om %(name)s") % {"name": person.full_name}
        lead = (
            _("Utdrag %(day)s enligt dataskyddsförordningen artikel 15 och 20.") % {"day": f"{made:%Y-%m-%d %H.%M}"},
            _("Här står allt som produkten har, del för del. Sist står vad som inte är med, och varför."),
        )
        self.page.write(
            f'<!doctype html><html lang="{get_language() or "sv"}"><meta charset="utf-8"><meta name="viewport" '
            f'content="width=device-width"><title>{escape(title)}</title><style>{STYLE}</style><h1>{escape(title)}</h1>'
            f"<p>{escape(' '.join(lead))}</p>"
        )
        head = {
            "format": "samband-extract",
            "version": 1,
            "made_at": made.isoformat(),
            "person": person.identity_number,
        }
        self.data.write(f'{_json(head)[:-1]}, "parts": [')

    def part(self, part: Part, person: Any, first: bool, done: int, progress: Progress) -> int:
        """One model's rows; returns their number."""
        found, fields = 0, part.fields()
        head = _json({"model": part.label, "title": str(part.title)})[:-1]
        self.data.write(f'{"" if first else ","}{head}, "rows": [')
        for row in part.rows(person, self.organization).iterator(chunk_size=PIECE):
            self.page.write("" if found else f"<h2>{escape(part.title)}</h2>")
            told = part.told(row, person, fields)
            said = "".join(f"<dt>{escape(w)}</dt><dd>{escape(v)}</dd>" for w, v in extract.readable(row, told))
            self.page.write(f"<dl>{said}</dl>")
            self.data.write(("," if found else "") + _json(extract.machine(row, told)))
            self.file(part, row)
            found += 1
            if (done + found) % PIECE == 0:
                progress(done + found)
        if not found:
            self.nothing.append(str(part.title))
        self.data.write("]}")
        return found

    def file(self, part: Part, row: models.Model) -> None:
        if part.files and (found := part.files(row)):
            self.archive.writestr(f"{FILES}/{found[0]}", found[1])

    def foot(self) -> None:
        said = list(left_out(self.organization is not None))
        lines = "".join(f"<li>{escape(line)}</li>" for line in said)
        none = "; ".join(self.nothing)
        self.page.write(f"<h2>{escape(_('Det som det inte finns något av'))}</h2><p>{escape(none)}.</p>")
        ask = _("Bilagor ligger i mappen bilagor. Undrar du över något: fråga enheten som står på raden.")
        self.page.write(f"<h2>{escape(_('Det som inte är med'))}</h2><ul>{lines}</ul><p>{escape(ask)}</p></html>")
        self.data.write(f'], "left_out": {_json(said)}}}')


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
