"""The pages: open to whom they are for, bounded in queries, said in words when something cannot be done."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samband.contact.models import Case, CoverageSnapshot, RotaShift, SwapRequest
from samband.contact.services import coverage
from samband.core import clock
from samband.core.models import AuditEvent
from tests.contact import worlds
from tests.worlds import MARK

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world):
    worlds.things(world)
    return world


def url(name: str, **things) -> str:
    return reverse(f"contact:{name}", kwargs={k: getattr(v, "public_id", v) for k, v in things.items()})


def pages(world) -> list[tuple[str, str]]:
    t = world.things
    return [
        ("alice", url("cases")),
        ("alice", url("case", case=t["case"])),
        ("alice", url("case_new")),
        ("alice", url("rotas")),
        ("alice", url("rota", rota=t["rota"])),
        ("alice", url("rota_edit", rota=t["rota"])),
        ("alice", url("rota_import", rota=t["rota"])),
        ("alice", url("shift_new", rota=t["rota"])),
        ("alice", url("shift", shift=t["shift"])),
        ("alice", url("swap_ask", shift=t["shift"])),
        ("alice", url("rule_new", rota=t["rota"])),
        ("alice", url("absence_new")),
        ("gp", url("swaps")),
        ("alice", url("coverage")),
        ("alice", url("person", person=world.person)),
        ("husband", url("ask")),
        ("husband", url("my_cases")),
        ("self", url("my_cases")),
        ("husband", url("my_case", case=t["case"])),
        ("anonymous", url("who")),
        ("self", url("who")),
        ("administrator", url("rota_new")),
        ("administrator", url("rota", rota=t["rota"])),
        ("reviewer", url("rotas")),
    ]


def test_every_page_opens_for_whom_it_is_for_in_both_languages(made):
    for who, address in pages(made):
        client = made.client(who)
        for language in ("sv", "en"):
            client.cookies["samband_language"] = language
            response = client.get(address)
            assert response.status_code == 200, (who, address)


def test_who_answers_is_shown_without_log_in_and_writes_nothing(made):
    before = AuditEvent.objects.count()
    page = made.client("anonymous").get(url("who"), {"area": made.area.public_id})
    assert "112" in page.content.decode()
    assert "1177" in page.content.decode()
    assert AuditEvent.objects.count() == before


def test_asking_leads_to_a_case_that_shows_where_it_stands(made):
    client = made.client("husband")
    answer = client.post(
        url("ask"),
        {
            "subject": "Vi behöver hjälp",
            "need": "visit",
            "urgency": "now",
            "reach": "phone",
            "phone": "070-174 06 06",
            "only_sender": "on",
        },
    )
    case = Case.objects.order_by("-pk").first()
    assert answer.status_code == 302
    assert (case.sender_relative, case.only_sender) == (made.things["husband"], True)
    assert "Vi behöver hjälp" in client.get(answer.url).content.decode()
    assert made.client("self").get(answer.url).status_code == 404


def test_a_text_of_fifty_thousand_characters_is_refused_and_kept_in_the_field(made):
    long = "å" * 50_000
    answer = made.client("husband").post(
        url("ask"), {"subject": "x", "need": "advice", "urgency": "today", "reach": "here", "body": long}
    )
    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert "50000" in answer.content.decode() or "50 000" in answer.content.decode()


def test_a_case_is_worked_from_its_page(made):
    case, alice, gp = made.things["case"], made.client("alice"), made.client("gp")
    do = url("case_do", case=case)
    soon = (clock.local_now() + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M")
    assert alice.post(do, {"act": "take"}).status_code == 302
    assert alice.post(do, {"act": "reply", "text": "Vi kommer."}).status_code == 302
    assert alice.post(do, {"act": "note", "text": "Bara vi."}).status_code == 302
    assert alice.post(do, {"act": "promise", "at": soon}).status_code == 302
    assert alice.post(do, {"act": "promise", "at": "2020-01-01T10:00"}).status_code == 422
    assert (
        alice.post(do, {"act": "hand", "unit": made.units["centre"].pk, "text": "Läkaren behövs."}).status_code == 302
    )
    assert alice.post(do, {"act": "close", "text": "klart"}).status_code == 409
    assert gp.post(do, {"act": "receive"}).status_code == 302
    assert alice.get(url("case", case=case)).status_code == 404, "the nurse's unit no longer has it"
    assert gp.post(do, {"act": "close", "text": "Ordnat."}).status_code == 302
    assert gp.post(do, {"act": "nonsense"}).status_code == 404
    page = made.client("husband").get(url("my_case", case=case)).content.decode()
    assert "Vi kommer." in page
    assert "Bara vi." not in page, "a note is for staff"


def test_search_is_posted_and_stands_in_no_address(made):
    client = made.client("alice")
    answer = client.post(url("case_search"), {"q": MARK})
    assert MARK not in answer.url
    assert MARK in client.get(answer.url).content.decode()
    client.post(url("case_search"), {"q": "finns inte alls"})
    assert "Inget ärende passar" in client.get(url("cases")).content.decode()


def test_a_list_is_one_entry_in_the_audit_and_a_refresh_none(made):
    client = made.client("alice")
    for _visit in range(3):
        client.get(url("cases"))
    assert AuditEvent.objects.filter(action="case.list").count() == 1


def test_the_queue_asks_the_same_number_of_questions_however_long_it_is(made):
    client = made.client("alice")

    def queries() -> int:
        client.get(url("cases"))
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(url("cases")).status_code == 200
        return len(found)

    few = queries()
    for _number in range(30):
        worlds.case(made)
    assert queries() <= few + 1
    assert few < 25


def test_the_week_and_the_person_ask_a_bounded_number_of_questions(made):
    for who, address, most in (
        ("alice", url("rota", rota=made.things["rota"]), 40),
        ("alice", url("coverage"), 25),
        ("husband", url("ask"), 30),
    ):
        client = made.client(who)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        assert len(found) <= most, (address, len(found))


def test_a_shift_is_checked_put_in_taken_away_and_put_back(made):
    client, rota = made.client("alice"), made.things["rota"]
    new = url("shift_new", rota=rota)
    good = {"starts_at": "2027-03-27T23:00", "ends_at": "2027-03-28T07:00", "who": "Vikarie", "number": "070-174 06 09"}
    assert client.post(new, {**good, "ends_at": "2027-03-27T07:00"}).status_code == 422
    assert client.post(new, {**good, "who": ""}).status_code == 422
    assert client.post(new, {**good, "vacant": "on"}).status_code == 422
    assert client.post(new, good).status_code == 302
    shift = RotaShift.objects.get(who="Vikarie")
    assert shift.ends_at - shift.starts_at == timedelta(hours=7), "the night when the clocks go forward"
    page = client.get(url("rota", rota=rota) + "?week=2027-03-22").content.decode()
    assert "Klockan ställs om" in page
    client.post(url("shift_remove", shift=shift))
    assert "Vikarie" not in client.get(url("rota", rota=rota) + "?week=2027-03-22").content.decode()
    client.post(url("shift_restore", shift=shift))
    shift.refresh_from_db()
    assert shift.removed_at is None


def test_a_file_is_tried_row_by_row_and_read_in_once(made):
    client, address = made.client("alice"), url("rota_import", rota=made.things["rota"])
    text = "från;till;vem;telefon\n2027-01-04 07.00;2027-01-04 16.00;Alice Test;\n"
    text += "2027-01-04 15.00;2027-01-04 22.00;Okänd Vikarie;070-174 06 09\n"
    bad = client.post(address, {"text": text + "x;y;z;\n", "name": "rota.csv", "commit": "1"})
    assert bad.status_code == 422
    assert RotaShift.objects.filter(source="rota.csv").count() == 0, "all rows or none"
    tried = client.post(address, {"text": text, "name": "rota.csv"})
    assert "Går in i ett annat pass" in tried.content.decode()
    assert RotaShift.objects.filter(source="rota.csv").count() == 0
    for _twice in range(2):
        client.post(address, {"text": text, "name": "rota.csv", "commit": "1"})
    assert RotaShift.objects.filter(source="rota.csv").count() == 2
    assert RotaShift.objects.get(source="rota.csv", who="").assignment == made.things["alice"]


def test_two_who_swap_twice_are_back_and_an_old_question_is_refused(made):
    t = made.things
    alice, gp = made.client("alice"), made.client("gp")
    start = t["shift"].starts_at
    assert gp.post(url("swap_accept", swap=t["swap"])).status_code == 302
    for shift in (t["shift"], t["other_shift"]):
        shift.refresh_from_db()
    assert t["shift"].assignment_id == made.actor("gp").assignment_id
    gp.post(url("swap_accept", swap=t["swap"]))
    gp.post(url("swap_ask", shift=t["shift"]), {"theirs": t["other_shift"].pk})
    again = SwapRequest.objects.filter(state="asked").get()
    alice.post(url("swap_accept", swap=again))
    t["shift"].refresh_from_db()
    assert (t["shift"].assignment, t["shift"].starts_at) == (t["alice"], start)
    t["shift"].version += 1
    t["shift"].save()
    stale = SwapRequest.objects.create(
        mine=t["shift"],
        theirs=t["other_shift"],
        asked_by=t["alice"],
        asked_id=made.actor("gp").assignment_id,
        mine_version=1,
        theirs_version=1,
    )
    gp.post(url("swap_accept", swap=stale))
    stale.refresh_from_db()
    assert stale.state == SwapRequest.State.OUTDATED


def test_coverage_shows_holes_what_changed_and_the_file(made, capsys):
    with clock.frozen(clock.now() - timedelta(days=8)):
        coverage.take_snapshot()
        assert coverage.take_snapshot() is None, "once a day"
    assert CoverageSnapshot.objects.count() == 1
    worlds.every_day(worlds.rota(made, "nursing", "doctor"))
    client = made.client("alice")
    page = client.get(url("coverage")).content.decode()
    assert "täckt" in page
    assert "ingen enhet har tagit på sig det" in page.lower()
    file = client.post(url("coverage_export"))
    assert file.status_code == 200
    assert "Heby;Kris" in file.content.decode()
    call_command("coverage", weeks=2)
    assert "Heby, kris" in capsys.readouterr().out


def test_the_board_parts_are_drawn_for_those_who_may_and_for_nobody_else(made, rf):
    from samband.ui.slots import parts_for

    def drawn(slot: str, who: str, **knows) -> str:
        request = made.client(who).get(url("who")).wsgi_request
        request.actor = made.actor(who)
        return "".join(parts_for(slot, request, **knows))

    assert url("tonight") in drawn("board.side", "alice", area=made.area)
    board = made.client("alice").get(url("tonight")).content.decode()
    assert "I kväll och i natt" in board
    assert MARK in board
    assert MARK not in made.client("stranger").get(url("tonight")).content.decode()
    assert drawn("board.side", "self") == ""
    now = url("person_now", person=made.person)
    assert now in drawn("person.side", "alice", person=made.person)
    assert "Svarar nu" in made.client("alice").get(now).content.decode()
    assert drawn("person.side", "stranger", person=made.person) == ""
    assert "Skriv i stället" in drawn("own.help", "self", person=made.person)
    assert drawn("own.help", "strange_person", person=made.person) == ""
