"""The handbook is read by tests: an undocumented setting is red, and so is a link that leads nowhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = (ROOT / "docs" / "handbook" / "settings.md").read_text()
READ = re.compile(r"""["'](SAMBAND_[A-Z_]+|DATABASE_URL|PORT)["']""")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def read_by_the_code() -> set[str]:
    return {name for path in (ROOT / "src").rglob("*.py") for name in READ.findall(path.read_text())} | {"DATABASE_URL"}


def test_every_setting_is_documented_and_every_documented_one_is_read():
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", SETTINGS, re.MULTILINE))
    assert documented == read_by_the_code()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    for target in LINK.findall(page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_readme_names_the_two_commands():
    text = (ROOT / "README.md").read_text()
    assert "make run" in text
    assert "make test" in text
