"""Governing documents: names, years, roles, who decided. Read from what the first section says, by how it says it. Pure.

Where no document is named but a decision is dated, the latest decision stands without a name.
"""

from dataclasses import replace

from samband.regions.rules.decided import dated, decided, unnamed
from samband.regions.rules.named import in_line
from samband.regions.rules.parsed import Document
from samband.regions.rules.wording import Marked, period_of

MAIN = "huvuddokument"
ROLES = (("handlingsplan", "handlingsplan"), ("lägesrapport", "lägesrapport"), ("inriktningsbeslut", "beslut"),
         ("riktlinjer", "grund"), ("färdplan", "färdplan"), ("regionplan", "regionplan"))  # fmt: skip


def documents(lines: list[Marked], shorts: dict[str, str]) -> list[Document]:
    """The documents of the section, the main one first. `shorts`: what the region's short names stand for."""
    found: list[Document] = []
    for line in lines:
        words = line.text.replace("*", "")
        for row in sorted(in_line(line), key=lambda row: words.find(row.name or "")):
            _join(found, row)
    found = [dated(decided(row, lines, shorts)) for row in found]
    found = [row for row in found if row.year or row.period or row.role != "målbild"]
    if not found:
        return unnamed(lines, shorts)
    return _with_roles(found)


def _join(found: list[Document], row: Document) -> None:
    """Once for each name; what the later mention adds is taken in."""
    for place, old in enumerate(found):
        if (old.name or "").casefold() == (row.name or "").casefold():
            found[place] = replace(
                old, year=old.year or row.year, role=old.role or row.role, period=old.period or row.period
            )
            return
    found.append(replace(row, period=row.period or period_of(row.name or "")))


LATER = ("handlingsplan", "lägesrapport", "inriktningsbeslut", "riktlinjer")


def _forerunner(name: str, names: list[str]) -> bool:
    """Another document has this one's name and goes on: `… 2.0`."""
    return any(name and name != other and other.startswith(name) for other in names)


def _rank(row: Document, names: list[str]) -> tuple[int, int]:
    """The main document comes first: no task, no plan that follows from another, no forerunner; else as they stand."""
    name = (row.name or "").casefold()
    if row.role == "tidigare omställning" or row.role.startswith("uppdrag") or name.startswith(LATER):
        return 2, row.line
    return (1 if _forerunner(name, names) else 0), row.line


def _with_roles(found: list[Document]) -> list[Document]:
    """The main document first, each with its part."""
    names = [(row.name or "").casefold() for row in found]
    main, *rest = sorted(found, key=lambda row: _rank(row, names))
    rows = [replace(main, role=f"{MAIN} (utredning)" if main.role == "utredning" else MAIN)]
    for row in sorted(rest, key=lambda row: row.line):
        name = (row.name or "").casefold()
        role = row.role or next((role for begins, role in ROLES if begins in name), "")
        rows.append(replace(row, role="föregångare" if _forerunner(name, names) else role or "dokument"))
    return rows
