"""The routines that apply at a step of care: all places in one query for a page, matched in memory (rules.matching)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from samband.core import clock, policy
from samband.core.policy import Actor
from samband.core.text import fold, search_key
from samband.guidelines.models import Divergence, Guideline, GuidelineUse
from samband.guidelines.rules.matching import Step, Where, shown
from samband.guidelines.rules.validity import Dates, holds

MEMO = "_guideline_places"


@dataclass(frozen=True)
class Named:
    """A routine as a line beside a step shows it."""

    public_id: Any
    name: str
    level: str
    unit: str
    diverges: bool

    @property
    def local(self) -> bool:
        return self.level == Guideline.Level.LOCAL


@dataclass(frozen=True)
class Places:
    """Every place of every routine in force, and their names."""

    wheres: tuple[Where, ...]
    named: dict[int, Named]


def places(request: HttpRequest) -> Places:
    """Those of this request, looked up once (two queries); none for whoever may not read routines."""
    found = getattr(request, MEMO, None)
    if found is None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        found = look_up() if policy.decide(actor, "guideline.list") else Places((), {})
        setattr(request, MEMO, found)
    return found


def look_up() -> Places:
    rows = list(
        GuidelineUse.objects.filter(guideline__current__isnull=False, guideline__retired_at__isnull=True)
        .order_by("guideline__sort_name", "guideline_id", "id")
        .values_list(
            "kind",
            "value",
            "words",
            "guideline_id",
            "guideline__level",
            "guideline__unit_id",
            "guideline__public_id",
            "guideline__name",
            "guideline__unit__name",
            "guideline__current__valid_from",
            "guideline__current__valid_to",
            "guideline__current__review_by",
        )
    )
    if not rows:
        return Places((), {})
    day, wheres, named = clock.today(), [], {}
    conflicts = set(Divergence.objects.filter(resolved_at__isnull=True).values_list("guideline_id", flat=True))
    for kind, value, words, pk, level, unit, public_id, name, owner, *dates in rows:
        if not holds(Dates(*dates), day):
            continue
        wheres.append(Where(kind, value, folded(words), pk, level, unit))
        named[pk] = Named(public_id, name, level, owner, pk in conflicts)
    return Places(tuple(wheres), named)


def folded(words: str) -> tuple[str, ...]:
    """The words of a place as the step's text is folded; the star of a compound is kept."""
    found = ((raw.strip().startswith("*"), fold(raw)) for raw in words.split(","))
    return tuple(("*" if star else "") + word for star, word in found if word)


def at_step(request: HttpRequest, kind: str, **facts: Any) -> list[Named]:
    """The routines to show at one step. `facts`: title, detail, icon, competence, needs, unit_id."""
    found = places(request)
    if not found.wheres:
        return []
    actor: Actor = request.actor  # type: ignore[attr-defined]
    step = Step(
        kind=kind, text=search_key(facts.get("title") or "", facts.get("detail") or ""), value=facts.get("icon") or "",
        competence=facts.get("competence") or "", needs=frozenset(facts.get("needs") or ()),
        units=frozenset(filter(None, [facts.get("unit_id"), *actor.unit_ids])),
    )  # fmt: skip
    return [found.named[pk] for pk in shown(found.wheres, step)]
