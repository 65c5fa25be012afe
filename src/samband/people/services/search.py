"""Search by name or number among the persons in scope. An address is never searched, so it can find nobody."""

import re
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from samband.core import policy
from samband.core.policy import Actor
from samband.core.text import fold
from samband.people.models import EarlierNumber, Person

HITS = 8
WORDS_MAX = 6
LENGTH_MAX = 100
NUMBER_MIN = 4
CENTURIES = ("", "19", "20", "18")
NUMBER = re.compile(r"[0-9]{4,8}([-+]?[0-9A-Za-zÅÄÖåäö]{0,4})?")


@dataclass(frozen=True)
class Found:
    """`more` tells that there were others; `asked` is False where the text was too short to ask anything."""

    persons: list[Person]
    more: bool = False
    asked: bool = True


def search(actor: Actor, text: str, limit: int = HITS) -> Found:
    """Up to `limit` persons, in one query."""
    wanted = _wanted(text[:LENGTH_MAX])
    if wanted is None:
        return Found([], asked=False)
    rows = policy.scoped(actor, "person.search", Person.objects.all()).filter(wanted)
    persons = list(_ordered(rows, text).select_related("area")[: limit + 1])
    return Found(persons[:limit], more=len(persons) > limit)


def _wanted(text: str) -> Q | None:
    bare = re.sub(r"\s", "", text)
    if NUMBER.fullmatch(bare):
        return _number(bare)
    words = fold(text).split()[:WORDS_MAX]
    if not words or len("".join(words)) < 2:
        return None
    wanted = Q()
    for word in words:
        wanted &= Q(search_name__contains=f" {word}")
    return wanted


def _number(text: str) -> Q:
    """The beginning of a number, with or without century and hyphen; a number that the person had before only whole."""
    digits = text.replace("-", "").replace("+", "").upper()
    wanted = Q()
    for century in CENTURIES:
        if len(century + digits) <= 12:
            wanted |= Q(identity_number__startswith=century + digits)
    exact = [century + digits for century in CENTURIES if len(century + digits) == 12]
    if exact:
        wanted |= Q(pk__in=EarlierNumber.objects.filter(identity_number__in=exact).values("person"))
    return wanted


def _ordered(rows: QuerySet, text: str) -> QuerySet:
    """Those whose given name begins with the text come first; then Swedish order by family name."""
    first = fold(text)
    begins = Case(
        When(search_name__startswith=f" {first}", then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return rows.annotate(_begins=begins).order_by("_begins", "sort_name", "pk")
