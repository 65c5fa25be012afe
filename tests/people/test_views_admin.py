"""Units, staff and import as web pages."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from samband.people.models import Assignment, ImportRun, Organization, Person, Staff, Unit
from samband.people.services.imports import runs
from tests.people.files import checked, persons_csv

pytestmark = pytest.mark.django_db
IMPORTS = reverse("people:imports")


def work() -> None:
    """What the worker does with what waits, in the test's own transaction."""
    for row in DBTaskResult.objects.ready():
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        row.delete()


def unit_sent(unit: Unit, **more) -> dict:
    sent = {
        "organization": unit.organization_id,
        "name": unit.name,
        "kind": unit.kind,
        "hsa_id": unit.hsa_id,
        "phone": unit.phone,
    }
    return sent | more


def edit_unit(world, who="administrator", **more):
    unit = world.units["nursing"]
    client = world.client(who)
    url = reverse("people:unit_edit", kwargs={"unit": unit.public_id})
    shown = client.get(url)
    outcome = shown.context["outcome"] if shown.status_code == 200 else None
    lock = {"seen": outcome.seen, "base": outcome.base} if outcome else {}
    return client.post(url, unit_sent(unit, **lock) | more)


def test_hours_are_written_as_people_write_them(world):
    assert edit_unit(world, day_0="08.00–12.00, 13–17", day_5="10-14").status_code == 302
    hours = world.units["nursing"].hours
    assert hours.count() == 3
    text = (
        world.client("alice")
        .get(reverse("people:unit", kwargs={"unit": world.units["nursing"].public_id}))
        .content.decode()
    )
    assert "08.00–12.00, 13.00–17.00" in text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"day_0": "17–08"}, "day_0"),
        ({"day_0": "förmiddag"}, "day_0"),
        ({"day_0": "8–17", "always_open": "on"}, "always_open"),
        ({"hsa_id": "SE1"}, "hsa_id"),
        ({"phone": "x"}, "phone"),
        ({"name": ""}, "name"),
    ],
)
def test_wrong_units_are_answered_at_their_field(world, sent, field):
    response = edit_unit(world, **sent)
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_a_hsa_id_in_use_is_refused(world):
    response = edit_unit(world, hsa_id=world.units["help"].hsa_id)
    assert response.status_code == 422


@pytest.mark.parametrize("who", ["alice", "coordinator", "self", "husband", "teacher"])
def test_only_administrators_change_units_and_staff(world, who):
    assert edit_unit(world, who).status_code in (403, 404)
    for name in (
        "people:staff_list",
        "people:staff_new",
        "people:unit_new",
        "people:organization_new",
        "people:imports",
    ):
        assert world.client(who).get(reverse(name)).status_code == 403


def test_all_staff_see_units(world):
    text = world.client("alice").get(reverse("people:units")).content.decode()
    assert "Annan hemsjukvård" in text
    assert "öppettid saknas" in text
    assert world.client("self").get(reverse("people:units")).status_code == 403


def test_the_list_of_units_has_bounded_questions(world, django_assert_max_num_queries):
    client = world.client("alice")
    with django_assert_max_num_queries(13):
        client.get(reverse("people:units"))


def test_staff_and_assignments(world):
    client = world.client("administrator")
    sent = {"given_name": "Åsa", "family_name": "Öhman", "hsa_id": "SE0000000001-P9", "seen": "new"}
    assert client.post(reverse("people:staff_new"), sent).status_code == 302
    staff = Staff.objects.get(hsa_id="SE0000000001-P9")
    url = reverse("people:assignment_new", kwargs={"staff": staff.public_id})
    one, two = world.units["nursing"], world.units["help"]
    sent = {
        "unit": one.pk,
        "role": "nurse",
        "title": "Sjuksköterska",
        "covers": [two.pk],
        "starts_on": "2026-01-01",
        "seen": "new",
    }
    assert client.post(url, sent).status_code == 302
    assignment = Assignment.objects.get(staff=staff)
    assert list(assignment.covers.all()) == [two]
    wrong = client.post(url, sent | {"ends_on": "2025-01-01"})
    assert "ends_on" in wrong.context["form"].errors
    assert client.get(reverse("people:staff_list")).status_code == 200
    assert client.get(reverse("people:staff", kwargs={"staff": staff.public_id})).status_code == 200
    edit = reverse("people:assignment_edit", kwargs={"assignment": assignment.public_id})
    lock = client.get(edit).context["outcome"]
    assert client.post(edit, sent | {"ends_on": "2026-12-31", "seen": lock.seen, "base": lock.base}).status_code == 302
    assignment.refresh_from_db()
    assert str(assignment.ends_on) == "2026-12-31"


def test_organizations(world):
    client = world.client("administrator")
    sent = {
        "name": "Öhns kommun",
        "kind": "municipality",
        "hsa_id": "SE0000000001-O9",
        "org_number": "123",
        "seen": "new",
    }
    assert client.post(reverse("people:organization_new"), sent).status_code == 422
    assert client.post(reverse("people:organization_new"), sent | {"org_number": ""}).status_code == 302
    assert Organization.objects.filter(name="Öhns kommun").exists()


