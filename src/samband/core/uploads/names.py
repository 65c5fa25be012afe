"""A file's name as somebody else wrote it: no folder, no control sign, no second ending that another program obeys."""

import re
import unicodedata

MOST = 120
# Windows opens devices by these names, with whatever ending.
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
FORBIDDEN = '<>:"|?*'


def safe_name(name: str, suffixes: tuple[str, ...]) -> str:
    """The last part of `name` without what is dangerous; it ends with one of `suffixes` (`.jpg`), the first if with none."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Cc, Cf: line breaks that would end a header, and the signs that turn the reading direction ("gpj.exe" shown as "exe.jpg").
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in FORBIDDEN)
    kept = re.sub(r"\s+", " ", kept).strip(" .")
    stem, suffix = _parted(kept, suffixes)
    if not stem.strip(" .") or DEVICES.match(stem):
        stem = f"fil-{stem}".strip(" .-") or "fil"
    return stem[: MOST - len(suffix)].rstrip(" .") + suffix


def _parted(name: str, suffixes: tuple[str, ...]) -> tuple[str, str]:
    """`a.pdf` → (a, .pdf); `a.pdf.exe` → (a, .pdf); `a.exe` → (a, .pdf), where .pdf is what it is."""
    stem, dot, end = name.rpartition(".")
    if not dot or len(end) > 5 or " " in end:
        return name, suffixes[0]
    if f".{end.lower()}" in suffixes:
        return stem, f".{end.lower()}"
    return _parted(stem, suffixes)
