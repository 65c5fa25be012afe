"""The desk on the day itself: who is likely to be late, the way to telling what happened, and teams by membership."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samband.core import clock
from samband.resources.models import DayPlan, Happening, Loan, Placement, Team, TeamMember
from samband.resources.services import desk_data, desk_happens, desk_lists, pricing, proposals, reports, sheet
from tests.resources.worlds_today import Day, assignment, at, make_day, visit
from tests.worlds import World, make_person
from visit_planner.stops import Iterations

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(world: World):
    pricing._kept.clear()
    with clock.frozen(clock.day_bounds(clock.today())[0] + timedelta(hours=10, minutes=5)):
        yield make_day(world)


def late_day(day: Day):
    """Alice is with somebody and says that it takes 90 minutes longer; her next has a window that closes before."""
    first, then = visit(day, 600, day.alice), visit(day, 660, day.alice, window=(650, 670))
    alice = day.world.actor("alice")
    reports.tell(alice, first, "arrived", uuid.uuid4())
    reports.tell(alice, first, "late", uuid.uuid4(), minutes=90)
    return then


def shown(day: Day, who: str = "planner") -> sheet.Sheet:
    return sheet.sheet(day.world.actor(who), DayPlan.objects.select_related("pool").get(pk=day.plan.pk))


def test_what_is_told_from_the_road_shows_before_it_is_late(day: Day):
    then = late_day(day)
    found = shown(day)
    stop = next(s for s in found.stops if s.visit.pk == then.pk)
    # There at 10.05, 20 minutes and 90 more; eight on the road: 12.03, and the window closed at 11.10.
    assert (stop.expected, stop.likely, stop.late) == (53, 723, 0)
    assert [s.expected for s in found.stops if s.visit.pk != then.pk] == [0]
    (line,) = desk_lists.lines(found, "late")
    assert line.right == "väntas 53 min sen, trolig start 12.03"
    assert desk_lists.figures(found)[1].figure == "1"
    data = desk_data.data(day.world.actor("planner"), found, True)
    rows = {data["visits"][s[0]]["k"]: s[8:] for s in data["stops"]}
    assert rows[str(then.public_id)] == [53, 723]
    assert sorted(len(s) for s in data["stops"]) == [8, 10]


def test_nothing_is_foreseen_of_another_day_or_of_who_has_told_nothing(day: Day):
    visit(day, 480, day.alice)
    visit(day, 600, day.bob)
    assert [s.expected for s in shown(day).stops] == [0, 0]
    late_day(day)
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert not any(s.expected for s in shown(day).stops)


def test_the_page_the_list_and_the_data_say_it(day: Day):
    then = late_day(day)
    client = day.world.client("planner")
    page = client.get(reverse("resources:desk_plan", args=[day.plan.public_id])).content.decode()
    assert "väntas 53 min sen" in page
    late = client.get(reverse("resources:desk_list", args=[day.plan.public_id]), {"list": "late"}).content.decode()
    assert "Gör ett förslag" in late
    panel = client.get(reverse("resources:desk_visit", args=[day.plan.public_id, then.public_id])).content.decode()
    assert "Väntas 53 min sen" in panel
    looks = day.world.client("coordinator").get(
        reverse("resources:desk_list", args=[day.plan.public_id]), {"list": "late"}
    )
    assert "Gör ett förslag" not in looks.content.decode()


def test_one_press_gives_a_proposal_that_mends_it(day: Day):
    then = late_day(day)
    Happening.objects.all().delete()  # what the road told asks for one of its own
    client, url = day.world.client("planner"), reverse("resources:desk_late", args=[day.plan.public_id])
    answer = client.post(url, {"visit": then.public_id})
    row = Happening.objects.get()
    assert (row.kind, row.state, answer.url) == ("late", "open", reverse("resources:happening", args=[row.public_id]))
    placed = Placement.objects.get(plan=row.proposal, part__visit=then)
    assert (placed.shift_id, placed.starts_at <= at(670)) == (day.bob.pk, True)
    client.post(url, {"visit": then.public_id})
    assert Happening.objects.count() == 1
    client.post(url, {"visit": "no key"})
    for who in ("alice", "coordinator", "stranger"):
        assert day.world.client(who).post(url, {"visit": then.public_id}).status_code == 404
    assert Happening.objects.count() == 1


def test_a_longer_visit_told_from_the_road_is_mended_too(day: Day):
    then = late_day(day)
    row = Happening.objects.get()
    assert row.kind == "longer"
    draft = proposals.propose(row, day.world.actor("planner"), stop=Iterations(300))
    assert Placement.objects.get(plan=draft, part__visit=then).shift_id == day.bob.pk


def test_more_visits_ask_no_more(day: Day):
    late_day(day)
    client, url = day.world.client("planner"), reverse("resources:desk_data", args=[day.plan.public_id])

    def counted() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    few = counted()
    for n in range(8):
        visit(day, 700 + 30 * n, day.bob)
    assert counted() <= few


def test_the_ways_to_what_has_happened(day: Day):
    mine = visit(day, 660, day.alice)
    others = visit(
        day, 700, day.bob, unit=day.world.units["help"], person=make_person("Annan", "Person", 79, day.world.area)
    )
    links = lambda v: desk_happens.links(day.world.actor("planner"), day.plan, v, list(placed(day, v)))  # noqa: E731
    said = [link.text for link in links(mine)]
    assert said == [
        "Besöket drar ut på tiden", "Besöket blir inte av", "Personen läggs in eller reser bort",
        "Personen kommer hem tidigare", "Alice Test är sjuk",
    ]  # fmt: skip
    assert [link.text for link in links(others)] == ["Bob Test är sjuk"]
    page = day.world.client("planner").get(links(mine)[0].url).content.decode()
    assert 'value="longer"' in page
    assert "selected" in page
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert links(mine) == []
    DayPlan.objects.update(status="draft")
    assert links(mine) == []


def placed(day: Day, found):
    return Placement.objects.filter(plan=day.plan, part__visit=found).select_related("shift__assignment__staff")


def test_the_panel_has_the_ways_for_a_planner_only(day: Day):
    mine = visit(day, 660, day.alice)
    url = reverse("resources:desk_visit", args=[day.plan.public_id, mine.public_id])
    assert "Har något hänt?" in day.world.client("planner").get(url).content.decode()
    assert "Har något hänt?" not in day.world.client("coordinator").get(url).content.decode()


def test_a_team_is_those_of_its_shifts_and_its_members(day: Day):
    unit = day.world.units["nursing"]
    mobile, discharge, gone = (Team.objects.create(name=name, unit=unit) for name in ("Mobila", "Hemgång", "Förr"))
    day.alice.team = mobile
    day.alice.save()
    alice, bob = assignment(day.world, "alice"), assignment(day.world, "bob")
    early = clock.today() - timedelta(days=9)
    for team, who, more in (
        (discharge, alice, {}), (discharge, bob, {}), (mobile, bob, {"ends_on": clock.today() - timedelta(days=1)}),
        (gone, bob, {}),
    ):  # fmt: skip
        TeamMember.objects.create(team=team, assignment=who, starts_on=early, **more)
    Team.objects.filter(pk=gone.pk).update(ends_on=early)
    data = desk_data.data(day.world.actor("planner"), shown(day), True)
    teams = {s["n"]: [data["teams"][n] for n in s.get("t", [])] for s in data["staff"]}
    assert teams == {"Alice Test": ["Hemgång", "Mobila"], "Bob Test": ["Hemgång"]}
    assert not Loan.objects.exists()
