"""Files in and out: answered row by row, read in whole or not at all, and what comes out can be read in again."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samband.core import clock
from samband.resources.models import Competence, Delegation, WorkShift
from tests.resources.worlds import a_shift, somebody, things
from tests.worlds import _staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world):
    found = things(world)
    WorkShift.objects.all().delete()
    _staff(world.users, "planner", world.units["nursing"], "planner")
    found["client"], found["unit"] = world.client("planner"), world.units["nursing"]
    return found


def send(made, kind, content, client=None, **more):
    url = reverse("resources:import", args=[made["unit"].public_id, kind])
    file = SimpleUploadedFile("fil.csv", content.encode() if isinstance(content, str) else content)
    client = client or made["client"]
    return client.post(url, {"text": content, "name": "fil.csv", "commit": "1"} if more else {"file": file})


DAY = clock.today() + timedelta(days=5)
HEAD = "Vem;Från;Till;Rast tidigast;Rast senast;Rast minuter\n"


def row(who="Hjälpa Personal", opens="07.00", closes="15.00", rest=";;"):
    return f"{who};{DAY} {opens};{DAY} {closes};{rest}\n"


def test_a_file_is_tried_first_and_then_read_in(made):
    content = HEAD + row(rest="11.00;12.00;30") + row(opens="16.00", closes="20.00")
    answer = send(made, "shifts", content)
    assert answer.status_code == 200
    assert "2 nya rader" in answer.content.decode()
    assert not WorkShift.objects.exists()
    assert send(made, "shifts", content, commit=True).status_code == 302
    assert sorted(WorkShift.objects.values_list("break_minutes", flat=True)) == [0, 30]
    assert "Allt i filen finns redan" in send(made, "shifts", content).content.decode()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (row("Okänd Människa"), "heter så"),
        (row(closes="06.00"), "Sluttiden är inte efter starttiden"),
        (row(opens="14.00", closes="20.00"), "har redan ett pass då"),
        (row(opens="sju"), "Starttiden går inte att läsa"),
        (row("Social Personal"), "ingen kompetens"),
        (row(opens="16.00", closes="20.00", rest="17.00;18.00;många"), "Skriv antalet minuter"),
        (row(opens="16.00", closes="20.00", rest="07.00;08.00;30"), "Rasten ryms inte"),
    ],
)
def test_one_wrong_row_is_told_and_nothing_is_read_in(made, world, line, said):
    somebody(world, "nursing", "social", "Social")
    content = HEAD + row() + line
    answer = send(made, "shifts", content)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert send(made, "shifts", content, commit=True).status_code == 422
    assert not WorkShift.objects.exists()


def test_what_is_fetched_can_be_read_in_again_and_a_known_key_changes_its_shift(made):
    a_shift(made["helper"], DAY)
    for name, args in (("export", [made["unit"].public_id, "shifts"]), ("calendar", [made["unit"].public_id])):
        fetched = made["client"].get(reverse(f"resources:{name}", args=args)).content
        assert "Allt i filen finns redan" in send(made, "shifts", fetched).content.decode(), name
    csv = made["client"].get(reverse("resources:export", args=[made["unit"].public_id, "shifts"])).content.decode()
    moved = csv.replace(f"{DAY} 15.00", f"{DAY} 17.00")
    assert send(made, "shifts", moved, commit=True).status_code == 302
    assert [clock.local(s.ends_at).hour for s in WorkShift.objects.all()] == [17]


def test_a_cell_that_begins_like_a_formula_is_text(made):
    made["helper"].staff.given_name = "=HYPERLINK(1)"
    made["helper"].staff.save()
    a_shift(made["helper"], DAY)
    csv = made["client"].get(reverse("resources:export", args=[made["unit"].public_id, "shifts"])).content.decode()
    assert "'=HYPERLINK(1)" in csv


def test_competences_and_delegations_are_read_in_by_whoever_may_give_them(made, world):
    content = "Vem;Kompetens;Från;Till och med\nHjälpa Personal;Fysio- eller arbetsterapeut;;\n"
    assert send(made, "competences", content, commit=True).status_code == 302
    assert Competence.objects.filter(assignment=made["helper"], kind="therapist").exists()
    until = clock.today() + timedelta(days=100)
    content = f"Till vem;Vad;Från;Till och med\nHjälpa Personal;Lägga om sår;;{until}\n"
    assert send(made, "delegations", content).status_code == 403
    assert send(made, "delegations", content, world.client("alice"), commit=True).status_code == 302
    assert Delegation.objects.get(act="wound").given_by == world.things["alice"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Kollega Personal;Ge insulin;;2100-01-01", "legitimerad"),
        ("Hjälpa Personal;Trolla;;2100-01-01", "går inte att välja"),
        ("Hjälpa Personal;Ge läkemedel;;i morgon", "ÅÅÅÅ-MM-DD"),
        ("Hjälpa Personal;Ge läkemedel;;", "Fyll i den"),
        ("Hjälpa Personal;Ge läkemedel;;2100-01-01", "högst ett år"),
    ],
)
def test_a_wrong_delegation_is_told(made, world, line, said):
    somebody(world, "nursing", "nurse", "Kollega")
    content = f"Till vem;Vad;Från;Till och med\n{line}\n"
    answer = send(made, "delegations", content, world.client("alice"))
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("content", [b"\x00", b"a;b\n1;2\n", b"%PDF-1.7 x"])
def test_what_is_no_such_file_is_refused_in_words(made, content):
    assert send(made, "shifts", content).status_code in (400, 415, 422)
    assert not WorkShift.objects.exists()
