"""The page that reads a document in: who may, tried first, then kept; and the command."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from samband.regions.models import Source, Statement
from tests.regions.document import TEXT
from tests.regions.worlds import leader

pytestmark = pytest.mark.django_db


def a_file(content: bytes = TEXT.encode(), name: str = "påhittat.txt"):
    return SimpleUploadedFile(name, content, "text/plain")


@pytest.fixture
def browser(world):
    leader(world)
    return world.client("leader")


@pytest.mark.parametrize("name", ["alice", "stranger", "coordinator"])
def test_only_those_who_keep_the_material(world, name):
    assert world.client(name).get(reverse("regions:import")).status_code == 403


def test_tried_then_kept_then_told_that_it_is_there(browser, django_assert_max_num_queries):
    url = reverse("regions:import")
    with django_assert_max_num_queries(40):
        page = browser.post(url, {"file": a_file()})
    said = page.content.decode()
    assert page.status_code == 200
    assert "Ingen av de 21 regionerna heter så" in said
    assert Source.objects.count() == 0
    kept = browser.post(url, {"text": page.context["text"].replace("\n", "\r\n"), "name": page.context["name"]})
    assert kept.status_code == 302
    assert Statement.objects.exists()
    again = browser.post(url, {"file": a_file()})
    assert "redan inläst" in again.content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.4 x", "PDF"),
        (b"", "tom"),
        (b"hej", "Dokumentet har inte den form som"),
        (TEXT.encode("latin-1", "replace"), "UTF-8"),
        (b"x" * 2_100_000, "stor"),
    ],
)
def test_another_file_is_answered_at_its_field(browser, content, said):
    page = browser.post(reverse("regions:import"), {"file": a_file(content)})
    assert page.status_code in (413, 422)
    assert said in page.content.decode()
    assert Source.objects.count() == 0


@pytest.mark.parametrize(
    "values", [{"text": "hej"}, {"text": TEXT, "as_of": "2999-01-01"}, {"text": TEXT, "as_of": "x"}, {}]
)
def test_what_is_sent_by_hand_is_refused_too(browser, values):
    assert browser.post(reverse("regions:import"), values).status_code == 422
    assert Source.objects.count() == 0


def command(*args: str) -> str:
    out = StringIO()
    call_command("regions", *args, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_reads_writes_json_and_says_so_once(tmp_path):
    file, out = tmp_path / "a.txt", tmp_path / "out.json"
    file.write_text(TEXT, encoding="utf-8")
    assert "Nothing was kept" in command("import", str(file), "--dry-run")
    assert Source.objects.count() == 0
    assert "3 regions" in command("import", str(file), "--json", str(out), "--as-of", "2021-01-01")
    assert str(Source.objects.get().as_of) == "2021-01-01"
    assert len(json.loads(out.read_text())["regions"]) == 3
    assert "Nothing was changed" in command("import", str(file))


@pytest.mark.parametrize(
    "args", [["import"], ["import", "/nowhere.txt"], ["import", "{empty}"], ["import", "{empty}", "--as-of", "igår"]]
)
def test_the_command_says_what_it_expected(tmp_path, args):
    (tmp_path / "empty").write_bytes(b"")
    with pytest.raises(CommandError):
        command(*[arg.format(empty=tmp_path / "empty") for arg in args])
