"""What must never stand in the repository, and what every module must have."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(p.parent for p in (ROOT / "src" / "samband").glob("*/apps.py"))
HOSTS = re.compile(
    "|".join(["python" + "hosted" + r"\.", r"pypi" + r"\.org", r"registry\.npm" + "js", r"deb\." + "debian"])
)


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).exists()]


def test_no_registry_host_and_no_lock_with_addresses():
    for path in tracked():
        if path.suffix in {".png"}:
            continue
        found = HOSTS.search(path.read_text(errors="ignore"))
        assert not found, f"{path.relative_to(ROOT)}: {found.group() if found else ''}"
    assert not [p for p in tracked() if p.name in {"uv.lock", "package-lock.json"}]


def test_every_requirement_has_a_hash():
    for name in ("base.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text().replace("\\\n", " ")
        for line in text.splitlines():
            if re.match(r"[a-z0-9]", line):
                assert "--hash=sha256:" in line, line[:60]


@pytest.mark.parametrize("module", MODULES, ids=lambda p: p.name)
def test_every_module_says_on_one_page_what_it_is_for(module):
    readme = module / "README.md"
    assert readme.exists(), f"{module.name} has no README.md"
    assert len(readme.read_text().splitlines()) <= 130


def test_templates_have_no_inline_script_style_or_handler():
    bad = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|hx-on|javascript:", re.IGNORECASE)
    for path in (ROOT / "src").rglob("templates/**/*.html"):
        text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.DOTALL)
        text = re.sub(r'<script type="application/json"', "", text)
        found = bad.search(text)
        assert not found, f"{path.relative_to(ROOT)}: {found.group() if found else ''}"
