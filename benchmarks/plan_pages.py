"""The lines of the plan: agreement, history, paper, templates, meetings, inbox, the morning. Budgets of "Plan", Speed."""

import itertools
from collections.abc import Callable, Iterator

from benchmarks.lines import Line
from benchmarks.readers import Readers, enter
from samband.library.models import Definition
from samband.meetings.models import Meeting
from samband.people.models import Assignment, Person
from samband.plans.models import Goal
from samband.plans.prints import LAYOUTS
from samband.plans.services import versions

PDF_MS, PDFS = 2000, 12


class PlanPages:
    """Asks as the coordinator for long plans, each request for another person's."""

    def __init__(self, readers: Readers, persons: list[Person]):
        self.get, self.post = readers.coordinator.get, readers.coordinator.post
        self.readers, self.persons = readers, persons
        administrators = Assignment.objects.filter(role="administrator", staff__user__isnull=False)
        self.administrator = enter(administrators[0].staff.user)
        self.homes = [f"/persons/{person.public_id}/" for person in persons]

    def lines(self) -> Iterator[Line]:
        yield from self._history()
        yield from self._agreement()
        yield from self._templates()
        yield from self._meetings()
        yield Line("inbox", itertools.repeat(lambda: self.get("/inbox/")))
        yield Line("inbox, unread", itertools.repeat(lambda: self.get("/inbox/?show=unread")))
        yield Line("the morning, every unit", itertools.repeat(lambda: self.get("/board/morning/?area=")))
        unit = self.readers.unit.public_id
        yield Line("the morning, one unit", itertools.repeat(lambda: self.get(f"/board/morning/?unit={unit}")))
        for layout in LAYOUTS:
            query = f"print/?layout={layout}"
            yield Line(f"PDF of a long plan, {layout}", self._each(query), PDF_MS, PDFS)

    def _each(self, path: str) -> Iterator[Callable]:
        """The page of one person after the other."""
        return (lambda url=url: self.get(f"{url}{path}") for url in itertools.cycle(self.homes))

    def _history(self) -> Iterator[Line]:
        yield Line("person, a long plan", self._each(""))
        yield Line("history", self._each("history/"))
        yield Line("compare, the last week", self._each("compare/"))
        last = [versions.latest(person.plans.get(status="active")) for person in self.persons]
        asked = [f"{url}compare/?from=1&to={n}" for url, n in zip(self.homes, last, strict=True)]
        yield Line("compare, from the beginning", self._addresses(asked))
        asked = [f"{url}restore/{n // 2}/" for url, n in zip(self.homes, last, strict=True)]
        yield Line("restore, half of the history", self._addresses(asked))
        goals = [Goal.objects.filter(plan__person=person, version__gt=1).first() for person in self.persons]
        form = {"words": "Någonting helt annat än det som stod.", "status": "active", "version": 1}
        merge = (lambda g=goal: self.post(f"/goals/{g.public_id}/", form) for goal in itertools.cycle(goals))
        yield Line("merge", merge, expect=409)

    def _addresses(self, addresses: list[str]) -> Iterator[Callable]:
        return (lambda url=url: self.get(url) for url in itertools.cycle(addresses))

    def _agreement(self) -> Iterator[Line]:
        yield Line("agreement, staff", self._each("agreement/"))
        own = self.readers.persons
        yield Line("agreement, own", (lambda one=one: one.get("/my/agreement/") for one in itertools.cycle(own)))
        yield Line("own plan, long", (lambda one=one: one.get("/my/plan/") for one in itertools.cycle(own)))
        yield Line("questions to the unit", itertools.repeat(lambda: self.get("/asks/")))

    def _templates(self) -> Iterator[Line]:
        yield Line("templates", itertools.repeat(lambda: self.administrator.get("/library/")))
        yield Line("choose a template", self._each("library/"))
        used = Definition.objects.filter(uses__isnull=False).distinct()
        newer = max(used, key=lambda row: row.versions.count())
        fresh = Definition.objects.filter(kind="plan", uses__isnull=True, retired_at__isnull=True).first() or newer
        yield Line("use a template", self._each(f"library/{fresh.public_id}/"))
        yield Line("a newer version", self._each(f"library/{newer.public_id}/newer/"))
        yield Line("checklist", self._each("checklist/"))

    def _meetings(self) -> Iterator[Line]:
        long = Meeting.objects.filter(person__in=self.persons)
        yield Line("meeting", self._addresses([f"/meetings/{m.public_id}/" for m in long.filter(status="called")]))
        asked = [f"/meetings/{m.public_id}/minutes/" for m in long.filter(status="open")]
        yield Line("minutes", self._addresses(asked))
        yield Line("meetings to come", itertools.repeat(lambda: self.get("/meetings/")))
        yield Line("call to a meeting", self._each("meetings/new/"))
