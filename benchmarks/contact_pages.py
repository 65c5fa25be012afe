"""The lines of the one way in: who answers now, coverage of the county, the queue among 100,000 cases."""

import itertools
from collections.abc import Callable, Iterator

from benchmarks.lines import Line
from benchmarks.plan_world import CASES
from benchmarks.readers import Readers
from samband.contact.rules import COUNTED
from samband.contact.services import answers, book, coverage

WHO_MS, COUNTY_MS = 20, 3000


def lines(readers: Readers) -> Iterator[Line]:
    """Services first, then the pages that show them."""
    needs = itertools.cycle(COUNTED)
    persons = itertools.cycle(readers.sample)
    asked = (lambda p=p, n=n: answers.resolve_person(p, n) for p, n in zip(persons, needs, strict=False))
    yield Line("who answers now", asked, WHO_MS)
    everything = (lambda p=p: answers.for_person(p) for p in itertools.cycle(readers.sample))
    yield Line("who answers now, all needs", everything, 5 * WHO_MS)
    where = f"{len(book.municipalities())} × {len(COUNTED)} × {coverage.WEEKS} weeks"
    yield Line(f"coverage, {where}", itertools.repeat(coverage.county), COUNTY_MS)
    get, post, nurse = readers.coordinator.get, readers.coordinator.post, readers.nurse.get
    yield Line("coverage, page", itertools.repeat(lambda: get("/coverage/")), COUNTY_MS)
    yield Line("contact page", itertools.repeat(lambda: get("/contact/")))
    now = (lambda p=p: get(f"/persons/{p.public_id}/contact/now/") for p in itertools.cycle(readers.sample))
    yield Line("contact of a person", now)
    yield Line("ask, own page", (lambda one=one: one.get("/my/ask/") for one in itertools.cycle(readers.persons)))
    for name, query in (("", ""), (", by age", "?sort=age"), (", page 20", "?page=20"), (", closed", "?show=closed")):
        yield Line(f"queue{name}, {CASES} cases", itertools.repeat(_asking(get, f"/cases/{query}")))
    yield Line(f"queue of one unit, {CASES} cases", itertools.repeat(_asking(nurse, "/cases/")))
    post("/cases/search/", {"q": "fråga 4"})
    yield Line(f"queue, searched, {CASES} cases", itertools.repeat(_asking(get, "/cases/")))
    post("/cases/search/", {"q": ""})


def _asking(get: Callable, url: str) -> Callable:
    return lambda: get(url)
