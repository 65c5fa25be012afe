"""Outcomes: written down once with their origin, closed with a lesson, reminded of, listed and saved as files."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from samband.core import clock, events
from samband.core.policy import Denied
from samband.dialogue.models import Outcome
from samband.dialogue.services import outcomes
from samband.notices.models import Delivery
from tests.dialogue.sheets_world import with_leader

pytestmark = pytest.mark.django_db


def an_outcome(world, text="Fråga varje patient", unit="centre", **more):
    values = {"kind": "commitment", "origin_kind": "sheet", "origin": uuid.uuid4(), "origin_name": "Blad 2026", **more}
    return Outcome.objects.create(text=text, unit=world.units[unit], **values)


def test_the_same_words_from_the_same_origin_are_written_once(world):
    leader, origin = with_leader(world).actor("leader"), uuid.uuid4()
    made = [outcomes.add(leader, "idea", " Pröva ", world.units["nursing"], "room", origin, "Dialog") for _ in range(2)]
    assert [new for _row, new in made] == [True, False]
    assert made[0][0] == made[1][0]


def test_whoever_is_of_another_unit_writes_nothing_there(world):
    with pytest.raises(Denied):
        outcomes.add(world.actor("alice"), "idea", "Pröva", world.units["centre"], "room", uuid.uuid4(), "Dialog")
    with pytest.raises(ValidationError):
        outcomes.add(world.actor("alice"), "idea", "  ", world.units["nursing"], "room", uuid.uuid4(), "Dialog")
    assert not Outcome.objects.exists()


def test_put_aside_wants_a_lesson_and_is_opened_again(world):
    row, gp = an_outcome(world), world.actor("gp")
    with pytest.raises(ValidationError):
        outcomes.settle(gp, row, 1, "dropped")
    outcomes.settle(gp, row, 1, "dropped", "Ingen hade tid")
    assert (row.status, row.lesson, row.closed_by) == ("dropped", "Ingen hade tid", "Gp Test")
    with pytest.raises(outcomes.Stale):
        outcomes.settle(gp, row, 1, "done")
    outcomes.settle(gp, row, row.version, "open")
    assert (row.closed_at, row.lesson) == (None, "Ingen hade tid")


def test_since_reads_what_was_written_or_closed(world):
    old = an_outcome(world)
    Outcome.objects.update(created_at=clock.now() - timedelta(days=400))
    an_outcome(world, "Ny", unit="nursing")
    week = clock.now() - timedelta(days=7)
    assert [row.text for row in outcomes.since(None, week)] == ["Ny"]
    outcomes.settle(world.actor("gp"), old, 1, "done")
    assert {row.text for row in outcomes.since(None, week)} == {"Ny", old.text}
    assert list(outcomes.since(world.units["centre"], week)) == [old]
    assert outcomes.since(None).count() == 2


def test_feedback_on_a_routine_becomes_an_insight_once(world):
    routine = uuid.uuid4()
    for _ in range(2):
        events.publish(
            "guideline.insight",
            text="x" * 1500,
            unit=world.units["centre"].pk,
            guideline=str(routine),
            guideline_name="Utskrivning",
        )
    row = Outcome.objects.get()
    assert (row.kind, row.origin_kind, row.origin, len(row.text)) == ("insight", "routine", routine, 1000)


def test_the_leader_of_the_unit_is_reminded_once_and_the_unit_where_there_is_none(world):
    with_leader(world)
    an_outcome(world, due_on=clock.today())
    outcomes.remind_due()
    outcomes.remind_due()
    assert [d.assignment.role for d in Delivery.objects.all()] == ["leader"]
    an_outcome(world, unit="help", due_on=clock.today())
    outcomes.remind_due()
    assert Delivery.objects.filter(assignment__staff__user=world.users["bob"]).count() == 1


def test_long_overdue_insights_and_what_is_done_remind_nobody(world):
    an_outcome(world, due_on=clock.today() - timedelta(days=30))
    an_outcome(world, "a", due_on=clock.today(), kind="idea")
    an_outcome(world, "b", due_on=clock.today(), status="done")
    assert outcomes.remind_due() == 0


def test_the_list_is_searched_filtered_and_bounded(world, django_assert_max_num_queries):
    client = with_leader(world).client("leader")
    for n in range(30):
        an_outcome(world, f"Åtgärd nummer {n}")
    an_outcome(world, "Ätlig frukt", kind="idea", status="done")
    client.get(reverse("dialogue:outcomes"))
    with django_assert_max_num_queries(26):
        page = client.get(reverse("dialogue:outcomes")).content.decode()
    assert "1–25 av 31" in page
    found = client.get(
        reverse("dialogue:outcomes"), {"q": "frukt", "kind": "idea", "status": "done", "sort": "due"}
    ).content.decode()
    assert "Ätlig frukt" in found
    assert "Åtgärd nummer" not in found
    assert (
        "Inget stämmer"
        in client.get(reverse("dialogue:outcomes"), {"q": "finnsinte", "kind": "strunt"}).content.decode()
    )


def test_another_units_outcomes_do_not_exist(world):
    row = an_outcome(world)
    client = world.client("stranger")
    assert "Fråga varje" not in client.get(reverse("dialogue:outcomes")).content.decode()
    for name in ("outcome", "outcome_edit"):
        assert client.get(reverse(f"dialogue:{name}", args=[row.public_id])).status_code == 404
    assert client.post(reverse("dialogue:outcome_settle", args=[row.public_id]), {"status": "done"}).status_code == 404
    for form in ("csv", "json"):
        assert "Fråga varje" not in client.get(reverse("dialogue:outcomes_export", args=[form])).content.decode()


def test_changed_closed_and_undone_on_the_page(world):
    row, client = an_outcome(world), world.client("gp")
    page = client.get(reverse("dialogue:outcome", args=[row.public_id])).content.decode()
    assert "Lägg åt sidan" in page
    edit = reverse("dialogue:outcome_edit", args=[row.public_id])
    assert client.get(edit).status_code == 200
    wrong = client.post(edit, {"kind": "idea", "text": "", "theme": "Kvar", "version": 1})
    assert wrong.status_code == 422
    assert "Kvar" in wrong.content.decode()
    assert client.post(edit, {"kind": "idea", "text": "Annat", "version": 1}).status_code == 302
    assert client.post(edit, {"kind": "idea", "text": "Sent", "version": 1}).status_code == 422
    settle = reverse("dialogue:outcome_settle", args=[row.public_id])
    assert client.post(settle, {"status": "dropped", "version": 2}).status_code == 422
    assert client.post(settle, {"status": "done", "version": 2, "lesson": "Det gick"}, follow=True).status_code == 200
    client.post(reverse("dialogue:outcome_undo", args=[row.public_id]))
    row.refresh_from_db()
    assert (row.status, row.text) == ("open", "Annat")


def test_files_hold_the_filter_and_no_formula(world):
    an_outcome(world, "=HYPERLINK(1)")
    an_outcome(world, "Idé", kind="idea")
    client = world.client("gp")
    sheet = client.get(reverse("dialogue:outcomes_export", args=["csv"])).content.decode()
    assert "'=HYPERLINK" in sheet
    data = json.loads(client.get(reverse("dialogue:outcomes_export", args=["json"]), {"kind": "idea"}).content)
    assert [row["text"] for row in data["outcomes"]] == ["Idé"]
    assert client.get(reverse("dialogue:outcomes_export", args=["exe"])).status_code == 404
