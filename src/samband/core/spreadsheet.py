"""Rows as a file that Swedish spreadsheets open: semicolons, a mark of UTF-8, and no cell that runs. Pure."""

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(value: Any) -> str:
    """A spreadsheet runs a cell that begins like a formula; an apostrophe makes it text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(DANGEROUS) or text.startswith(DANGEROUS) else text


def sheet(rows: Iterable[Iterable[Any]], told: Callable[[Any], str] = safe) -> str:
    """The whole file. `told`: how a cell is written, where some are numbers that must stay so."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([told(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
