"""Worksheets as pages and files: who may, what is kept of what was typed; and a private step is nowhere but with its author."""

import io
import json
import zipfile
from xml.etree import ElementTree

import pytest
from django.urls import get_resolver, reverse

from samband.core import clock
from samband.dialogue.models import NextStep, Outcome, Sheet, Sitting, StatementAnswer
from samband.dialogue.services import sheets, sheets_steps
from samband.dialogue.services.sheets_answering import Given
from tests.dialogue.sheets_world import SECRET, a_sheet, a_sitting, a_step, answered, fill, member, with_leader

pytestmark = pytest.mark.django_db
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def to(name, *things, **more):
    return reverse(
        f"dialogue:{name}", args=[getattr(thing, "public_id", thing) for thing in things], kwargs=more or None
    )


def closed(world, **more):
    """A closed sitting of six with one private step and one shared."""
    sitting = a_sitting(**more)
    fill(world, sitting)
    a_step(world, "alice", sitting, due_on=clock.today())
    a_step(world, "bob", sitting, text="=Delat steg", shared="unsigned")
    sheets_steps.remind_due()
    sheets.close(with_leader(world).actor("leader"), sitting)
    sitting.refresh_from_db()
    return sitting


@pytest.fixture(scope="module")
def form():
    return {"year": "2026", "period": "våren", "organization": "", "closes_on": ""}


def test_a_leader_writes_a_sheet_and_opens_it_without_code(world, form):
    client = with_leader(world).client("leader")
    assert client.post(to("sheet_new"), {"name": ""}).status_code == 422
    made = client.post(to("sheet_new"), {"name": "Vårt blad", "shipped": "forbattringskunskap"})
    sheet = Sheet.objects.get()
    assert made["Location"] == to("sheet_draft", sheet)
    assert client.get(to("sheet_draft", sheet)).status_code == 200
    lines = {
        "lock": "1",
        "0-key": "a",
        "0-group": "G",
        "0-text": "Ett",
        "0-order": "2",
        "1-key": "",
        "1-text": "Två",
        "1-order": "1",
    }
    late = client.post(to("sheet_draft", sheet), {**lines, "lock": "9"})
    assert late.status_code == 422
    assert "Två" in late.content.decode()
    assert client.post(to("sheet_draft", sheet), {**lines, "0-text": "x" * 501}).status_code == 422
    assert client.post(to("sheet_draft", sheet), {**lines, "act": "publish"}).status_code == 302
    assert [s.text for s in sheet.versions.get().statements.all()] == ["Två", "Ett"]
    assert client.post(to("sheet_open", sheet), {**form, "year": "1"}).status_code == 422
    assert client.post(to("sheet_open", sheet), form).status_code == 302
    assert client.post(to("sheet_open", sheet), form).status_code == 422
    assert client.post(to("sheet_name", sheet), {"name": "Bladet", "about": ""}).status_code == 302
    client.post(to("sheet_retire", sheet), {"on": "1"})
    assert "Bladet vilar" in client.get(to("sheet", sheet)).content.decode()
    assert client.post(to("sitting_close", Sitting.objects.get())).status_code == 302


@pytest.mark.parametrize("name", ["sheet_new", "sheet_draft", "sheet_open", "sheet_name"])
def test_others_do_not_keep_sheets(world, name):
    args = [] if name == "sheet_new" else [a_sheet()]
    assert world.client("alice").get(to(name, *args)).status_code in (403, 404)