def upload(world, content: bytes, kind="persons", name="p.csv", who="administrator"):
    return world.client(who).post(IMPORTS, {"kind": kind, "file": SimpleUploadedFile(name, content)})


def test_from_file_to_rows_through_the_web(world):
    client = world.client("administrator")
    response = upload(world, persons_csv(3).encode())
    run = ImportRun.objects.get()
    page = reverse("people:import", kwargs={"run": run.public_id})
    assert response["Location"] == page
    assert "Provkör" in client.get(page).content.decode()
    work()
    assert "3 nya rader kan läsas in" in client.get(page).content.decode()
    client.post(reverse("people:import_commit", kwargs={"run": run.public_id}))
    work()
    text = client.get(page).content.decode()
    assert "3 nya rader är inlästa" in text
    assert Person.objects.filter(family_name__startswith="Åström").count() == 3


def test_the_report_shows_line_column_and_what_was_expected(world):
    run = checked("persons", "Personnummer;Förnamn;Efternamn\n19470312-2381;A;B\n")
    text = world.client("administrator").get(reverse("people:import", kwargs={"run": run.public_id})).content.decode()
    assert "Kontrollsiffran stämmer inte" in text
    assert "1 rad behöver rättas" in text


def test_a_file_of_100_mb_is_refused_before_it_is_parsed(world):
    class Huge(BytesIO):
        """Ten bytes at a time would be too slow; a hundred megabytes of nothing, counted."""

        read_bytes = 0

        def read(self, size=-1):
            assert 0 < size <= 1024 * 1024
            self.read_bytes += size
            return b"x" * size

    length = 100 * 1024 * 1024
    body = Huge()
    client = world.client("administrator")
    response = client.generic(
        "POST",
        IMPORTS,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(length),
        **{"wsgi.input": body},
    )
    assert response.status_code == 413
    assert "större än 20 MB" in response.content.decode()
    assert not ImportRun.objects.exists()


def test_a_file_just_above_the_limit_is_refused_too(world, settings, uploads):
    settings.UPLOAD_MAX_BYTES = 1000
    response = upload(world, b"x" * 1500)
    assert response.status_code == 413
    assert not ImportRun.objects.exists()
    assert not list(uploads.rglob("*.csv"))


def test_the_upload_wants_its_token(world):
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client("administrator").cookies
    response = client.post(IMPORTS, {"kind": "persons", "file": SimpleUploadedFile("p.csv", b"x")})
    assert response.status_code == 403
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"kind": "persons"}, {"kind": "everything", "file": SimpleUploadedFile("p.csv", b"x")}]
)
def test_an_incomplete_form_is_answered(world, sent):
    assert world.client("administrator").post(IMPORTS, sent).status_code == 422


def test_an_interrupted_run_is_started_again_and_another_thrown_away(world):
    client = world.client("administrator")
    run = checked("persons", persons_csv(2))
    runs.begin_commit(run, world.actor("administrator"))
    ImportRun.objects.filter(pk=run.pk).update(status="interrupted")
    page = reverse("people:import", kwargs={"run": run.public_id})
    assert "Börja om" in client.get(page).content.decode()
    client.post(reverse("people:import_again", kwargs={"run": run.public_id}))
    work()
    assert Person.objects.filter(family_name__startswith="Åström").count() == 2
    other = checked("persons", persons_csv(2, start=50))
    client.post(reverse("people:import_drop", kwargs={"run": other.public_id}))
    assert not ImportRun.objects.filter(pk=other.pk).exists()
    assert not other.path.exists()


@pytest.mark.parametrize("kind", ["persons", "units", "staff"])
def test_templates_can_be_fetched(world, kind):
    response = world.client("administrator").get(reverse("people:import_template", kwargs={"import_kind": kind}))
    assert response["Content-Type"].startswith("text/csv")
    assert response.content.startswith(b"\xef\xbb\xbf")


def test_the_command_is_a_dry_run_until_told_otherwise(tmp_path, capsys):
    file = tmp_path / "personer.csv"
    file.write_text(persons_csv(5))
    call_command("import", "persons", str(file))
    assert "5 rader: 5 nya" in capsys.readouterr().out
    assert Person.objects.count() == 0
    call_command("import", "persons", str(file), "--commit")
    assert Person.objects.count() == 5
    call_command("import", "persons", str(file), "--commit")
    assert "Inget nytt" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "tom"), (b"\xff\xfe", "UTF-16"), (b"Personnummer;F\xf6rnamn\n", "byte 15"), (b"x", "inte finns")],
)
def test_the_command_says_what_is_wrong_and_ends_red(tmp_path, content, says):
    file = tmp_path / "fel.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=says):
        call_command("import", "persons", str(file), "--commit")


def test_the_command_lists_wrong_rows(tmp_path, capsys):
    file = tmp_path / "fel.csv"
    file.write_text("Personnummer;Förnamn;Efternamn\n1;A;B\n")
    with pytest.raises(CommandError, match="Rätta"):
        call_command("import", "persons", str(file), "--commit")
    assert "rad 2, Personnummer" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("import", "persons", str(tmp_path / "finns-inte.csv"))
