"""Markdown to HTML that is safe to show: no raw HTML, no pictures, no links that run anything. Pure."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

BELOW = 2  # the page has its own h1: a routine's first heading is an h2, its smallest an h6
# The preset without HTML; its links refuse javascript:, vbscript:, file: and data:. Pictures would be fetched from elsewhere.
OPENS = re.compile(r"^(?:#{1,6}\s+|>\s*|[-*+]\s+|\d{1,3}[.)]\s+)+")
PARSER = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False}).disable("image")


def rendered(body: str) -> str:
    """HTML of a Markdown text. Headings are moved below the page's and get ids, so that the list of contents reaches them."""
    tokens = PARSER.parse(body)
    for number, (opening, _text) in enumerate(_headings(tokens), 1):
        opening.attrSet("id", f"del-{number}")
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + BELOW - 1, 6)}"
        for inner in token.children or []:
            if inner.type == "link_open" and not str(inner.attrGet("href") or "").startswith(("/", "#")):
                inner.attrSet("rel", "noopener noreferrer nofollow")
    return PARSER.renderer.render(tokens, PARSER.options, {})


def _headings(tokens: Sequence[Token]) -> list[tuple[Token, str]]:
    return [(one, after.content) for one, after in pairwise(tokens) if one.type == "heading_open"]


def contents(body: str) -> list[tuple[str, str]]:
    """Id and words of the headings of the two highest levels that the text has, in order."""
    found = [(int(token.tag[1]), n, words) for n, (token, words) in enumerate(_headings(PARSER.parse(body)), 1)]
    top = sorted({level for level, _n, _words in found})[:2]
    return [(f"del-{n}", plain(words)) for level, n, words in found if level in top]


def plain(body: str) -> str:
    """The words alone, for the search and for a line in a list."""
    words: list[str] = []
    for token in PARSER.parse(body):
        words += [inner.content if inner.type in ("text", "code_inline") else " " for inner in token.children or []]
        words.append(token.content if token.type in ("fence", "code_block") else "\n")
    return re.sub(r"[ \t]+", " ", re.sub(r"\s*\n\s*", "\n", "".join(words))).strip()


def changes(old: str, new: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What differs, paragraph by paragraph: (`new`, `gone` or `changed`, pieces of (`same`, `in` or `out`, words))."""
    before, after = _blocks(old), _blocks(new)
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(a2 - a1, b2 - b1)
        found += [("changed", _words(before[a1 + i], after[b1 + i])) for i in range(pairs)]
        found += [("gone", [("out", text)]) for text in before[a1 + pairs : a2]]
        found += [("new", [("in", text)]) for text in after[b1 + pairs : b2]]
    return found


def _blocks(body: str) -> list[str]:
    """Lines as they are read: without the signs of Markdown that open them, a row of a table parted by commas."""
    found = []
    for line in body.splitlines():
        line = OPENS.sub("", line.strip())
        if line.startswith("|"):
            line = ", ".join(cell for raw in line.split("|") if (cell := raw.strip()))
        if line.strip(" |:-,="):
            found.append(line)
    return found


def _words(old: str, new: str) -> list[tuple[str, str]]:
    a, b = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    pieces: list[tuple[str, str]] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(a[a1:a2])))
            continue
        pieces += [("out", "".join(a[a1:a2]))] * (a2 > a1) + [("in", "".join(b[b1:b2]))] * (b2 > b1)
    return pieces
