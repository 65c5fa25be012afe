"""Competences and delegations from CSV. Delegations are read in by the one who gives them."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from samband.core import clock, text
from samband.people.models import Assignment
from samband.people.services.imports import cells
from samband.plans.models import Action
from samband.resources.models import Competence, Delegation
from samband.resources.models.visits import Act
from samband.resources.rules import checks, files
from samband.resources.rules.competence import of_role
from samband.resources.services import delegating, words
from samband.resources.services.imports import Answer, Kind, cell_error, known, new, wrong
from samband.resources.services.shifts import staff_of


def labels(choices: Any) -> dict[str, str]:
    """What may be written for a choice: the Swedish word first, then the code."""
    with override("sv"):
        return {str(label): value for value, label in choices} | {value: value for value, _label in choices}


def needed(reader: cells.Reader) -> cells.Reader:
    """An empty cell is wrong too."""

    def read(cell: str) -> Any:
        if not cell:
            raise cells.Wrong(_("Fyll i den."))
        return reader(cell)

    return read


def span(first: date, last: date | None) -> str:
    return f"{text.short_date(first)}–{text.short_date(last) if last else ''}"


class Competences(Kind):
    key = "competence"
    action = "competence.edit"
    heads = {
        "who": ("vem", "namn", "who"), "hsa_id": ("hsa-id",), "kind": ("kompetens",), "starts_on": ("från",),
        "ends_on": ("till och med",),
    }  # fmt: skip
    required = ("kind",)

    def staff(self) -> Any:
        return staff_of(self.unit)

    def judge(self, rows: list[tuple[files.Line, Assignment | str]]) -> list[Answer]:
        have = set(
            Competence.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today()), assignment__unit=self.unit)
            .values_list("assignment_id", "kind")
        )  # fmt: skip
        kinds = labels([c for c in Action.Competence.choices if c[0] != "none"])
        return [self._judge(line, who, kinds, have) for line, who in rows]

    def _judge(self, line: files.Line, who: Assignment | str, kinds: dict[str, str], have: set) -> Answer:
        if isinstance(who, str):
            return wrong(line, who)
        try:
            column = _("Kompetens")
            kind = needed(cells.choice(kinds))(line["kind"])
            column = _("Från")
            first = cells.day(line["starts_on"]) or clock.today()
            column = _("Till och med")
            last = cells.day(line["ends_on"])
        except cells.Wrong as error:
            return wrong(line, cell_error(column, error))
        if last and last < first:
            return wrong(line, words.said(checks.Found(checks.Wrong.DAYS, "ends_on"), ""))
        what = f"{Competence(kind=kind).get_kind_display()} {span(first, last)}"
        if (who.pk, kind) in have:
            return known(line, what)
        have.add((who.pk, kind))
        note = _("Följer redan av rollen.") if kind in of_role(who.role) else ""
        return new(line, {"assignment": who, "kind": kind, "starts_on": first, "ends_on": last}, what, note)

    def keep(self, found: list[Answer]) -> None:
        Competence.objects.bulk_create(Competence(**(row.values or {})) for row in found)


class Delegations(Kind):
    key = "delegation"
    action = "delegation.edit"
    of_unit = False
    heads = {
        "who": ("till vem", "vem", "namn"), "hsa_id": ("hsa-id",), "act": ("vad",), "starts_on": ("från",),
        "ends_on": ("till och med",), "withdrawn": ("återkallad",), "person": ("bara hos en person",),
        "given_by": ("av",),
    }  # fmt: skip
    required = ("act", "ends_on")

    def staff(self) -> Any:
        return delegating.receivers(self.actor).filter(unit=self.unit)

    def judge(self, rows: list[tuple[files.Line, Assignment | str]]) -> list[Answer]:
        self.giver = Assignment.objects.select_related("staff").filter(pk=self.actor.assignment_id or 0).first()
        have = list(
            Delegation.objects.filter(assignment__unit=self.unit, person__isnull=True, withdrawn_at__isnull=True)
            .values_list("assignment_id", "act", "starts_on", "ends_on")
        )  # fmt: skip
        acts = labels(Act.choices)
        return [self._judge(line, who, acts, have) for line, who in rows]

    def _judge(self, line: files.Line, who: Assignment | str, acts: dict[str, str], have: list[tuple]) -> Answer:
        if isinstance(who, str):
            return wrong(line, who)
        if line["withdrawn"] or line["person"]:
            return Answer(
                line, "unknown", _("hoppas över"), _("Återkallade och de som gäller en person läses inte in.")
            )
        try:
            column = _("Vad")
            act = needed(cells.choice(acts))(line["act"])
            column = _("Från")
            first = cells.day(line["starts_on"]) or clock.today()
            column = _("Till och med")
            last = needed(cells.day)(line["ends_on"])
        except cells.Wrong as error:
            return wrong(line, cell_error(column, error))
        what = f"{Act(act).label} {span(first, last)}"
        if (who.pk, act, first, last) in have:
            return known(line, what)
        giver = line["given_by"]
        mine = {text.fold(self.giver.staff.full_name), text.fold(self.giver.staff.hsa_id)} if self.giver else set()
        if giver and text.fold(giver) not in mine:
            return wrong(line, _("Bara den som delegerar läser in sina egna delegeringar."))
        taken = [(a, b) for pk, kind, a, b in have if (pk, kind) == (who.pk, act)]
        same = self.giver is not None and self.giver.staff_id == who.staff_id
        found = checks.delegation(who.role, same, first, last, clock.today(), taken)
        if found:
            return wrong(line, " ".join(words.said(one, who.staff.full_name) for one in found))
        have.append((who.pk, act, first, last))
        return new(line, {"assignment": who, "act": act, "starts_on": first, "ends_on": last}, what)

    def keep(self, found: list[Answer]) -> None:
        Delegation.objects.bulk_create(Delegation(given_by=self.giver, **(row.values or {})) for row in found)
