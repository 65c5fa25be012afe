"""A1: a planner sees other units' visits as area, time, length and competence, until one is done by her own staff."""

import pytest
from django.urls import reverse

from samband.core import clock
from samband.core.models import AuditSubject
from samband.people.models import Person
from samband.resources.models import Tie, Unplaced
from samband.resources.services import moves, publishing
from tests.resources.days import at
from tests.resources.desks import SECRET, visit_for

# One of each address that shows something of the plan.
PAGES = ("desk_plan", "desk_data", "desk_bar", "desk_list", "desk_compare")
LISTS = ("unplaced", "late", "changed", "travel", "staff")


def everything(desk, who):
    """All that the desk answers to a planner, as one text."""
    client, plan = desk.client(who), desk.plan
    found = [client.get(reverse(f"resources:{name}", args=[plan.public_id])) for name in PAGES]
    found += [
        client.get(reverse(f"resources:{name}", args=[plan.public_id]), {"list": which})
        for which in LISTS
        for name in ("desk_plan", "desk_list")
    ]
    for visit in (desk.mine, desk.theirs):
        for name in ("desk_visit", "desk_nearest"):
            address = reverse(f"resources:{name}", args=[plan.public_id, visit.public_id])
            found += [client.get(address), client.get(address, headers={"HX-Request": "true"})]
    assert {r.status_code for r in found} == {200}
    return "".join(r.content.decode() for r in found)


def marks(person: Person) -> list[str]:
    """What must not be told of somebody who is masked."""
    return [SECRET, str(person.public_id), person.identity_number, "60.123", "17.765", "70-174 06 99"]


def hidden(desk, who):
    text = everything(desk, who)
    return [m for m in marks(desk.theirs.person) if m in text]


def test_A1_the_others_visit_is_area_time_length_and_competence(desk):
    assert hidden(desk, "anna") == []
    text = everything(desk, "anna")
    assert "Harbo" in text
    assert "Egen Person" in text
    assert "Hedda Test" in text


def test_A1_the_unit_that_has_it_sees_whose_it_is(desk):
    assert SECRET in everything(desk, "bertil")


def test_A1_no_person_of_the_others_is_entered_as_seen(desk):
    everything(desk, "anna")
    assert not AuditSubject.objects.filter(person_id=desk.theirs.person_id).exists()
    assert AuditSubject.objects.filter(person_id=desk.mine.person_id).exists()


def test_A1_without_a_place_it_stays_masked(desk):
    desk.plan.placements.filter(part__visit=desk.theirs).delete()
    assert hidden(desk, "anna") == []


def test_A1_done_by_own_staff_it_is_open_when_that_is_published(desk):
    """A draft is one planner's thought: nobody opens a visit by dragging it to the own staff."""
    desk.plan.placements.filter(part__visit=desk.theirs).delete()
    desk.place(desk.theirs, "Nova", at(11))
    assert SECRET not in everything(desk, "anna")
    type(desk.plan).objects.filter(pk=desk.plan.pk).update(status="published", published_at=clock.now())
    assert SECRET in everything(desk, "anna")


def test_A1_moving_it_among_the_others_staff_tells_nothing(desk):
    answer = desk.client("anna").post(
        reverse("resources:desk_move", args=[desk.plan.public_id]),
        {"visit": desk.theirs.public_id, "part": 1, "shift": desk.shifts["Hugo"].public_id, "at": "10:30", "version": 1},
        headers={"Accept": "application/json"},
    )  # fmt: skip
    assert answer.status_code == 200, answer.content.decode()
    assert not [m for m in marks(desk.theirs.person) if m in answer.content.decode()]


def test_A1_what_the_person_wants_is_not_told_of_a_masked_visit(desk):
    hugo = desk.shifts["Hugo"].assignment
    Tie.objects.create(person=desk.theirs.person, staff=hugo.staff, kind="forbidden", unit=desk.days.unit("help"))
    part = desk.theirs.parts.get()
    with pytest.raises(Exception, match="En regel hindrar"):
        moves.place(desk.actor("anna"), desk.plan, part, desk.shifts["Hugo"], at(10), 1)
    with pytest.raises(Exception, match="ska inte komma till den personen"):
        moves.place(desk.actor("bertil"), desk.plan, part, desk.shifts["Hugo"], at(10), 1)


@pytest.mark.parametrize("protection", ["sekretessmarkering", "skyddad_folkbokforing"])
def test_a_protected_person_has_no_area_outside_the_unit_and_no_point_anywhere(desk, protection):
    Person.objects.filter(pk=desk.theirs.person_id).update(protection=protection)
    data = desk.client("anna").get(reverse("resources:desk_data", args=[desk.plan.public_id])).json()
    (theirs,) = [v for v in data["visits"] if v["k"] == str(desk.theirs.public_id)]
    assert "a" not in theirs
    assert "m" not in theirs
    own = desk.client("bertil").get(reverse("resources:desk_data", args=[desk.plan.public_id])).json()
    (seen,) = [v for v in own["visits"] if v["k"] == str(desk.theirs.public_id)]
    assert SECRET in seen["n"]
    assert "m" not in seen
    assert "60.123" not in everything(desk, "bertil")
    assert f"Gatan {SECRET}" not in everything(desk, "bertil")


def test_a_planner_of_another_pool_finds_nothing(desk):
    client = desk.client("stina")
    for name in PAGES:
        assert client.get(reverse(f"resources:{name}", args=[desk.plan.public_id])).status_code == 404
    for name in ("move", "unplace", "lock", "undo", "search", "stop", "publish", "unpublish", "drop", "keep"):
        assert client.post(reverse(f"resources:desk_{name}", args=[desk.plan.public_id])).status_code == 404
    assert client.get(reverse("resources:desk_day", args=[desk.days.pool.public_id])).status_code == 404


def test_a_visit_of_another_pool_is_not_in_the_plan(desk):
    foreign = visit_for(desk.days, desk.theirs.person, "elsewhere", "Annat", 12)
    address = reverse("resources:desk_visit", args=[desk.plan.public_id, foreign.public_id])
    assert desk.client("anna").get(address).status_code == 404


def test_the_compare_page_names_only_those_who_are_open(desk):
    publishing.publish(desk.plan, desk.actor("anna"))
    text = desk.client("anna").get(reverse("resources:desk_compare", args=[desk.plan.public_id])).content.decode()
    assert SECRET not in text


def test_A1_why_a_masked_visit_has_no_place_tells_nothing_of_what_its_person_wants(desk):
    desk.plan.placements.filter(part__visit=desk.theirs).delete()
    said = [
        {"rule": "competence", "count": 2, "sv": "2 har inte kompetensen.", "en": "2 have not the competence."},
        {"rule": "forbidden", "count": 1, "sv": "1 ska inte komma hem till personen.", "en": "1 are not to come."},
    ]
    Unplaced.objects.create(plan=desk.plan, visit=desk.theirs, reasons=said)
    assert "ska inte komma hem" not in everything(desk, "anna")
    assert "2 har inte kompetensen." in everything(desk, "anna")
    assert "ska inte komma hem" in everything(desk, "bertil")
