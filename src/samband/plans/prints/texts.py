"""Texts made ready for paper: language and direction of each part, words that would not fit made divisible."""

import re
import unicodedata
from typing import Any

from samband.core.paper import fitted
from samband.plans.rules import plain

RIGHT_TO_LEFT = {"R", "AL"}
STEP = re.compile(r"^\s*(?:[-•*]|\d{1,2}[.)])\s+")


def rtl(text: str) -> bool:
    """Whether the first letter with a direction is one written from the right."""
    first = next((kind for char in text if (kind := unicodedata.bidirectional(char)) in {"L", *RIGHT_TO_LEFT}), "L")
    return first in RIGHT_TO_LEFT


def one(text: str, lang: str) -> dict[str, Any]:
    """One line."""
    back = rtl(text)
    return {
        "text": fitted(" ".join(text.split())),
        "rtl": back,
        "lang": lang if back == (lang in BACK) else _other(back),
    }


BACK = {"ar", "fa", "prs", "ckb", "ur", "he", "ps"}


def _other(back: bool) -> str:
    return "ar" if back else "sv"


def many(text: str, lang: str) -> dict[str, Any]:
    """A text of several paragraphs, and its sentences for those who read one at a time."""
    lines = [line for line in text.splitlines() if line.strip()]
    return {
        "parts": [one(line, lang) for line in lines],
        "sentences": [one(sentence, lang) for sentence in plain.sentences(text)],
    }


def steps(text: str) -> list[str]:
    """One step a line, without the numbers that somebody typed."""
    return [STEP.sub("", line).strip() or line.strip() for line in text.splitlines() if line.strip()]


def masked(value: Any, secrets: list[re.Pattern], instead: str) -> Any:
    """The same value with every secret taken out of every text in it, however deep."""
    if isinstance(value, str):
        for secret in secrets:
            value = secret.sub(instead, value)
        return value
    if isinstance(value, dict):
        return {key: masked(item, secrets, instead) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [masked(item, secrets, instead) for item in value]
    return value


def secret(text: str) -> re.Pattern | None:
    """A pattern that finds an address or a number however it is spaced; None for what is too short to look for."""
    digits = "".join(char for char in text if char.isdigit())
    if len(digits) >= 6 and not any(char.isalpha() for char in text):
        short = digits.removeprefix("46").removeprefix("0")
        return re.compile(r"(?<!\d)(?:\+?46|0)?[\s()-]*" + r"[\s()/-]*".join(short) + r"(?!\d)")
    words = text.split()
    return re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE) if len(text.strip()) > 3 else None
