"""Writing what is said of a region. A row never changes: an edit is a new row that replaces it, and the old one is kept.

    row = editing.edit(row, {"name": "…"}, actor, "Nytt namn i beslutet", source="Regionplan 2024", as_of=day)
    editing.add(Body, region, {"name": "…", "level": "politisk"}, actor, "Saknades")
    editing.end(row, actor, "Lades ner 2023")         editing.restore(row, actor, "Fel att ta bort")
    editing.history(row)                               # the oldest first, whichever of the versions is asked about

Raises ValidationError at a field; Changed where somebody else was there in between. Nothing is then written.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor, Decision
from samband.regions.models import Body, Document, Goal, Irregularity, Region, Section, Source, Statement
from samband.regions.services import finding, sources

Row = Section | Statement | Document | Goal | Body | Irregularity

# What may be written of each. `order` belongs to all; where a row was read (source, line, original) is never written here.
FIELDS: dict[type, tuple[str, ...]] = {
    Section: ("key", "heading"),
    Statement: ("section", "form", "parent", "heading", "text", "parties", "status"),
    Document: ("name", "year", "role", "decided_by", "period"),
    Goal: ("year", "horizon", "period", "text"),
    Body: ("name", "short_name", "kind", "level"),
    Irregularity: ("missing", "text"),
}  # fmt: skip
REASON = (3, 300)


@dataclass(eq=False)
class Changed(Exception):
    """Somebody else wrote or took away the row in between. `now`: what holds, or None where it was taken away."""

    row: Any
    now: Any = None

    def __str__(self) -> str:
        if self.now is None:
            who = {"who": self.row.ended_by or _("Någon")}
            return _("%(who)s har tagit bort uppgiften under tiden. Ingenting är sparat.") % who
        who = {"who": self.now.said_by or _("Någon")}
        return _("%(who)s har ändrat uppgiften under tiden. Ingenting är sparat: läs den nya lydelsen först.") % who


def add(
    model: type[Any], region: Region, fields: dict[str, Any], actor: Actor, reason: str = "",
    source: str = "", as_of: date | None = None,
) -> Any:  # fmt: skip
    """Something that no source said before."""
    decision = policy.require(actor, "region.edit", region)
    with transaction.atomic():
        last = model.objects.filter(region=region).order_by("-order").values_list("order", flat=True).first()
        values = {"order": (last or 0) + 1} | _allowed(model, fields)
        return _write(model(region=region, **values), actor, decision, reason, sources.said(actor, source, as_of))


def edit(
    row: Any, fields: dict[str, Any], actor: Actor, reason: str, source: str = "", as_of: date | None = None
) -> Any:
    """The row that holds instead. Where nothing differs, the row as it was, and nothing is written."""
    decision = policy.require(actor, "region.edit", row)
    wanted = _allowed(type(row), fields)
    if all(getattr(row, name) == value for name, value in wanted.items()) and not source.strip() and as_of is None:
        return row
    _reasoned(reason)
    with transaction.atomic():
        _close(row, actor)
        new = _copy(row, wanted | {"line": None, "original": ""})
        return _write(new, actor, decision, reason, sources.said(actor, source, as_of))


def end(row: Any, actor: Actor, reason: str) -> None:
    """It holds no longer. Points under it go with it; nothing is erased."""
    decision = policy.require(actor, "region.edit", row)
    _reasoned(reason)
    with transaction.atomic():
        moment = _close(row, actor)
        if isinstance(row, Statement):
            row.children.filter(ended_at__isnull=True).update(ended_at=moment, ended_by=actor.name)
        finding.reread(row)
        audit.record(actor, "region.edit", thing=row, rule=decision.rule, ended=True, reason=reason.strip())


def restore(row: Any, actor: Actor, reason: str = "") -> Any:
    """An ended row holds again (undo): as a new row that replaces it, with the points that went with it."""
    decision = policy.require(actor, "region.edit", row)
    with transaction.atomic():
        locked = type(row).objects.select_for_update().get(pk=row.pk)
        if locked.ended_at is None or _after(locked) is not None:
            raise Changed(locked, _latest(locked))
        with_it = (
            list(row.children.filter(ended_at=locked.ended_at, replaced_by=None)) if isinstance(row, Statement) else []
        )
        new = _write(_copy(locked, {}), actor, decision, reason or _("Ångrat"), locked.source)
        for child in with_it:
            _write(_copy(child, {"parent": new}), actor, decision, reason or _("Ångrat"), child.source)
        return new


def revert(row: Any, actor: Actor, reason: str = "") -> Any:
    """The wording that the row replaced holds again (undo), with its own source: as a new row that replaces it."""
    decision = policy.require(actor, "region.edit", row)
    if row.replaces is None:
        raise ValueError("nothing stood there before")
    with transaction.atomic():
        _close(row, actor)
        new = _copy(row.replaces, {})
        new.replaces = row
        return _write(new, actor, decision, reason or _("Ångrat"), row.replaces.source)


def history(row: Any) -> list[Any]:
    """Every version of the row, the oldest first. Two queries, however many there are."""
    model = type(row)
    links = dict(model.objects.filter(region=row.region_id).values_list("pk", "replaces_id"))
    forward = {old: new for new, old in links.items() if old}
    first = row.pk
    while links.get(first):
        first = links[first]
    chain = [first]
    while chain[-1] in forward:
        chain.append(forward[chain[-1]])
    rows = model.objects.select_related("source").in_bulk(chain)
    return [rows[pk] for pk in chain if pk in rows]


def _latest(row: Any) -> Any:
    last = history(row)[-1]
    return last if last.ended_at is None else None


def _after(row: Any) -> Any:
    return type(row).objects.filter(replaces=row).first()


def _allowed(model: type, fields: dict[str, Any]) -> dict[str, Any]:
    """Only what may be written. Another name is a mistake in the code. Text is stripped."""
    names = (*FIELDS[model], "order")
    unknown = set(fields) - set(names)
    if unknown:
        raise KeyError(f"{model.__name__} has no editable {', '.join(sorted(unknown))}")
    return {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}


def _copy(row: Any, values: dict[str, Any]) -> Any:
    names = ("region", "order", "line", "original", *FIELDS[type(row)])
    return type(row)(replaces=row, **({name: getattr(row, name) for name in names} | values))


def _close(row: Any, actor: Actor) -> datetime:
    """End the row if it still holds, and when; else Changed."""
    moment = clock.now()
    rows = type(row).objects.filter(pk=row.pk, ended_at__isnull=True)
    if not rows.update(ended_at=moment, ended_by=actor.name):
        locked = type(row).objects.get(pk=row.pk)
        raise Changed(locked, _latest(locked))
    finding.reread(row)
    return moment


def _write(new: Any, actor: Actor, decision: Decision, reason: str, source: Source) -> Any:
    """Look at the new row as a form would, then keep it. Points under the old one come along."""
    new.source, new.as_of, new.said_by, new.reason = source, source.as_of, actor.name, reason.strip()
    new.full_clean(exclude=["source", "region", "replaces", "parent"], validate_unique=False)
    _filled(new)
    new.save()
    if isinstance(new, Statement) and new.replaces_id:
        Statement.objects.filter(parent_id=new.replaces_id, ended_at__isnull=True).update(parent=new)
    finding.reread(new)
    values = sorted(name for name in FIELDS[type(new)] if not new.replaces or _differs(new, name))
    audit.record(actor, "region.edit", thing=new, rule=decision.rule, fields=values, reason=new.reason)
    return new


def _differs(new: Any, name: str) -> bool:
    return getattr(new, name) != getattr(new.replaces, name)


def _filled(new: Any) -> None:
    """What the model lets be empty but a row must have to say anything."""
    if isinstance(new, Goal) and not (new.year or new.horizon.strip() or new.period.strip() or new.text.strip()):
        raise ValidationError({"year": _("Skriv ett målår, en tidshorisont i ord eller målet.")})
    if isinstance(new, Statement) and new.parent and new.parent.region_id != new.region_id:
        raise ValidationError({"parent": _("Punkten ovanför hör till en annan region.")})
    for name in ("year",):
        year = getattr(new, name, None)
        if year is not None and not 1900 <= year <= 2100:
            raise ValidationError({name: _("Skriv ett årtal mellan 1900 och 2100.")})


def _reasoned(reason: str) -> None:
    least, most = REASON
    if len(reason.strip()) < least:
        raise ValidationError({"reason": _("Skriv varför, så att andra förstår ändringen.")})
    if len(reason.strip()) > most:
        raise ValidationError({"reason": _("Texten är för lång: högst %(n)d tecken.") % {"n": most}})
