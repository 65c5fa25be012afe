"""A1: how many persons a hole concerns is counted among those whom the reader sees; a number tells of nobody else."""

import pytest
from django.urls import reverse

from tests.worlds import agree, make_person

pytestmark = pytest.mark.django_db


def _shown(world, who: str) -> tuple[str, str]:
    client = world.client(who)
    file = client.post(reverse("contact:coverage_export"), {"weeks": "1"})
    return client.get(reverse("contact:coverage")).content.decode(), file.content.decode()


def test_A1_the_numbers_of_coverage_count_those_whom_the_reader_sees(world):
    other = make_person("Hemlig", "Granne", 77, world.area)
    agree(other, world.units["elsewhere"])
    other.plans.create(words="x")
    page, file = _shown(world, "coordinator")
    assert "1 person med plan som du ser berörs" in page
    assert {line.rsplit(";", 1)[-1] for line in file.split("\r\n")[1:] if line} == {"1"}


def test_A1_who_sees_nobody_gets_no_number(world):
    page, file = _shown(world, "administrator")
    assert "som du ser berörs" not in page
    assert {line.rsplit(";", 1)[-1] for line in file.split("\r\n")[1:] if line} == {"0"}
