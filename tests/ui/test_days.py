"""A day that no calendar can reckon with is refused at its field, in every form that has one."""

import pytest
from django import forms
from django.urls import reverse

from samband.ui.fields import Refusing

pytestmark = pytest.mark.django_db


class Form(Refusing, forms.Form):
    day = forms.DateField()


@pytest.mark.parametrize(
    ("day", "good"),
    [("0001-01-01", False), ("0999-12-31", False), ("1850-01-01", True), ("2028-02-29", True), ("2026-02-29", False),
     ("8999-12-31", True), ("9000-01-01", False), ("9999-12-31", False)],
)  # fmt: skip
def test_the_years_that_a_day_may_have(day, good):
    assert Form({"day": day}).is_valid() is good


@pytest.mark.parametrize("name", ["plans:action_new", "meetings:new", "records:write", "plans:event_new"])
def test_the_last_day_of_the_calendar_is_refused_and_nothing_breaks(world, name):
    data = {"day": "9999-12-31", "starts_on": "9999-12-31", "at": "21:29", "clock": "21:29", "minutes": "480", "title": "Väga sig",
            "often": "daily", "by": "nobody", "kind": "note", "text": "x", "person": "on"}  # fmt: skip
    response = world.client("alice").post(reverse(name, args=[world.person.public_id]), data)
    assert response.status_code == 422
    assert "går inte att räkna med" in response.content.decode()


def test_the_preview_of_next_times_stands_it_too(world):
    data = {"often": "daily", "starts_on": "9999-12-31", "time_from": "21:29"}
    for method in ("get", "post"):
        assert getattr(world.client("alice"), method)(reverse("plans:preview"), data).status_code < 500
