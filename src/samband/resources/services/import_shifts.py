"""Shifts from CSV or iCalendar. A row with a key that is known changes that shift; the same shift twice is left alone."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from samband.contact.rules.files import Wrong as EventWrong
from samband.contact.services.imports import wrong as said_of_event
from samband.core import text
from samband.people.models import Assignment
from samband.people.services.imports import cells
from samband.resources.models import Team, WorkShift
from samband.resources.models.staffing import Means
from samband.resources.rules import checks, files
from samband.resources.services import rostered, words
from samband.resources.services.imports import Answer, Kind, cell_error, wrong
from samband.resources.services.imports import known as known_already
from samband.resources.services.imports import new as new_row
from samband.resources.services.shifts import judged, staff_of

MEANS = {"bil": "car", "cykel": "bike", "till fots": "foot", "buss": "transit"} | {key: key for key in Means.values}
TAIL = "@samband"


class Shifts(Kind):
    key = "shift"
    action = "shift.edit"
    heads = {
        "who": ("vem", "namn", "who", "name"), "hsa_id": ("hsa-id",), "start": ("från", "start", "from"),
        "end": ("till", "slut", "to", "end"), "break_from": ("rast tidigast",), "break_to": ("rast senast",),
        "break_minutes": ("rast minuter",), "means": ("färdsätt",), "team": ("team",), "on_call": ("beredskap",),
        "uid": ("nyckel", "uid"),
    }  # fmt: skip
    required = ("start", "end")

    def staff(self) -> Any:
        return staff_of(self.unit)

    def read(self, content: bytes) -> list[files.Line]:
        written = files.decoded(content)
        return files.events(written) if files.is_calendar(written) else super().read(content)

    def judge(self, rows: list[tuple[files.Line, Assignment | str]]) -> list[Answer]:
        self.teams = {text.fold(t.name): t for t in Team.objects.filter(ends_on__isnull=True)}
        parsed = [(line, who, None if isinstance(who, str) else self._values(line, who)) for line, who in rows]
        good = [values for _line, _who, values in parsed if isinstance(values, dict)]
        workers, keys = self._known(good)
        return [self._judge(line, who, values, workers, keys) for line, who, values in parsed]

    def _known(self, good: list[dict[str, Any]]) -> tuple[dict[int, checks.Worker], dict[str, WorkShift]]:
        """Who works when already, and the shifts that the rows' keys name: five queries for any number of rows."""
        if not good:
            return {}, {}
        first, last = min(v["starts_at"] for v in good), max(max(v["ends_at"], v["starts_at"]) for v in good)
        workers = rostered.workers([v["assignment"] for v in good], first, last)
        uids = {v["uid"] for v in good if v["uid"]}
        own = {uid.removesuffix(TAIL) for uid in uids if uid.endswith(TAIL) and _uuid(uid.removesuffix(TAIL))}
        rows = WorkShift.objects.filter(Q(uid__in=uids) | Q(public_id__in=own), removed_at__isnull=True)
        rows = rows.filter(assignment__unit=self.unit).select_related("assignment")
        return workers, {key: row for row in rows for key in (row.uid, f"{row.public_id}{TAIL}") if key}

    def _values(self, line: files.Line, who: Assignment) -> dict[str, Any] | str:
        """What the row says, or what is wrong with it."""
        if line.wrong:
            return said_of_event(EventWrong(line.wrong))
        start, end = files.moment(line["start"]), files.moment(line["end"])
        if start is None:
            return _("Starttiden går inte att läsa. Skriv 2026-11-23 07.00.")
        if end is None:
            return _("Sluttiden går inte att läsa. Skriv 2026-11-23 15.30.")
        found: dict[str, Any] = {"assignment": who, "starts_at": start, "ends_at": end, "uid": line["uid"][:200]}
        readers: tuple[tuple[str, str, cells.Reader], ...] = (
            (_("Rast tidigast"), "break_from", _hour), (_("Rast senast"), "break_to", _hour),
            (_("Rast minuter"), "break_minutes", _minutes), (_("Färdsätt"), "means", cells.choice(MEANS)),
            (_("Beredskap"), "on_call", cells.yes_no), (_("Team"), "team", self._team),
        )  # fmt: skip
        for column, key, read in readers:
            try:
                found[key] = read(line[key])
            except cells.Wrong as error:
                return cell_error(column, error)
        return found

    def _team(self, cell: str) -> Team | None:
        if cell and text.fold(cell) not in self.teams:
            raise cells.Wrong(_("Inget team heter så."))
        return self.teams[text.fold(cell)] if cell else None

    def _judge(
        self, line: files.Line, who: Assignment | str, values: dict[str, Any] | str | None, workers: dict[int, checks.Worker],
        keys: dict[str, WorkShift],
    ) -> Answer:  # fmt: skip
        if isinstance(who, str):
            return wrong(line, who)
        if not isinstance(values, dict):
            return wrong(line, values or "")
        span = (values["starts_at"], values["ends_at"])
        what = words.span(*span)
        worker, before = workers[who.pk], keys.get(values["uid"])
        if before is not None and (before.starts_at, before.ends_at, before.assignment_id) != (*span, who.pk):
            worker = replace(worker, taken=tuple(t for t in worker.taken if t != (before.starts_at, before.ends_at)))
        elif before is not None or (span in worker.taken and self._same(who, span)):
            return known_already(line, what)
        found = judged(values, worker)
        if found:
            return wrong(line, " ".join(words.said(one, who.staff.full_name) for one in found))
        # What this row takes is taken for the rows below it, under each assignment of the same person.
        for key, other in workers.items():
            if key == who.pk:
                workers[key] = replace(other, taken=(*worker.taken, span))
        values["before"] = before
        return new_row(line, values, what, word=_("ändrat") if before else "")

    @staticmethod
    def _same(who: Assignment, span: tuple[datetime, datetime]) -> bool:
        """Whether the shift that takes the time is this assignment's own, and not one elsewhere."""
        rows = WorkShift.objects.filter(assignment=who, starts_at=span[0], ends_at=span[1], removed_at__isnull=True)
        return rows.exists()

    def keep(self, found: list[Answer]) -> None:
        made = []
        for row in found:
            values = dict(row.values or {})
            before = values.pop("before")
            if before is None:
                made.append(WorkShift(**values))
                continue
            for name, value in values.items():
                if name != "uid":
                    setattr(before, name, value)
            before.version += 1
            before.save()
        WorkShift.objects.bulk_create(made)


def _uuid(written: str) -> bool:
    try:
        return bool(UUID(written))
    except ValueError:
        return False


def _hour(cell: str) -> Any:
    if not cell:
        return None
    try:
        return time.fromisoformat(cell.replace(".", ":"))
    except ValueError as error:
        raise cells.Wrong(_("Skriv ett klockslag, till exempel 11.30.")) from error


def _minutes(cell: str) -> int:
    if not cell:
        return 0
    if not cell.isascii() or not cell.isdigit() or int(cell) > 480:
        raise cells.Wrong(_("Skriv antalet minuter med siffror, högst 480."))
    return int(cell)
