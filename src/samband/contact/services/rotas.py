"""Rotas: read as a week, changed shift by shift, checked. A removed shift stays in the database, marked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samband.contact import rules
from samband.contact.models import Absence, Rota, RotaRule, RotaShift
from samband.contact.rules import checks, grid
from samband.contact.rules.days import wall
from samband.contact.services import book as books
from samband.core import audit, clock, policy
from samband.core.policy import Actor


@dataclass(frozen=True)
class Week:
    """What the grid shows."""

    first: date
    turns: list[grid.Turn]
    rows: list
    findings: list[checks.Finding]
    shifts: dict[int, RotaShift]
    holidays: frozenset[date]


def week(rota: Rota, first: date) -> Week:
    """The rota from Monday `first`, with everything that is to be said about it."""
    start, end = wall(first, 0), wall(first + timedelta(days=7), 0)
    begins, ends = rules.moment_of(start), rules.moment_of(end)
    near = books.rotas_for(rota.areas.values_list("pk", flat=True), (rota.need,)).values_list("pk", flat=True)
    busy = Rota.objects.filter(unit__organization_id=rota.unit.organization_id).values_list("pk", flat=True)
    book = books.book_of(Rota.objects.filter(pk__in={rota.pk, *near, *busy}), begins, ends)
    mine = next(r for r in book.rotas if r.key == rota.pk)
    turns = grid.turns(mine, book, first)
    keys = [t.shift for t in turns if t.shift]
    shifts = RotaShift.objects.select_related("assignment__staff").in_bulk(keys)
    found = [f for f in checks.check(mine, book, start, end) if f.kind != checks.Kind.HOLE]
    found = sorted([*_uncovered(rota, book, start, end), *found], key=lambda f: f.start)
    return Week(first, turns, grid.rows(turns, first), found, shifts, book.holidays)


def _uncovered(rota: Rota, book: rules.Book, start: int, end: int) -> list[checks.Finding]:
    """Time when neither this rota nor any other answers the need, area by area; what others cover is no hole."""
    found: dict[tuple, checks.Finding] = {}
    for area in rota.areas.select_related("parent"):
        place, need = books.place_of(area), rules.Need(rota.need)
        for gap in rules.coverage.gaps_of(rules.timeline(book, place, need, start, end), place, need):
            if gap.end <= clock.now():
                continue
            here = found.get((gap.start, gap.end))
            who = (*here.who, area.name) if here else (area.name,)
            found[gap.start, gap.end] = checks.Finding(checks.Kind.HOLE, gap.start, gap.end, who, gap.reason)
    return list(found.values())


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def whole(moment: datetime) -> datetime:
    """Rotas are kept in whole minutes."""
    return moment.replace(second=0, microsecond=0)


@transaction.atomic
def save_shift(actor: Actor, rota: Rota, values: dict[str, Any], shift: RotaShift | None = None) -> RotaShift:
    """A new or changed shift. The caller checked the form; the rule is asked here."""
    rule = policy.require(actor, "rota.edit", rota).rule
    row = RotaShift.objects.select_for_update().get(pk=shift.pk) if shift else RotaShift(rota=rota)
    for name in ("starts_at", "ends_at", "assignment", "who", "number", "vacant"):
        setattr(row, name, values.get(name) or (False if name == "vacant" else None if name == "assignment" else ""))
    row.starts_at, row.ends_at = whole(values["starts_at"]), whole(values["ends_at"])
    if shift:
        row.version += 1
    row.removed_at = None
    row.save()
    audit.record(actor, "rota.shift", thing=row, rule=rule, rota=rota.name)
    return row


@transaction.atomic
def remove_shift(actor: Actor, shift: RotaShift) -> RotaShift:
    rule = policy.require(actor, "rota.edit", shift).rule
    shift.removed_at = clock.now()
    shift.version += 1
    shift.save(update_fields=["removed_at", "version"])
    audit.record(actor, "rota.shift_remove", thing=shift, rule=rule)
    return shift


@transaction.atomic
def restore_shift(actor: Actor, shift: RotaShift) -> RotaShift:
    rule = policy.require(actor, "rota.edit", shift).rule
    shift.removed_at = None
    shift.version += 1
    shift.save(update_fields=["removed_at", "version"])
    audit.record(actor, "rota.shift_restore", thing=shift, rule=rule)
    return shift


@transaction.atomic
def save_rota(actor: Actor, rota: Rota, areas: list) -> Rota:
    rule = policy.require(actor, "rota.edit", rota).rule
    rota.version += 1
    rota.save()
    rota.areas.set(areas)
    audit.record(actor, "rota.edit", thing=rota, rule=rule, unit=rota.unit.name)
    return rota


@transaction.atomic
def save_rule(actor: Actor, row: RotaRule) -> RotaRule:
    rule = policy.require(actor, "rota.edit", row).rule
    row.save()
    audit.record(actor, "rota.rule", thing=row, rule=rule, rota=row.rota.name)
    return row


@transaction.atomic
def end_rule(actor: Actor, row: RotaRule) -> RotaRule:
    """From today on the pattern is not used."""
    rule = policy.require(actor, "rota.edit", row).rule
    row.ends_on = clock.today() - timedelta(days=1)
    row.save(update_fields=["ends_on"])
    audit.record(actor, "rota.rule_end", thing=row, rule=rule)
    return row


@transaction.atomic
def save_absence(actor: Actor, row: Absence) -> Absence:
    rule = policy.require(actor, "absence.edit", row).rule
    row.starts_at, row.ends_at = whole(row.starts_at), whole(row.ends_at)
    row.save()
    audit.record(actor, "absence.edit", thing=row, rule=rule)
    return row


@transaction.atomic
def end_absence(actor: Actor, row: Absence) -> Absence:
    rule = policy.require(actor, "absence.edit", row).rule
    row.removed_at = clock.now()
    row.save(update_fields=["removed_at"])
    audit.record(actor, "absence.end", thing=row, rule=rule)
    return row


def said(finding: checks.Finding) -> tuple[str, str, str]:
    """(mark, when, what) of a finding, in words."""
    from samband.contact.services.answers import reason_word
    from samband.contact.services.spoken import stretch

    who = " / ".join(name or _("ingen") for name in finding.who)
    words = {
        checks.Kind.HOLE: lambda: (
            _("Ingen alls svarar i %(areas)s: %(why)s.")
            % {"areas": ", ".join(finding.who), "why": reason_word(finding.reason or rules.Reason.GAP)}
        ),
        checks.Kind.CLOSED: lambda: _("Enheten är nedlagd. Passen gäller inte."),
        checks.Kind.OVERLAP: lambda: _("Två samtidigt: %(who)s. Den som började först svarar.") % {"who": who},
        checks.Kind.TWICE: lambda: _("%(who)s står på två scheman samtidigt.") % {"who": who},
        checks.Kind.NO_NUMBER: lambda: _("%(who)s har inget nummer.") % {"who": who},
        checks.Kind.CLOCKS: lambda: _("Klockan ställs om: passet är %(h)g timmar långt.") % {"h": finding.hours},
    }
    state = {checks.Kind.HOLE: "act", checks.Kind.CLOSED: "act", checks.Kind.CLOCKS: "unknown"}.get(
        finding.kind, "warn"
    )
    return state, stretch(finding.start, finding.end), words[finding.kind]()
