"""The written county holds together: every reference resolves, every number and phone is one that may be used."""

import json
import re
from collections import Counter

import pytest

from samband.core.ids import IdentityKind, parse_identity, valid_hsa_id, valid_org_number
from samband.demo import source
from samband.demo.moments import day, moment, of_day
from tests.shared import shared_file

COUNTY = source.county()
PERSONS = source.persons()
UNITS = {unit["key"] for unit in COUNTY["units"]}
STAFF = {staff["key"]: {item["unit"] for item in staff["assignments"]} for staff in COUNTY["staff"]}
FICTION = [
    (r"031-390 06 (\d\d)", 0, 49),
    (r"040-628 04 (\d\d)", 0, 49),
    (r"08-465 004 (\d\d)", 0, 99),
    (r"0980-319 2(\d\d)", 0, 99),
    (r"070-174 06 (\d\d)", 5, 99),
]
every_person = pytest.mark.parametrize("person", PERSONS, ids=lambda person: person["key"])
every_plan = pytest.mark.parametrize(
    "person", [p for p in PERSONS if source.plan_of(p)], ids=lambda person: person["key"]
)


def fictional(phone: str) -> bool:
    return any((found := re.fullmatch(form, phone)) and low <= int(found[1]) <= high for form, low, high in FICTION)


def test_seventeen_stories_with_a_plan_and_two_carers_without():
    plans = Counter(bool(source.plan_of(person)) for person in PERSONS)
    assert plans == {True: 17, False: 2}


def test_keys_are_used_once():
    for part in ("areas", "organizations", "units", "staff"):
        keys = [row["key"] for row in COUNTY[part]]
        assert len(keys) == len(set(keys)), part
    ids = [row["hsa_id"] for part in ("organizations", "units", "staff") for row in COUNTY[part]]
    assert len(ids) == len(set(ids))


def test_organisations_have_valid_ids_of_a_group_that_is_not_in_use():
    for row in COUNTY["organizations"]:
        assert valid_org_number(row["org_number"]), row
        assert row["org_number"].startswith("4"), "no Swedish organisation number begins with 4"
    for part in ("organizations", "units", "staff"):
        assert all(valid_hsa_id(row["hsa_id"]) for row in COUNTY[part])


def test_every_phone_is_reserved_for_fiction():
    phones = [row["phone"] for part in ("units", "staff") for row in COUNTY[part]]
    phones += [person["phone"] for person in PERSONS]
    phones += [near["phone"] for person in PERSONS for near in person["relatives"]]
    assert [phone for phone in phones if not fictional(phone)] == []


def test_staff_in_every_role():
    roles = {item["role"] for staff in COUNTY["staff"] for item in staff["assignments"]}
    assert roles == {
        "coordinator", "nurse", "assistant", "physician", "therapist", "dental", "pharmacist", "social", "outside",
        "administrator", "reviewer", "planner", "leader",
    }  # fmt: skip
    assert all(item["unit"] in UNITS for staff in COUNTY["staff"] for item in staff["assignments"])


@every_person
def test_number_is_of_the_published_list_or_a_reserve_number(person):
    identity = parse_identity(person["number"])
    if identity.kind == IdentityKind.RESERVE:
        return
    published = json.loads(shared_file("gold/test_identity_numbers.json").read_text())
    assert person["number"] in published[identity.kind.value]


@every_person
def test_units_and_staff_exist(person):
    assert set(person["relations"]) <= UNITS
    assert set(person["contacts"].values()) <= set(STAFF)
    for party in person.get("parties", []):
        assert party["unit"] in person["relations"]
        assert party["recorded_by"] in STAFF
        assert party["form"] in {"spoken", "written", "via_representative"}


@every_plan
def test_actions_belong_to_parties_and_their_staff(person):
    parties = {party["unit"] for party in person["parties"]}
    keys = {action["key"] for action in person["plan"]["actions"]}
    near = {item["key"] for item in person["relatives"]}
    for action in person["plan"]["actions"]:
        who = [(action.get("unit"), action.get("staff"))]
        who += [(other["unit"], other.get("staff")) for other in action.get("joint", [])]
        for unit, staff in who:
            assert unit is None or unit in parties, action["title"]
            assert staff is None or unit in STAFF[staff], action["title"]
        assert action.get("after") in {None, *keys}
        assert (action["by"] == "unit") == ("unit" in action)
        assert (action["by"] == "relative") == (action.get("relative") in near)
        assert day(action["start"])
        assert action.get("time_from") is None or of_day(action["time_from"]) < of_day(action["time_to"])
        assert len(action["title"]) <= 120
        assert len(action.get("why", "")) <= 300


@every_plan
def test_situations_say_whom_to_call(person):
    for situation in person["plan"]["situations"]:
        assert situation["when"].startswith("Om ")
        assert situation["call"] == "112" or situation["call"] in UNITS
        assert situation.get("then", "112") == "112" or situation["then"] in UNITS
        assert situation["call"] != situation.get("then")
        assert situation["steps_staff"]
        assert situation.get("steps_person") or situation.get("steps_relative") or situation["steps_staff"]


@every_plan
def test_the_plan_answers_what_close_care_can_mean(person):
    plan = person["plan"]
    assert len(plan["what_matters"].split()) >= 8
    assert len(plan["what_matters"]) <= 300
    assert all(plan[part].strip() for part in ("situation", "strengths", "needs", "words_note"))
    assert len(plan["goals"]) >= 2
    assert len(plan["actions"]) >= 4
    assert len(plan["situations"]) >= 2
    assert all(goal["words"] and goal["know_how"] for goal in plan["goals"])
    assert all(moment(event["offset"], event.get("time")) for event in plan["history"])
    assert all(len(event["text"].partition(". ")[0]) <= 120 for event in plan["history"])


def test_the_main_story_is_the_richest():
    main = PERSONS[0]["plan"]
    assert PERSONS[0]["key"] == "gunvor"
    assert len(main["actions"]) >= 14
    assert len(main["situations"]) == 4
    assert [s["when"] for s in main["situations"] if s.get("ongoing")] == ["Om vågen går över strecket på kortet"]
    assert any(a["time_from"] == "14:10" and a.get("joint") for a in main["actions"])


def test_one_person_is_protected_and_some_cannot_consent():
    assert [p["key"] for p in PERSONS if p["protected"] != "none"] == ["petra"]
    assert {p["capacity"]["kind"] for p in PERSONS if "capacity" in p} == {"lasting", "unconscious", "child"}
