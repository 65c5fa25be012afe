"""A page that was only opened is not said to have done anything (A2)."""

import pytest
from django.urls import reverse

from samband.core.models import AuditEvent
from samband.web.services import words
from tests.tools.urls import entries

READS = ("öppnade", "läste", "såg", "hämtade", "skrev ut", "granskade", "frågade varför", "använde dina uppgifter")
# Their views take POST alone: nobody opens them.
POSTED = {
    "action.do",
    "audit.interest",
    "board.watch",
    "case.work",
    "handover.withdraw",
    "meeting.agenda",
    "meeting.answer",
    "meeting.correct",
    "record.block",
    "record.hold",
    "record.lift_withdraw",
    "record.share",
    "record.sign",
    "relative.share",
}
ACTIONS = sorted({e.action for e in entries() if e.action and getattr(e.view, "policy_model", None)} - POSTED)


@pytest.mark.parametrize("action", ACTIONS)
def test_A2_whatever_a_page_is_for_its_opening_is_said_as_opening(action):
    """Of every page about one thing in the URL table."""
    said = words.did(AuditEvent(action=action, view=f"{action}:0b1c"))
    assert said.startswith(READS), f"{action}: name in core/opened.py what its page is for"


@pytest.mark.django_db
def test_A2_the_person_reads_that_the_page_was_opened_and_then_that_it_was_written(world):
    goal = world.plan.goals.get()
    nurse, own = world.client("alice"), world.client("self")
    nurse.get(reverse("plans:goal", args=[goal.public_id]))
    assert "öppnade sidan för att ändra ett mål" in own.get(reverse("web:my_log")).content.decode()
    assert "ändrade ett mål" not in own.get(reverse("web:my_log")).content.decode()
