"""The pages of worth: list, new, progress, report, files; who sees them; nobody is named."""

import json

import pikepdf
import pytest
from django.urls import reverse
from django.utils import translation

from samband.resources.models import Pool, WorthReport
from samband.resources.services import worth
from tests.resources.days import DAY
from tests.resources.worth_world import asked, busy, done, parties

pytestmark = pytest.mark.usefixtures("standing")


@pytest.fixture
def report(days):
    return done(busy(days))


@pytest.fixture
def client(days):
    return days.world.client("coordinator")


def url(name, report):
    return reverse(f"resources:{name}", args=[report.public_id])


def form(days, **more):
    return {"parties": parties(days), "first": f"{DAY}", "last": f"{DAY}", "seconds": "1", "rounds": "2", **more}


def test_the_list_shows_reports_and_the_pools_to_count_for(report, client):
    page = client.get(reverse("resources:worth")).content.decode()
    assert "lägre pris" in page
    assert "Räkna för Poolen" in page
    assert url("worth_report", report) in page


def test_the_list_takes_the_same_queries_for_many(report, client, django_assert_max_num_queries):
    for _n in range(10):
        asked_again = WorthReport.objects.get(pk=report.pk)
        asked_again.pk = asked_again.public_id = None
        asked_again.public_id = __import__("uuid").uuid4()
        asked_again.save(force_insert=True)
    with django_assert_max_num_queries(16):
        assert client.get(reverse("resources:worth")).status_code == 200


def test_the_report_says_care_first_then_pay(report, client):
    page = client.get(url("worth_report", report)).content.decode()
    assert page.index("Vad som är bäst för personerna") < page.index("Vem som bär vad")
    assert "Shapleys värde (1953)" in page
    assert page.count("<svg xmlns") >= 6
    assert " style=" not in page


def test_a_number_in_the_report_is_said_why(report, client):
    page = client.get(url("worth_report", report)).content.decode()
    assert "det nationella måttet" in page


def test_asking_by_the_form(days, client):
    busy(days)
    new = reverse("resources:worth_new", args=[days.pool.public_id])
    assert client.get(new).status_code == 200
    answer = client.post(new, form(days))
    made = WorthReport.objects.get()
    assert answer["Location"] == url("worth_report", made)
    assert (made.seeds, made.seconds, made.parties) == ([1, 2], 1, parties(days))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("first", "igår"),
        ("last", "2026-11-01"),
        ("seconds", "0"),
        ("rounds", "0"),
        ("rounds", "99"),
        ("rounds", "-3"),
        ("parties", []),
    ],
)
def test_a_bad_form_comes_back_with_its_sentence(days, client, name, value):
    busy(days)
    answer = client.post(reverse("resources:worth_new", args=[days.pool.public_id]), form(days, **{name: value}))
    assert answer.status_code == 422
    assert answer.context["form"].errors[name]
    assert not WorthReport.objects.exists()


def test_the_worker_works_it_through_slice_by_slice(days, client, monkeypatch):
    busy(days)
    slices = []
    whole = worth.work
    monkeypatch.setattr(worth, "work", lambda r: slices.append(1) or whole(r, processes=1, iterations=50))
    client.post(reverse("resources:worth_new", args=[days.pool.public_id]), form(days))
    from django_tasks_db.models import DBTaskResult

    from samband.resources.worth_jobs import run_worth

    report = WorthReport.objects.get()
    assert DBTaskResult.objects.get().args_kwargs["args"] == [report.pk]
    assert run_worth.call(report.pk) == "queued"
    assert run_worth.call(report.pk) == "done"
    assert len(slices) == 2
    assert DBTaskResult.objects.count() == 2


def test_progress_is_asked_again_until_the_report_is_there(days, client):
    report = asked(busy(days))
    page = client.get(url("worth_report", report)).content.decode()
    assert 'hx-trigger="every 2s, refresh"' in page
    assert "0 av 10 planer" in page
    WorthReport.objects.update(state="cut")
    page = client.get(url("worth_report", report)).content.decode()
    assert "hx-trigger" not in page.split("worth-progress")[1].split("</section>")[0]
    assert "Räkna vidare" in page


def test_a_page_that_waited_is_drawn_anew(report, client):
    answer = client.get(url("worth_report", report), headers={"HX-Request": "true"})
    assert answer["HX-Refresh"] == "true"


def test_stop_and_go_on_by_buttons(days, client):
    report = asked(busy(days))
    client.post(url("worth_stop", report))
    report.refresh_from_db()
    assert report.state == "stopped"
    client.post(url("worth_again", report))
    report.refresh_from_db()
    assert report.state == "queued"
    assert client.get(url("worth_stop", report)).status_code == 405


@pytest.mark.parametrize("language", ["sv", "en"])
def test_paper_is_tagged_and_in_its_language(report, days, client, tmp_path, language):
    client.cookies["samband_language"] = language
    answer = client.get(url("worth_paper", report))
    assert answer["Content-Type"] == "application/pdf"
    (tmp_path / "worth.pdf").write_bytes(answer.content)
    with pikepdf.open(tmp_path / "worth.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == language


def test_tables_and_figures_are_files(report, client):
    tables = client.get(url("worth_tables", report))
    assert "attachment" in tables["Content-Disposition"]
    assert "Rättvis del" in tables.content.decode("utf-8-sig")
    figures = json.loads(client.get(url("worth_figures", report)).content)
    assert figures["gain"]["mean"] == report.result["gain"]["mean"]


def test_files_of_an_unfinished_report_do_not_exist(days, client):
    report = asked(busy(days))
    for name in ("worth_paper", "worth_tables", "worth_figures"):
        assert client.get(url(name, report)).status_code == 404


@pytest.mark.parametrize("who", ["alice", "bob", "stranger", "strange_coordinator", "reviewer", "self", "anonymous"])
def test_nobody_else_sees_a_report(report, days, who):
    client = days.world.client(who)
    for name in ("worth_report", "worth_paper", "worth_tables", "worth_figures"):
        assert client.get(url(name, report)).status_code in (302, 403, 404)
    assert client.post(url("worth_again", report)).status_code in (302, 403, 404)
    assert Pool.objects.count() == 1


def test_no_page_names_a_person(report, days, client):
    for person in days.persons:
        for name in ("worth_report", "worth_tables", "worth_figures"):
            assert person.full_name not in client.get(url(name, report)).content.decode()


def test_english(report, client):
    client.cookies["samband_language"] = "en"
    page = client.get(url("worth_report", report)).content.decode()
    translation.activate("sv")
    assert "What is best for the persons" in page
    assert "Vad som" not in page
