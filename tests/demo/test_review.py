"""The county's log: what was laid in it is found, ordinary days are quiet, and a second load adds nothing."""

from datetime import date, time

import pytest

from samband.core import clock
from samband.core.models import AuditEvent
from samband.demo import county, looking, odd, review
from samband.demo.generator import generate
from samband.review.models import Check, Run


@pytest.mark.django_db
def test_what_was_planted_is_found_and_nothing_else(monkeypatch):
    planted: set[tuple[str, int]] = set()
    plant = odd.plant

    def remember(days: looking.Days) -> odd.Marks:
        planted.update(plant(days))
        return planted

    monkeypatch.setattr(odd, "plant", remember)
    with clock.frozen(clock.at(date(2026, 11, 26), time(14))):
        found = county.load()
        generate(100, 1, found)
        review.load(found)
        lines = AuditEvent.objects.count()
        review.load(found)
    assert AuditEvent.objects.count() == lines
    raised = set(Check.objects.filter(source="pattern").values_list("pattern", "staff_id"))
    assert {"neighbour", "colleague", "hours", "own", "refusals", "relative", "celebrity", "started"} <= {
        p for p, _s in planted
    }
    assert planted <= raised, "every planted case is found"
    readers = {staff for _pattern, staff in planted}
    assert {staff for _pattern, staff in raised} <= readers, "nobody else is raised"
    assert Run.objects.get().visits > 500
    assert Check.objects.filter(source="sample").exclude(status="todo").exists()
