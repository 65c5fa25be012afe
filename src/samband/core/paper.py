"""A printable document of headed parts, as PDF/UA-1 with tags. Typst runs in the process and reads nothing but layout and fonts."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samband.core import clock, text

HOME = Path(__file__).resolve().parent / "data" / "paper"
STANDARD: Final = "ua-1"
UNBROKEN = re.compile(r"\S{29,}")
JOINT = "\u200b"  # zero width: a line may end here, nothing is seen
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Item:
    """One thing: facts as (label, value), paragraphs, small notes below."""

    title: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    title: str
    items: list[Item] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    title: str
    lead: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def pdf(document: Document, running: str = "") -> bytes:
    """`running`: what stands on top of every page but the first. Raises when a tag that the standard asks for is missing."""
    words = {
        "lang": "en" if (get_language() or "sv").startswith("en") else "sv", "page": _("Sida"), "of": _("av"),
        "running": running or document.title,
        "printed": _("Utskrivet %(day)s ur Samband") % {"day": text.short_date(clock.today())},
    }  # fmt: skip
    return typeset(HOME / "document.typ", every_fitted({**asdict(document), **words}))


def typeset(layout: Path, values: Mapping[str, Any]) -> bytes:
    """PDF/UA-1 with tags, by the layout, which reads nothing outside its folder. Texts reach Typst as data, never as Typst.

    Raises when a tag that the standard asks for is missing.
    """
    import typst

    data = json.dumps(values, ensure_ascii=False)
    compiler = typst.Compiler(str(layout), root=str(layout.parent), font_paths=fonts(), sys_inputs={"data": data})
    made = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=int(clock.now().timestamp()))
    assert isinstance(made, bytes)
    return made


def fitted(text: str) -> str:
    """A string without any place to end a line gets some; what no paper can show is left out."""
    return UNBROKEN.sub(_joints, UNSEEN.sub("", text))


def every_fitted(value: Any) -> Any:
    if isinstance(value, str):
        return fitted(value)
    if isinstance(value, dict):
        return {key: every_fitted(part) for key, part in value.items()}
    return [every_fitted(part) for part in value] if isinstance(value, list | tuple) else value


def _joints(found: re.Match[str]) -> str:
    """Words are divided by their language; only what is no word (digits, signs, very long) needs help."""
    word = found.group()
    if word.isalpha() and len(word) < 60:
        return word
    return JOINT.join(word[place : place + 24] for place in range(0, len(word), 24))


@lru_cache(maxsize=1)
def fonts() -> Any:
    """Read once: Source Sans and the fonts of Typst, then the machine's own for scripts that those have not."""
    import typst

    found = find_spec("font_source_sans_pro")
    home = [str(Path(found.origin).parent / "files")] if found and found.origin else []
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=home)
