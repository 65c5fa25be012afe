"""What a plan must hold: HSL 16:4, SoL 10 kap. and the four parts of the patient contract, as a table."""

from dataclasses import replace

import pytest

from samband.plans.rules.complete import SOURCE, Part, PlanFacts, missing, parts

WHOLE = PlanFacts(
    consent=True, actions=3, others=True, principal=True, contact=True, times=True, words=True, goals=True, situations=True,
    follow_up=True, answer="approved",
)  # fmt: skip

TABLE = [
    # what is otherwise, which part is missing, in which way
    ({"consent": False}, Part.CONSENT, ""),
    ({"marked": True, "review_late": True}, Part.REPRESENTED, ""),
    ({"actions": 0}, Part.MEASURES, ""),
    ({"idle": ("Heby kommun",)}, Part.PRINCIPALS, ""),
    ({"open_ended": 2}, Part.ANSWERED, ""),
    ({"others": False}, Part.OTHERS, ""),
    ({"principal": False}, Part.OVERALL, ""),
    ({"contact": False}, Part.CONTACT, ""),
    ({"times": False}, Part.TIMES, ""),
    ({"words": False}, Part.COHERENT, "words"),
    ({"goals": False}, Part.COHERENT, "goals"),
    ({"situations": False}, Part.TURN_TO, ""),
    ({"follow_up": False}, Part.FOLLOW_UP, ""),
    ({"follow_up_late": True}, Part.FOLLOW_UP, "late"),
    ({"answer": ""}, Part.AGREED, ""),
    ({"answer": "disagreed"}, Part.AGREED, "disagreed"),
    ({"since": 2}, Part.AGREED, "changed"),
]


def test_a_whole_plan_lacks_nothing():
    assert missing(WHOLE) == []
    assert missing(replace(WHOLE, marked=True)) == []


@pytest.mark.parametrize(("otherwise", "part", "why"), TABLE, ids=lambda v: str(v))
def test_what_is_missing_is_said_and_nothing_else(otherwise, part, why):
    found = missing(replace(WHOLE, **otherwise))
    assert [(item.part, item.why) for item in found] == [(part, why)]
    assert found[0].source == SOURCE[part]


def test_an_empty_plan_lacks_every_part_in_order():
    found = [item.part for item in missing(PlanFacts())]
    assert found == sorted(found, key=list(Part).index)
    assert set(found) == set(Part) - {Part.REPRESENTED, Part.PRINCIPALS, Part.ANSWERED}


def test_representation_is_asked_for_where_somebody_represents():
    assert Part.REPRESENTED not in parts(WHOLE)
    assert Part.REPRESENTED in parts(replace(WHOLE, marked=True))
