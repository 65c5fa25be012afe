"""docs/threat-model.md: every threat names a test that exists, and every door is looked at from enough sides."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "threat-model.md"
LINE = re.compile(r"^\| ([STRIDE]) \| (.+?) \| (.+?) \| `(tests/[\w/]+\.py)::(test_\w+)` \|$")
DOORS = {
    "The browser", "Log-in and OpenID Connect", "Background jobs", "Imports and uploads", "Exports",
    "Mails, push and calendar files", "Backup files", "The command line", "The database", "Audit files and logs",
    "The person's own device at home", "Staff inside",
}  # fmt: skip


def threats(text: str) -> list[tuple[str, str, str, str]]:
    """Door, letter, file and test of each line; a line of a table that is not one is a mistake."""
    found, door = [], ""
    for line in text.splitlines():
        if line.startswith("## "):
            door = line[3:]
        elif line.startswith("| ") and not line.startswith("| | threat"):
            match = LINE.match(line)
            assert match, f"no threat with a test: {line}"
            found.append((door, match[1], match[4], match[5]))
    return found


def named_in(path: Path) -> set[str]:
    if not path.exists():
        return set()
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


def missing(text: str) -> list[str]:
    return [f"{file}::{name}" for _door, _letter, file, name in threats(text) if name not in named_in(ROOT / file)]


def test_every_named_test_exists():
    assert missing(PAGE.read_text()) == []


def test_every_door_is_there_and_every_letter_is_used():
    rows = threats(PAGE.read_text())
    assert {door for door, *_rest in rows} == DOORS
    assert {letter for _door, letter, *_rest in rows} == set("STRIDE")
    assert len(rows) > 50


def test_a_test_that_was_renamed_is_found():
    text = PAGE.read_text().replace("test_a_name_leads_nowhere", "test_that_never_was")
    assert missing(text) == ["tests/core/test_uploads.py::test_that_never_was"]
