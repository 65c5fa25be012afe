"""A routine shown where it applies: an action's page, the plan, a situation, the day; in two queries, and never to the person."""

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samband.core import clock
from samband.demo import source
from samband.guidelines.rules.matching import Step, shown
from samband.guidelines.services import shipped, steps, where
from samband.plans.forms.icons import ICONS, PICTURES
from samband.plans.models import Action
from tests.guidelines.worlds import leader, routine
from tests.resources.worlds_today import make_day, visit


def line(name: str) -> str:
    return f">{name}</a>"


@pytest.fixture
def routines(world):
    leader(world)
    uses = [("action", "", "insulin"), ("situation", "", "yr")]
    common = routine(world, "Insulin hemma", unit="centre", level="common", uses=uses)
    return {
        "common": common,
        "local": routine(world, "Insulin i Heby", specialises=common, uses=[("action", "", "insulin")]),
        "far": routine(world, "Insulin långt bort", unit="elsewhere", uses=[("action", "", "insulin")]),
        "other": routine(world, "Sår", unit="centre", level="common", uses=[("action", "bandage", "")]),
    }


@pytest.mark.django_db
def test_the_action_the_situation_and_the_plan_show_theirs(world, routines):
    client, person = world.client("alice"), world.person.public_id
    action, situation = world.things["action"], world.things["situation"]
    pages = {
        "action": reverse("plans:action", args=[action.public_id]),
        "plan": reverse("plans:person", args=[person]),
        "all": reverse("plans:person", args=[person]) + "?view=all",
        "occurrence": reverse("plans:occurrence", args=[action.public_id, f"{clock.today():%Y%m%d}T0000"]),
    }
    for name, address in pages.items():
        page = client.get(address).content.decode()
        for key, there in (("common", True), ("local", True), ("far", False), ("other", False)):
            assert (line(routines[key].name) in page) is there, (name, key)
    page = client.get(reverse("plans:situation", args=[situation.public_id])).content.decode()
    assert line("Insulin hemma") in page
    assert line("Insulin i Heby") not in page


@pytest.mark.django_db
def test_on_the_phone_where_the_nurse_stands(world, routines):
    made = make_day(world)
    visit(made, 600, made.alice, items=True)
    page = world.client("alice").get(reverse("resources:mine")).content.decode()
    assert line("Insulin hemma") in page
    assert line("Insulin i Heby") in page
    assert line("Insulin långt bort") not in page


@pytest.mark.django_db
def test_the_person_sees_no_routine(world, routines):
    for who in ("self", "husband"):
        for name in ("web:my", "plans:my_print"):
            page = world.client(who).get(reverse(name))
            assert "Insulin hemma" not in page.content.decode(errors="replace")


@pytest.mark.django_db
def test_withdrawn_resting_and_not_yet_begun_are_not_shown(world, routines):
    common = routines["common"]
    type(common).objects.filter(pk=common.pk).update(current=None)
    address = reverse("plans:action", args=[world.things["action"].public_id])
    assert line("Insulin hemma") not in world.client("alice").get(address).content.decode()


@pytest.mark.django_db
def test_two_queries_for_a_whole_page_however_many_actions(world, routines):
    """Counted: the same page with one action and with forty asks the routines the same number of times."""
    from django.db import connection

    address = reverse("plans:person", args=[world.person.public_id]) + "?view=all"
    client = world.client("alice")
    asked = []
    for more in (0, 40):
        for n in range(more):
            Action.objects.create(
                plan=world.plan, title=f"Insulin {n}", unit=world.units["nursing"], rrule="FREQ=DAILY"
            )
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as log:
            client.get(address)
        asked.append(len([q for q in log if "guidelines_" in q["sql"]]))
    assert asked == [2, 2]


def test_the_codes_are_those_of_the_plan():
    assert dict(where.ICONS).keys() == {value for value, _name in ICONS if value}
    assert dict(where.PICTURES).keys() == {value for value, _name in PICTURES if value != "p-question"}
    assert dict(where.COMPETENCES).keys() == set(Action.Competence.values) - {"none"}


def test_the_examples_are_shown_in_the_main_storys_plan():
    """The demo county's own: at least eight routines, two local, one in conflict; seven of Gunvor's actions have one."""
    found = shipped.examples()
    assert 8 <= len(found) <= 14
    assert sum(row.head["level"] == "local" for row in found) == 2
    assert sum("diverges" in row.head for row in found) == 1
    assert all("Inte granskat av vården" in text for row in found for text in row.versions)
    places = [
        steps.Where(kind, value, steps.folded(words), n, row.head["level"], 1)
        for n, row in enumerate(found)
        for kind, value, words in row.head.get("uses", [])
    ]
    gunvor = next(row for row in source.persons() if row["key"] == "gunvor")
    at = {}
    for action in gunvor["plan"]["actions"]:
        step = Step(
            "action", steps.search_key(action["title"], action["detail"]), action["icon"], action.get("competence", ""),
            units=frozenset({1}),
        )  # fmt: skip
        at[action["key"]] = [found[n].slug for n in shown(places, step)]
    assert at["saromlaggning"] == ["sar-hemma-heby", "sar-hemma"]
    assert at["vikt"] == ["vikt-heby", "vikten-stiger-vid-hjartsvikt"]
    assert "lakemedel-i-hemmet" in at["morgonlakemedel"]
    assert at["prover"] == ["blodprov-hemma"]
    assert len([key for key, slugs in at.items() if slugs]) >= 7
