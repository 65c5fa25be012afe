"""From file to rows: what is entered, what is reported, what stays out."""

import os
from datetime import date, timedelta

import pytest

from samband.access.models import CareRelation
from samband.core import clock
from samband.core.models import AuditEvent, AuditSubject
from samband.people.models import Assignment, ImportRun, OpeningHours, Person, Staff, Unit
from samband.people.services.imports import runs
from samband.people.services.imports.reader import ImportProblem, spoken
from tests.people.files import ADMIN, HEAD, checked, committed, number, persons_csv, received

pytestmark = pytest.mark.django_db


def told(run: ImportRun) -> list[tuple[int, str, str]]:
    return [(entry["line"], entry["column"], spoken(entry)) for entry in run.report]


def test_a_dry_run_changes_nothing():
    run = checked("persons", persons_csv(3))
    assert (run.status, run.rows_total, run.rows_new) == ("checked", 3, 3)
    assert Person.objects.count() == 0


def test_a_commit_enters_all_rows_with_keys_for_search_and_order():
    run = committed("persons", persons_csv(1200))
    assert run.status == "done"
    assert Person.objects.count() == 1200
    person = Person.objects.get(identity_number=number(7))
    assert person.search_name == " förnamn7 åström7"
    assert person.sort_name.startswith("zzastr")
    assert not run.path.exists()


def test_the_audit_knows_every_imported_person_and_who_asked():
    run = committed("persons", persons_csv(4))
    event = AuditEvent.objects.get(action="import.run")
    assert event.actor_name == ADMIN.name
    assert event.thing.endswith(str(run.public_id))
    assert AuditSubject.objects.filter(event=event).count() == 4


def test_a_known_number_is_left_alone_and_nothing_about_it_is_told(world):
    person = world.person
    before = Person.objects.filter(pk=person.pk).values().get()
    run = committed("persons", f"{HEAD}\n{person.identity_number};Annat;Namn\n{number(1)};Ny;Person\n")
    assert told(run) == [(2, "", "Redan känd, inget ändrat.")]
    assert (run.rows_new, run.rows_known) == (1, 1)
    assert Person.objects.filter(pk=person.pk).values().get() == before


def test_a_unit_in_the_row_starts_the_care_relation(world):
    unit = world.units["nursing"]
    committed("persons", f"{HEAD};Enhet;Område\n{number(1)};Ny;Person;{unit.hsa_id};Heby\n")
    relation = CareRelation.objects.get(person__identity_number=number(1))
    assert relation.unit == unit
    assert relation.reason


@pytest.mark.parametrize(
    ("header", "row", "column", "says"),
    [
        ("", "19470312-2381;A;B", "Personnummer", "Kontrollsiffran"),
        ("", "19470231K001;A;B", "Personnummer", "finns inte"),
        ("", ";A;B", "Personnummer", "Saknas"),
        ("", "N;;B", "Förnamn", "Saknas"),
        ("", "N;A", "", "2 kolumner"),
        ("", f"N;{'A' * 101};B", "Förnamn", "Högst 100"),
        (";Område", "N;A;B;Atlantis", "Område", "Atlantis"),
        (";Enhet", "N;A;B;SE0000000009-X", "Enhet", "finns inte i Samband"),
        (";Tolk", "N;A;B;kanske", "Tolk", "ja eller nej"),
        (";Språk", "N;A;B;svenska", "Språk", "två eller tre"),
        (";Skyddade uppgifter", "N;A;B;lite", "Skyddade uppgifter", "nej, sekretessmarkering"),
        (";Postnummer", "N;A;B;7440", "Postnummer", "fem siffror"),
        (";Telefon", "N;A;B;ring mig", "Telefon", "siffror"),
        (";Latitud", "N;A;B;norr", "Latitud", "grader"),
        (";Latitud", "N;A;B;91", "Latitud", "grader"),
    ],
)
def test_a_wrong_row_says_line_column_and_what_was_expected(header, row, column, says):
    run = checked("persons", f"{HEAD}{header}\n{row.replace('N;', number(1) + ';', 1)}\n")
    assert run.rows_wrong == 1
    assert not run.committable
    line, found, sentence = told(run)[0]
    assert (line, found) == (2, column)
    assert says in sentence


def test_a_number_twice_in_the_file_points_to_the_first():
    run = checked("persons", f"{HEAD}\n{number(1)};A;B\n{number(2)};C;D\n{number(1)};A;B\n")
    assert told(run) == [(4, "Personnummer", "Står redan på rad 2 i filen.")]


def test_one_wrong_row_keeps_all_out():
    run = checked("persons", persons_csv(10) + "x;y;z\n")
    assert not runs.begin_commit(run, ADMIN)
    assert Person.objects.count() == 0


def test_what_changed_since_the_dry_run_stops_the_commit(world):
    unit = world.units["school"]
    run = checked("persons", f"{HEAD};Enhet\n{number(1)};A;B;{unit.hsa_id}\n")
    Unit.objects.filter(pk=unit.pk).update(closed_from=clock.today())
    assert runs.begin_commit(run, ADMIN)
    runs.commit(run)
    assert (run.status, run.rows_wrong) == ("checked", 1)
    assert not Person.objects.filter(identity_number=number(1)).exists()


def test_the_report_keeps_faults_before_rows_already_known():
    committed("persons", persons_csv(600))
    run = checked("persons", persons_csv(600) + "x;y;z\n")
    assert run.report[0]["level"] == "fault"
    assert len(run.report) == 500
    assert (run.rows_known, run.rows_wrong) == (600, 1)