def test_answered_on_the_page_and_by_itself(world):
    sitting, client = a_sitting(), world.client("alice")
    page = client.get(to("sitting", sitting)).content.decode()
    assert "Vi har en plan." in page
    filled = {
        "lock": "0",
        "plan-today": "2",
        "plan-wanted": "4",
        "tid-step": f"Ring {SECRET}",
        "tid-due_on": "2026-12-01",
    }
    saved = client.post(to("sitting_save", sitting), filled).content.decode()
    assert "Sparat" in saved
    assert 'value="1"' in saved
    assert client.post(to("sitting", sitting), {**filled, "lock": "1", "plan-today": "3"}).status_code == 302
    assert StatementAnswer.objects.get().today == 3
    assert NextStep.objects.get().text == f"Ring {SECRET}"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"plan-today": "6"}, "Välj"), ({"tid-due_on": "2026-13-40", "tid-step": "x"}, "giltigt datum"),
        ({"tid-due_on": "2026-12-01"}, "ta bort dagen"), ({"plan-today_text": "x" * 1001}, "1000"), ({"lock": "8"}, "annat fönster"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(world, wrong, says):
    sitting, client = a_sitting(), world.client("alice")
    client.post(to("sitting_save", sitting), {"lock": "0", "plan-today": "1"})
    typed = {"lock": "1", "ihop-wanted_text": "Detta är kvar", **wrong}
    page = client.post(to("sitting", sitting), typed)
    assert page.status_code in (409, 422)
    assert "Detta är kvar" in page.content.decode()
    assert says in page.content.decode()
    assert not StatementAnswer.objects.filter(wanted_text__gt="").exists()
    assert "Sparat" not in client.post(to("sitting_save", sitting), typed).content.decode()


def test_a_closed_sheet_leads_to_its_result_and_an_open_one_has_none(world):
    sitting, client = a_sitting(), world.client("alice")
    assert "när bladet är stängt" in client.get(to("sitting_result", sitting)).content.decode()
    assert client.get(to("sitting_export", sitting, "csv")).status_code == 302
    Sitting.objects.update(status="closed")
    assert client.get(to("sitting", sitting))["Location"] == to("sitting_result", sitting)
    assert client.post(to("sitting_save", sitting), {"plan-today": "1"}).content.decode().count("stängt") == 1


def test_pages_ask_a_bounded_number_of_questions(world, django_assert_max_num_queries):
    sitting = closed(world)
    for n in range(12):
        a_sitting(a_sheet(f"Blad {n}"))
    client = world.client("alice")
    for url in (
        to("sheets"),
        to("sitting_result", sitting),
        to("sheet", a_sheet()),
        to("steps"),
        to("sitting", Sitting.objects.filter(status="open")[0]),
    ):
        client.get(url)
        with django_assert_max_num_queries(34):
            assert client.get(url).status_code == 200


def test_another_organizations_sitting_does_not_exist(world):
    sitting = a_sitting(organization=world.units["elsewhere"].organization)
    client = world.client("alice")
    for name in ("sitting", "sitting_result", "sitting_blank"):
        assert client.get(to(name, sitting)).status_code == 404
    assert "Provblad, 2026" not in client.get(to("sheets")).content.decode()
    assert world.client("stranger").get(to("sitting", sitting)).status_code == 200


def every_page(sitting, step):
    """Each address of the module, with what it is about."""
    known = {"sheet": sitting.version.sheet.public_id, "sitting": sitting.public_id, "nextstep": step.public_id}
    for name, (patterns, *_more) in get_resolver().namespace_dict["dialogue"][1].reverse_dict.items():
        if not isinstance(name, str):
            continue
        _route, parameters = patterns[0]
        for form in ("csv", "json", "docx", "pdf") if "file_form" in parameters else ("",):
            values = {**known, "file_form": form}
            if set(parameters) <= values.keys():
                yield name, reverse(f"dialogue:{name}", kwargs={p: values[p] for p in parameters})


@pytest.mark.parametrize("who", ["bob", "gp", "leader", "administrator", "reviewer", "stranger", "self", "anonymous"])
def test_a_private_step_is_nowhere(world, who):
    """No page, no file, no notice; and the page of the step itself is as one of nobody's."""
    sitting = closed(world)
    step = NextStep.objects.get(shared="")
    client = world.client(who)
    pages = [*every_page(sitting, step), ("inbox", "/inbox/"), ("log", "/review/")]
    assert len(pages) > 15
    for name, url in pages:
        for way in (client.get, client.post):
            answer = way(url)
            body = b"".join(answer) if answer.streaming else answer.content
            if "docx" in url and answer.status_code == 200:
                body = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml")
            assert SECRET.encode() not in body, (who, name)
            assert str(step.public_id).encode() not in body.replace(url.encode(), b""), (who, name)
        if name.startswith("step") and name != "steps":
            assert client.get(url).status_code in (302, 403, 404, 405)
    step.refresh_from_db()
    assert (step.text, step.status, step.shared) == (f"Fråga chefen {SECRET}", "open", "")


def test_no_number_of_steps_is_told(world):
    """With a private step more, every page that others read is the same."""
    sitting = closed(world)
    client = world.client("leader")

    def pages():
        return [
            client.get(url).content.decode().split("<main")[-1]
            for url in (to("sitting_result", sitting), to("sheets"), to("sheet", sitting.version.sheet), to("outcomes"))
        ] + [client.get(to("sitting_export", sitting, "json")).content]

    import re

    before = [re.sub(r'csrf\w*" value="\w+"', "", str(page)) for page in pages()]
    a_step(world, "gp", sitting)
    assert [re.sub(r'csrf\w*" value="\w+"', "", str(page)) for page in pages()] == before


def test_ones_own_steps_are_changed_done_undone_and_removed(world):
    step, client = a_step(world), world.client("alice")
    assert SECRET in client.get(to("steps")).content.decode()
    assert client.get(to("step", step)).status_code == 200
    assert client.post(to("step", step), {"lock": 1, "text": ""}).status_code == 422
    assert client.post(to("step", step), {"lock": 1, "text": "Annat", "shared": "signed"}).status_code == 302
    assert client.post(to("step", step), {"lock": 1, "text": "Sent"}).status_code == 422
    client.post(to("step_do", step), {"act": "done"})
    assert "Klart" in client.get(to("steps")).content.decode()
    client.post(to("step_undo", step))
    client.post(to("step_do", step), {"act": "changed", "became": "Ett möte"})
    step.refresh_from_db()
    assert (step.status, step.became) == ("changed", "Ett möte")
    client.post(to("step_do", step), {"act": "strunt"})
    client.post(to("step_do", step), {"act": "remove"})
    assert not NextStep.objects.exists()


def test_a_shared_step_is_taken_up_as_a_commitment(world):
    sitting = closed(world)
    step = NextStep.objects.get(shared="unsigned")
    client = world.client("leader")
    url = f"{to('sitting_pick', sitting)}?step={step.public_id}"
    assert "=Delat steg" in client.get(url).content.decode()
    assert client.post(url, {"kind": "commitment", "text": "x"}).status_code == 422
    done = client.post(url, {"kind": "commitment", "text": "Delat steg", "unit": str(world.units["centre"].public_id)})
    assert done.status_code == 302
    row = Outcome.objects.get()
    assert (row.origin, row.origin_kind, row.said_by) == (sitting.public_id, "sheet", "")
    private = NextStep.objects.get(shared="")
    assert client.get(f"{to('sitting_pick', sitting)}?step={private.public_id}").status_code == 404
    assert world.client("alice").get(url).status_code in (403, 404)


def test_the_files_tell_the_same_as_the_page_and_run_nothing(world):
    sitting = closed(world)
    lone = member(world, world.units["centre"], "physician")
    Sitting.objects.filter(pk=sitting.pk).update(status="open")
    answered(lone, sitting, plan=Given(today=1, wanted=5, today_text="<b>=1+1</b>\x0b", texts_shared=True))
    Sitting.objects.filter(pk=sitting.pk).update(status="closed")
    client = world.client("alice")
    files = {form: client.get(to("sitting_export", sitting, form)) for form in ("csv", "json", "docx", "pdf")}
    assert {answer.status_code for answer in files.values()} == {200}
    table = files["csv"].content.decode("utf-8-sig")
    assert "Vi har en plan." in table
    data = json.loads(files["json"].content)
    assert (data["answered"], data["statements"][0]["all"]["n"], data["statements"][1]["all"]) == (7, 7, None)
    assert data["statements"][0]["roles"] == []
    assert [step["text"] for step in data["shared_steps"]] == ["=Delat steg"]
    word = zipfile.ZipFile(io.BytesIO(files["docx"].content))
    for name in word.namelist():
        ElementTree.fromstring(word.read(name))
    body = ElementTree.fromstring(word.read("word/document.xml"))
    text = "".join(node.text or "" for node in body.iter(f"{W}t"))
    assert "<b>=1+1</b>" in text
    assert len(list(body.iter(f"{W}tblHeader"))) >= 1
    assert files["pdf"].content.startswith(b"%PDF")
    assert client.get(to("sitting_export", sitting, "exe")).status_code == 404
    assert client.get(to("sitting_blank", sitting)).content.startswith(b"%PDF")
