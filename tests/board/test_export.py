"""What leaves Samband as a file: audited, without numbers, and harmless in a spreadsheet."""

import csv
import io

import pytest

from samband.core.models import AuditEvent
from samband.core.spreadsheet import safe as safe_cell
from tests.board import worlds
from tests.board.test_board_page import enter


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "=HYPERLINK(1)"])
def test_what_looks_like_a_formula_is_text(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Åsa Öberg", "", "3 dagar", "a=b"])
def test_other_text_is_left_as_it_is(text):
    assert safe_cell(text) == text


def _read(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["next-step", "unassigned", "no-plan", "no-contact", "follow-up"])
def test_A2_the_file_holds_the_list_and_is_entered_with_everyone_in_it(kind):
    world = worlds.build(seed=4, persons=90, trouble=0.6)
    client = enter(world.user)
    total = client.get(f"/board/{kind}/").context["total"]
    response = client.post(f"/board/{kind}/export/")
    rows = _read(response)
    assert len(rows) == total + 1
    assert rows[0][0] == "Namn"
    assert "2000A" not in response.content.decode()
    entry = AuditEvent.objects.get(action="board.export")
    assert entry.detail == {"kind": kind, "rows": total}
    assert entry.subjects.count() <= total


@pytest.mark.django_db
def test_chosen_rows_only_and_nobody_out_of_scope():
    world = worlds.build(seed=4, persons=90, trouble=0.6)
    client = enter(world.user)
    rows = client.get("/board/no-contact/").context["table"]["rows"]
    picked = [rows[0]["id"], rows[2]["id"], "7f3e5c1c-5be1-4a0c-9ad0-6b9e2e8a0001"]
    found = _read(client.post("/board/no-contact/export/", {"pick": picked}))
    assert [line[0] for line in found[1:]] == [rows[0]["name"], rows[2]["name"]]


@pytest.mark.django_db
def test_a_name_that_is_a_formula_is_harmless():
    world = worlds.build(seed=4, persons=30, trouble=0.6)
    for person in world.persons:
        person.given_name = "=cmd|' /C calc'!A0"
        person.save()
    rows = _read(enter(world.user).post("/board/no-contact/export/"))
    assert len(rows) > 1
    assert all(line[0].startswith("'=") for line in rows[1:])


@pytest.mark.django_db
def test_a_file_is_asked_for_by_post_only():
    world = worlds.build(seed=4, persons=10)
    assert enter(world.user).get("/board/no-plan/export/").status_code == 405