def test_a_file_above_the_limit_is_refused_and_not_kept(settings, uploads):
    settings.UPLOAD_MAX_BYTES = 2 * 1024 * 1024
    taken = []

    def pieces():
        for _ in range(100):
            taken.append(1)
            yield b"x" * 1024 * 1024

    with pytest.raises(ImportProblem, match="större än"):
        runs.receive("persons", "stor.csv", pieces(), ADMIN)
    assert len(taken) == 3
    assert not list(uploads.rglob("*.csv"))
    assert not ImportRun.objects.exists()


def test_a_file_that_cannot_be_read_fails_with_its_sentence():
    run = checked("persons", "Personnummer;Förnamn;Efternamn\nx;Åke;y".encode("latin-1"))
    assert run.status == "failed"
    assert "Rad 1, byte 15" in spoken(run.problem)


def test_units_with_hours(world):
    org = world.units["nursing"].organization
    head = "HSA-id;Organisation;Namn;Slag;Öppettider"
    committed(
        "units",
        f"{head}\nSE0000000001-A;{org.hsa_id};Åsens vårdcentral;Vårdcentral;mån–fre 08.00–17.00\n"
        f"SE0000000001-B;{org.hsa_id};Jouren;on_call;dygnet runt\n",
    )
    unit = Unit.objects.get(hsa_id="SE0000000001-A")
    assert OpeningHours.objects.filter(unit=unit).count() == 5
    assert unit.sort_name.startswith("zza")
    assert Unit.objects.get(hsa_id="SE0000000001-B").always_open


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("SE1-A;ORG;A;Vårdcentral;", "HSA-id", "HSA-id"),
        ("SE0000000001-A;SE0000000009-Z;A;Vårdcentral;", "Organisation", "finns inte"),
        ("SE0000000001-A;ORG;A;Kiosk;", "Slag", "Vårdcentral, Hemsjukvård"),
        ("SE0000000001-A;ORG;A;Vårdcentral;alltid", "Öppettider", "mån–fre"),
        ("SE0000000001-A;ORG;A;Vårdcentral;mån 17–08", "Öppettider", "efter öppningstiden"),
    ],
)
def test_wrong_units(world, row, column, says):
    row = row.replace("ORG", world.units["nursing"].organization.hsa_id)
    run = checked("units", f"HSA-id;Organisation;Namn;Slag;Öppettider\n{row}\n")
    assert [(c, says in s) for _, c, s in told(run)] == [(column, True)]


def test_staff_with_two_assignments(world):
    one, two = world.units["nursing"].hsa_id, world.units["help"].hsa_id
    head = "HSA-id;Förnamn;Efternamn;Enhet;Roll;Titel;Från;Till och med"
    rows = (
        f"SE0000000001-P1;Åsa;Öhman;{one};Sjuksköterska;Sjuksköterska;2026-01-01;\n"
        f"SE0000000001-P1;Åsa;Öhman;{two};Samordnare;Samordnare;;2027-01-31\n"
    )
    committed("staff", f"{head}\n{rows}")
    staff = Staff.objects.get(hsa_id="SE0000000001-P1")
    assert staff.assignments.count() == 2
    assert Assignment.objects.get(staff=staff, unit__hsa_id=two).ends_on == date(2027, 1, 31)
    again = checked("staff", f"{head}\n{rows.splitlines()[0]}\n")
    assert (again.rows_known, again.rows_new) == (1, 0)


@pytest.mark.parametrize(
    ("starts", "ends", "column", "says"),
    [
        ("2026-02-30", "", "Från", "finns inte"),
        ("1/2 2026", "", "Från", "ÅÅÅÅ-MM-DD"),
        ("2026-02-01", "2026-01-01", "Till och med", "före"),
    ],
)
def test_dates_that_do_not_exist(world, starts, ends, column, says):
    unit = world.units["nursing"].hsa_id
    head = "HSA-id;Förnamn;Efternamn;Enhet;Roll;Titel;Från;Till och med"
    run = checked("staff", f"{head}\nSE0000000001-P1;A;B;{unit};nurse;T;{starts};{ends}\n")
    assert [(c, says in s) for _, c, s in told(run)] == [(column, True)]


def test_two_workers_cannot_take_the_same_run():
    run = received("persons", persons_csv(2))
    assert runs.claim(run, "uploaded")
    assert not runs.claim(run, "uploaded")


def test_a_run_of_a_dead_process_is_marked_and_can_be_started_again():
    run = checked("persons", persons_csv(2))
    runs.begin_commit(run, ADMIN)
    ImportRun.objects.filter(pk=run.pk).update(worker="annan-maskin:4711", beat_at=clock.now() - timedelta(minutes=5))
    assert runs.mark_interrupted() == 1
    run.refresh_from_db()
    assert run.status == "interrupted"
    assert runs.again(run, ADMIN)
    assert runs.commit(run).status == "done"
    assert Person.objects.count() == 2


def test_a_living_run_is_left_alone():
    run = received("persons", persons_csv(2))
    runs.claim(run, "uploaded")
    assert runs.mark_interrupted() == 0


def test_a_file_nobody_committed_is_dropped_after_a_week():
    run = checked("persons", persons_csv(1))
    assert runs.drop_old_files() == 0
    old = (clock.now() - timedelta(days=8)).timestamp()
    os.utime(run.path, (old, old))
    assert runs.drop_old_files() == 1
    assert not run.path.exists()
    assert not runs.again(run, ADMIN)
