"""The document as it is, against those of its regions that were read by hand. Skipped where the shared data is not there.

Structural fields must be equal. What is a matter of wording (bodies' kinds and levels, roles) is measured: docs/regions-import.md.
"""

import json
import time

import pytest

from samband.regions.rules import as_json
from samband.regions.rules.parse import parse
from tests.shared import shared_file

STRUCTURE = (
    "order", "county_code_scb", "start_line", "end_line", "sections_present", "headings", "priority_bullets",
    "joint_initiative_bullets", "collaboration_section_bullets", "case_study_bullets", "goal_year", "plan_period",
    "horizon", "joint_goal_year", "both_region_and_municipality", "decided_by",
)  # fmt: skip


@pytest.fixture(scope="module")
def content() -> bytes:
    return shared_file("seeds/003_b9e747a4b6b5710c.txt").read_bytes()


@pytest.fixture(scope="module")
def pairs(content) -> list[tuple[dict, dict]]:
    gold = json.loads(shared_file("gold/regions.json").read_text())["regions"]
    mine = {row["official_name"]: row for row in as_json.document(parse(content))["regions"]}
    assert len(mine) == 21
    return [(row, mine[row["official_name"]]) for row in gold]


@pytest.mark.parametrize("field", STRUCTURE)
def test_the_structure_is_equal(pairs, field):
    wrong = [
        (gold["official_name"], gold.get(field), mine.get(field))
        for gold, mine in pairs
        if gold.get(field) != mine.get(field)
    ]
    assert wrong == []


def test_documents_have_the_same_names_years_and_lines(pairs):
    def of(row: dict) -> set:
        return {(doc["name"], doc["year"], doc["line"]) for doc in row["strategy_documents"]}

    assert [(g["official_name"], of(g) ^ of(m)) for g, m in pairs if of(g) != of(m)] == []


def test_bodies_are_found_and_none_made_up(pairs):
    hit = wrong = missed = same = 0
    for gold, mine in pairs:
        theirs = {body["name"].casefold(): body for body in gold["collaboration_bodies"]}
        ours = {body["name"].casefold(): body for body in mine["collaboration_bodies"]}
        both = theirs.keys() & ours.keys()
        hit, wrong, missed = hit + len(both), wrong + len(ours.keys() - both), missed + len(theirs.keys() - both)
        same += sum(theirs[n]["kind"] == ours[n]["kind"] and theirs[n]["level"] == ours[n]["level"] for n in both)
    assert (wrong, missed) == (0, 0)
    assert same / hit >= 0.75


def test_roles_of_documents(pairs):
    roles = [
        (theirs["role"], ours["role"])
        for gold, mine in pairs
        for theirs in gold["strategy_documents"]
        for ours in mine["strategy_documents"]
        if theirs["name"] == ours["name"]
    ]
    assert sum(one == other for one, other in roles) >= len(roles) - 1


def test_optional_keys_are_those_that_the_readers_use(pairs):
    for gold, mine in pairs:
        assert gold.keys() - mine.keys() == set()


def test_it_is_read_well_within_its_time(content):
    parse(content)
    began = time.process_time()
    parse(content)
    assert time.process_time() - began < 1.5  # CPU seconds; 0.3 on the machine it was written on
