"""The text of an upload: a DOCX here, a PDF in a program of its own that may not run for long nor grow large."""

import subprocess
import sys
from pathlib import Path

from samband.guidelines.models import GuidelineFile
from samband.guidelines.rules import docx_text, pdf_text

PROGRAM = Path(pdf_text.__file__)
SECONDS = 25  # then it is stopped; it stops itself between pages after 15
LEAST = 12  # letters; less is a stamp on a scanned page
State = GuidelineFile.State


def text_of(kind: str, content: bytes) -> tuple[str, str]:
    """The words, and how much of them there is (`GuidelineFile.State`). What cannot be read is kept all the same."""
    text, whole = _pdf(content) if kind == "pdf" else _docx(content)
    text = text.replace("\0", "")
    if sum(letter.isalpha() for letter in text) < LEAST:
        return "", State.NONE
    return text, State.READ if whole else State.PART


def _docx(content: bytes) -> tuple[str, bool]:
    try:
        return docx_text.text_of(content)
    except docx_text.Unreadable:
        return "", False


def _pdf(content: bytes) -> tuple[str, bool]:
    try:
        done = subprocess.run([sys.executable, str(PROGRAM)], input=content, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "", False
    if done.returncode not in (0, pdf_text.PART):
        return "", False
    return done.stdout.decode("utf-8", "replace"), done.returncode == 0
