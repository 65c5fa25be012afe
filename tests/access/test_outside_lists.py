"""P5: a party outside care sees in its list that the person takes part, and none of what care must know of her."""

import pytest
from django.urls import reverse

from samband.people.models import Flag
from tests.worlds import agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(world):
    agree(world.person, world.units["school"])
    Flag.objects.create(person=world.person, kind="warning", text="Blodförtunnande")
    return world


def test_P5_the_list_has_no_warnings_and_no_file_for_a_party_outside(school):
    page = school.client("teacher").get(reverse("people:persons")).content.decode()
    assert school.person.given_name in page
    assert "Blodförtunnande" not in page
    assert reverse("people:export") not in page
    assert "Blodförtunnande" in school.client("alice").get(reverse("people:persons")).content.decode()


def test_P5_the_file_is_refused_and_says_why(school):
    response = school.client("teacher").post(reverse("people:export"))
    assert (response.status_code, "Ni ser er del av planen." in response.content.decode()) == (403, True)
    assert school.client("alice").post(reverse("people:export")).status_code == 200


@pytest.mark.parametrize("name", ["contact:person", "contact:person_now"])
def test_P5_no_case_about_her_and_no_telephone_number(school, name):
    address = reverse(name, args=[school.person.public_id])
    assert school.client("teacher").get(address).status_code == 404
    assert school.client("alice").get(address).status_code == 200
