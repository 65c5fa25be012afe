"""Translations: msgids are Swedish, every module keeps its own English .po. The .mo files are made where Samband is installed.

`missing()` reads every sentence marked for translation in templates and code and says which has no English.
"""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

HOME = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# What templatize makes of a template: gettext(u'…'), _("…"), ngettext(u'…',u'…',count).
CALL = re.compile(r"""(?:n?gettext|_)\(u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", re.DOTALL)


def catalogs() -> list[Path]:
    """Every module's .po files."""
    return sorted(HOME.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_all(force: bool = False) -> list[Path]:
    """Make the .mo of every .po that is newer than it. Returns the .po files that were compiled."""
    made = []
    for source in catalogs():
        target = source.with_suffix(".mo")
        if not force and target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3])
        part = target.with_suffix(".mo.part")
        with part.open("wb") as out:
            write_mo(out, catalog)
        part.replace(target)
        made.append(source)
    return made


def known(language: str = "en") -> set[str]:
    """Every sentence that has a translation, in whichever module."""
    found: set[str] = set()
    for source in HOME.glob(f"*/locale/{language}/LC_MESSAGES/django.po"):
        with source.open("rb") as file:
            for message in read_po(file):
                filled = all(message.string) if isinstance(message.string, list | tuple) else message.string
                if message.id and filled and not message.fuzzy:
                    found.add(message.id[0] if isinstance(message.id, list | tuple) else message.id)
    return found


def missing(language: str = "en") -> dict[str, list[str]]:
    """By module: the sentences without a translation, in the order in which they stand in the files."""
    have = known(language)
    found: dict[str, dict[str, None]] = {}
    for path in sorted([*HOME.rglob("*.py"), *HOME.rglob("*.html"), *HOME.rglob("templates/**/*.txt")]):
        module = path.relative_to(HOME).parts[0]
        for sentence in sentences(path):
            if sentence and sentence not in have:
                found.setdefault(module, {})[sentence] = None
    return {module: list(rows) for module, rows in found.items()}


def sentences(path: Path) -> Iterator[str]:
    """The msgids of one file."""
    text = path.read_text()
    if path.suffix in (".html", ".txt"):
        for match in CALL.finditer(templatize(text, origin=str(path))):
            yield ast.literal_eval(match.group(1))
        return
    for _line, _function, message, _comments in extract_python(io.BytesIO(text.encode()), KEYWORDS, (), {}):
        first = message[0] if isinstance(message, list | tuple) else message
        if isinstance(first, str):
            yield first
