"""The desk's pages: what they hold, a bounded number of queries, why and nearest, empty days, readers who only look."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samband.contact.models import Absence
from samband.people.models import Assignment
from samband.resources.models import DayPlan, Placement, PlanJob, Unplaced
from samband.resources.services import desk_data, sheet, why
from tests.resources.days import DAY, at
from tests.resources.desks import planner, visit_for


def page(desk, name="desk_plan", who="anna", *more, **query):
    return desk.client(who).get(reverse(f"resources:{name}", args=[desk.plan.public_id, *more]), query)


def text(desk, name="desk_plan", who="anna", *more, **query):
    answer = page(desk, name, who, *more, **query)
    assert answer.status_code == 200
    return answer.content.decode()


def counted(desk, name, **query):
    client = desk.client("anna")
    address = reverse(f"resources:{name}", args=[desk.plan.public_id])
    client.get(address, query)  # what is seen for the first time is entered
    with CaptureQueriesContext(connection) as found:
        client.get(address, query)
    return len(found)


@pytest.mark.parametrize(
    ("name", "query"),
    [("desk_plan", {}), ("desk_data", {}), ("desk_bar", {}), ("desk_list", {"list": "staff"}), ("desk_compare", {})],
)
def test_more_visits_ask_no_more_of_the_database(desk, name, query):
    few = counted(desk, name, **query)
    for n in range(12):
        visit = visit_for(desk.days, desk.mine.person, "nursing", f"Till {n}", 8 + n // 2, "nurse")
        desk.place(visit, "Nils" if n % 2 else "Nova", at(8 + n // 2, 30 * (n % 2)))
        visit_for(desk.days, desk.theirs.person, "help", f"Utan {n}", 8 + n // 2)
    assert counted(desk, name, **query) <= few


def test_the_page_reads_without_a_script(desk):
    found = text(desk)
    assert "09.00–09.30" in found
    assert "Egen insats" in found
    assert "Hedda Test" in found


def test_the_lists_behind_the_figures(desk):
    late = visit_for(desk.days, desk.mine.person, "nursing", "Sen", 11, "nurse")
    desk.place(late, "Nils", at(12, 25))
    left = visit_for(desk.days, desk.mine.person, "nursing", "Utan", 14, "nurse")
    Unplaced.objects.create(
        plan=desk.plan, visit=left, reasons=[{"rule": "x", "count": 2, "sv": "Ingen är ledig", "en": "No"}]
    )
    assert "25 min sen" in text(desk, "desk_list", list="late")
    assert "Ingen är ledig" in text(desk, "desk_list", list="unplaced")
    assert "Nova Test" in text(desk, "desk_list", list="travel")
    assert "2 olika" in text(desk, "desk_list", list="staff")
    assert "Utan plats" in text(desk, "desk_list", list="what is this")


def test_what_is_moved_against_what_holds_is_marked(desk):
    DayPlan.objects.filter(pk=desk.plan.pk).update(status="published")
    draft = DayPlan.objects.create(pool=desk.days.pool, day=DAY, number=9, based_on=desk.plan)
    desk.place(desk.mine, "Nova", at(9, 30), plan=draft)
    desk.place(desk.theirs, "Hedda", at(10), plan=draft)
    found = sheet.sheet(desk.actor("anna"), draft)
    assert {s.visit.pk: s.moved for s in found.stops} == {desk.mine.pk: True, desk.theirs.pk: False}
    data = desk_data.data(desk.actor("anna"), found, True)
    assert [s[6] for s in data["stops"] if data["visits"][s[0]]["k"] == str(desk.mine.public_id)] == [4]


def test_who_is_away_stands_as_away(desk):
    Absence.objects.create(assignment=desk.shifts["Nova"].assignment, starts_at=at(8), ends_at=at(20))
    data = page(desk, "desk_data").json()
    assert next(s for s in data["staff"] if s["n"] == "Nova Test")["x"] == [[480, 960]]


def test_why_names_facts_and_others(desk):
    found = why.why(desk.actor("anna"), desk.plan, desk.mine)
    assert "Nova Test 09.00" in found.sentence or "Nova Test har besöket 09.00" in found.sentence
    assert [o.name for o in found.others] == ["Nils Test"]
    assert {f.label for f in found.facts} == {"Fönster", "Kompetens", "Känd", "Resa"}


def test_why_of_a_masked_visit_says_nothing_of_its_person(desk):
    found = why.why(desk.actor("anna"), desk.plan, desk.theirs)
    assert not found.open
    assert {f.label for f in found.facts} == {"Fönster", "Kompetens", "Resa"}


def test_how_often_she_has_been_there(desk):
    for n in (1, 2, 15):
        day = DAY - timedelta(days=n)
        plan = DayPlan.objects.create(pool=desk.days.pool, day=day, number=1, status="published")
        part = desk.mine.parts.get()
        start = at(9) - timedelta(days=n)
        Placement.objects.create(
            plan=plan, part=part, shift=desk.shifts["Nova"], order=0, starts_at=start, ends_at=start
        )
    found = why.why(desk.actor("anna"), desk.plan, desk.mine)
    assert "Nova Test var där 2 av 14 dagar" in [f.text for f in found.facts]


def test_nearest_puts_it_where_it_fits(desk):
    left = visit_for(desk.days, desk.mine.person, "nursing", "Utan", 14, "nurse")
    near = why.near(desk.plan, left)
    assert near is not None
    assert near.late == 0
    answer = desk.client("anna").post(
        reverse("resources:desk_move", args=[desk.plan.public_id]),
        {"visit": left.public_id, "part": near.part, "shift": near.shift, "at": near.time, "version": 1},
    )
    assert answer.status_code == 302
    assert Placement.objects.filter(plan=desk.plan, part__visit=left).exists()


def test_nobody_may_is_said(desk):
    left = visit_for(desk.days, desk.mine.person, "nursing", "Utan", 14, "dental")
    assert why.near(desk.plan, left) is None
    assert "Ingen som arbetar" in text(desk, "desk_nearest", "anna", left.public_id)
    assert "Ingen som arbetar" in text(desk, "desk_visit", "anna", left.public_id)


def test_the_way_to_the_day(desk):
    client = desk.client("anna")
    pool = reverse("resources:desk_day", args=[desk.days.pool.public_id])
    assert client.get(reverse("resources:desk")).headers["Location"] == pool
    assert str(desk.plan.public_id) in client.get(pool, {"day": "2026-11-24"}).headers["Location"]
    empty = client.get(pool, {"day": "2026-12-24"})
    assert "Gör ett utkast" in empty.content.decode()
    assert client.get(pool, {"day": "no day"}).status_code == 200


def test_a_first_draft_takes_the_visits_of_the_plans(desk):
    desk.days.action(title="Ur planen")
    client = desk.client("anna")
    pool = desk.days.pool.public_id
    answer = client.post(reverse("resources:desk_draft", args=[pool]), {"day": "2026-11-25"}, follow=True)
    assert "Ur planen" not in text(desk)
    assert "utan plats" in answer.content.decode()
    made = DayPlan.objects.get(day="2026-11-25")
    assert made.made_by.staff.given_name == "anna"


def test_a_coordinator_looks_and_changes_nothing(desk):
    planner(desk, "klara", "nursing")
    Assignment.objects.filter(staff__given_name="klara").update(role="coordinator")
    found = text(desk, "desk_plan", "klara")
    assert "Egen Person" in found
    assert "Publicera" not in found
    answer = desk.client("klara").post(reverse("resources:desk_publish", args=[desk.plan.public_id]))
    assert answer.status_code == 404
    assert page(desk, "desk_data", "klara").json()["may"] is False


def test_a_search_is_started_and_stopped(desk, monkeypatch):
    from samband.resources.services import jobs

    stopped = []
    monkeypatch.setattr(jobs, "stop", lambda job: stopped.append(job.pk))
    client = desk.client("anna")
    address = reverse("resources:desk_search", args=[desk.plan.public_id])
    client.post(address, {"seconds": "10"})
    job = PlanJob.objects.get()
    assert job.seconds == 10
    assert "Stoppa" in text(desk, "desk_bar")
    PlanJob.objects.update(state="running")
    client.post(reverse("resources:desk_stop", args=[desk.plan.public_id]))
    assert stopped == [job.pk]
    PlanJob.objects.update(state="done")
    answer = client.get(reverse("resources:desk_bar", args=[desk.plan.public_id]), {"searching": "1"})
    assert answer.headers["HX-Trigger"] == "desk-refresh"


def test_in_english(desk):
    client = desk.client("anna")
    client.cookies["samband-language"] = "en"
    found = client.get(reverse("resources:desk_plan", args=[desk.plan.public_id]), headers={"Accept-Language": "en"})
    assert found.status_code == 200
