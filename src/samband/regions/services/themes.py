"""Themes: how often each region's account speaks of one, in which sentences, and keeping the words by which they are found."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.core.text import fold
from samband.regions.models import Statement, Theme
from samband.regions.rules import matching
from samband.regions.services.reading import current

MOST_LINES = 100
LONGEST_LINE = 80
SHOWN_FORMS = 12

_tokens = lru_cache(maxsize=20_000)(matching.tokens)


@dataclass(eq=False)
class Stale(Exception):
    """Somebody else saved the theme in between. Nothing was written."""

    theme: Theme


@lru_cache(maxsize=256)
def _lexicon(lines: tuple[str, ...]) -> matching.Lexicon:
    return matching.Lexicon(lines)


def lexicon(words: str) -> matching.Lexicon:
    return _lexicon(tuple(matching.lines_of(words)))


def themes(actor: Actor, retired: bool = False) -> QuerySet[Theme]:
    return policy.scoped(actor, "region.list", Theme.objects.filter(retired_at__isnull=not retired))


def corpus(actor: Actor) -> list[tuple[int, tuple[str, ...]]]:
    """(region, folded words) of every statement that holds. One query."""
    rows = current(actor, Statement).order_by().values_list("region_id", "heading", "text")
    return [(region_id, _tokens(f"{heading} {text}")) for region_id, heading, text in rows]


def counts(actor: Actor, chosen: Iterable[Theme]) -> dict[int, Counter[int]]:
    """By theme, then region: in how many statements it is spoken of. One query."""
    texts = corpus(actor)
    found = {}
    for theme in chosen:
        look = lexicon(theme.words)
        found[theme.pk] = Counter(region_id for region_id, words in texts if look.about(words))
    return found


def sentences(actor: Actor, theme: Theme, region_id: int | None = None) -> list[dict[str, Any]]:
    """The statements about the theme, by region in Swedish order, each in pieces with what was found marked. One query."""
    rows = current(actor, Statement).select_related("region", "source").order_by("region__sort_name", "order", "pk")
    if region_id is not None:
        rows = rows.filter(region_id=region_id)
    look = lexicon(theme.words)
    return [
        {
            "statement": row,
            "heading": matching.pieces(row.heading, look),
            "text": matching.pieces(row.text, look),
        }
        for row in rows
        if look.about(_tokens(f"{row.heading} {row.text}"))
    ]


def preview(actor: Actor, words: str) -> dict[str, Any]:
    """What the words find before they are saved: by line in how many statements and as which words; and in all."""
    texts = [words for _region, words in corpus(actor)]
    look = lexicon(words)
    rows = [
        {"line": line, "count": n, "forms": seen[:SHOWN_FORMS], "more": max(0, len(seen) - SHOWN_FORMS)}
        for line, n, seen in matching.forms(texts, look)
    ]
    return {"rows": rows, "total": sum(look.about(text) for text in texts), "of": len(texts)}


def checked(name: str, words: str) -> tuple[str, str]:
    """The name and the words as they are kept; ValidationError at their fields."""
    name = " ".join(name.split())
    lines = [" ".join(line.split()) for line in words.splitlines() if line.strip()]
    wrong = {}
    if not name:
        wrong["name"] = _("Skriv vad temat heter.")
    if not matching.lines_of(words):
        wrong["words"] = _("Skriv minst ett ord att söka efter.")
    elif len(lines) > MOST_LINES or max(map(len, lines)) > LONGEST_LINE:
        wrong["words"] = _("Högst %(n)d rader med högst %(m)d tecken.") % {"n": MOST_LINES, "m": LONGEST_LINE}
    if wrong:
        raise ValidationError(wrong)
    return name, "\n".join(dict.fromkeys(lines))


def create(actor: Actor, name: str, words: str) -> Theme:
    decision = policy.require(actor, "region.edit")
    name, words = checked(name, words)
    with transaction.atomic():
        last = Theme.objects.order_by("-order").values_list("order", flat=True).first() or 0
        theme = Theme.objects.create(slug=_slug(name), name=name, words=words, order=last + 1)
        audit.record(actor, "region.edit", thing=theme, rule=decision.rule, created=True)
    return theme


def save(actor: Actor, theme: Theme, name: str, words: str, lock: int) -> Theme:
    """Under its lock: raises Stale where somebody saved in between."""
    name, words = checked(name, words)
    return _change(actor, theme, lock, name=name, words=words)


def retire(actor: Actor, theme: Theme, on: bool) -> Theme:
    """Out of the heat map, or back."""
    return _change(actor, theme, theme.lock, retired_at=clock.now() if on else None)


def _change(actor: Actor, theme: Theme, lock: int, **values: Any) -> Theme:
    decision = policy.require(actor, "region.edit", theme)
    with transaction.atomic():
        if not Theme.objects.filter(pk=theme.pk, lock=lock).update(**values, lock=lock + 1):
            raise Stale(Theme.objects.get(pk=theme.pk))
        audit.record(actor, "region.edit", thing=theme, rule=decision.rule, fields=sorted(values))
    theme.refresh_from_db()
    return theme


def _slug(name: str, taken: Sequence[str] = ()) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", fold(name).translate(str.maketrans("åäö", "aao"))).strip("-")[:34] or "tema"
    number, slug = 1, base
    while slug in taken or Theme.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
