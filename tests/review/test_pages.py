"""The reviewer's pages: who may, what is searched, what is entered about the reading itself, files, checks (A2, A15)."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from samband.core import clock
from samband.core.models import AuditEvent, AuditSubject
from samband.core.policy import Denied
from samband.review.models import Check, CheckStep, Interest, Run, Sample
from samband.review.services import checks
from tests.review.worlds import a_check, entry, held, town_reviewer
from tests.worlds import MARK, make_person

PAGES = ["home", "year", "practice", "log", "checks"]
SEARCH = {"since": "2015-01-01", "until": "2100-01-01"}
OTHERS = ["alice", "coordinator", "administrator", "teacher", "self", "husband"]


@pytest.fixture
def town(world):
    town_reviewer(world)
    return world


def get(world, name, *args, who="town_reviewer", **query):
    return world.client(who).get(reverse(f"review:{name}", args=args), query)


def rows(answer) -> list[list[str]]:
    text = b"".join(answer).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


@pytest.mark.parametrize("who", OTHERS)
def test_A2_staff_administrators_persons_and_relatives_get_no(town, who):
    event, check = entry(held(town, "alice"), "plan.read", town.person), a_check(town)
    for name in PAGES:
        assert get(town, name, who=who).status_code == 403, name
    assert get(town, "entry", event.pk, who=who).status_code == 403
    assert get(town, "person", town.person.public_id, who=who).status_code == 404
    assert get(town, "check", check.public_id, who=who).status_code == 404
    client = town.client(who)
    for name in ("run", "sample", "log_file"):
        assert client.post(reverse(f"review:{name}")).status_code == 403, name
    assert not Run.objects.exists()
    assert not Sample.objects.exists()


def test_A2_a_reviewer_of_another_organisation_sees_nothing(town):
    event, check = entry(held(town, "alice"), "plan.read", town.person), a_check(town)
    for name in PAGES:
        answer = get(town, name, who="reviewer")
        assert answer.status_code == 200
        assert MARK not in answer.content.decode()
        assert "Alice Test" not in answer.content.decode()
    assert get(town, "entry", event.pk, who="reviewer").status_code == 404
    assert get(town, "person", town.person.public_id, who="reviewer").status_code == 404
    assert get(town, "check", check.public_id, who="reviewer").status_code == 404
    with pytest.raises(Denied):
        checks.step(town.actor("reviewer"), check, "note", words="x")
    file = rows(town.client("reviewer").post(reverse("review:log_file"), SEARCH))
    assert all("Alice Test" not in row for row in file)
    found = town.client("reviewer").post(reverse("review:log"), {**SEARCH, "number": town.person.identity_number})
    nobody = town.client("reviewer").post(reverse("review:log"), {**SEARCH, "number": "19470312K998"})
    assert (found.status_code, nobody.status_code) == (200, 200)
    assert "Ingen hos er har läst" in found.content.decode()
    assert _plain(found) == _plain(nobody).replace("19470312K998", town.person.identity_number)


def _plain(answer) -> str:
    """The page without its token, and without the moment in its frame."""
    import re

    text = re.sub(r'(csrfmiddlewaretoken" value|csrf-token" content)="[^"]*"', "", answer.content.decode())
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+", "", text)


def test_A15_a_line_says_who_where_when_whose_what_and_by_which_rule(town):
    event = entry(held(town, "alice"), "plan.read", town.person, rule="P2")
    body = get(town, "entry", event.pk).content.decode()
    for words in (
        "Alice Test",
        "nurse, Hemsjukvården",
        "Kommunen",
        "läste planen",
        MARK,
        "P2: Enheten är part",
        "fick ja",
    ):
        assert words in body, words


def test_A2_the_reviewers_own_reading_is_entered_with_whom_she_saw(town):
    entry(held(town, "alice"), "plan.read", town.person)
    get(town, "log")
    mine = AuditEvent.objects.filter(action="audit.read", user_id=town.users["town_reviewer"].pk)
    assert list(AuditSubject.objects.filter(event__in=mine).values_list("person_id", flat=True)) == [town.person.pk]
    get(town, "person", town.person.public_id)
    assert AuditEvent.objects.filter(action="audit.person", subjects__person_id=town.person.pk).count() == 1
    body = town.client("self").get("/my/log/").content.decode()
    assert "granskade vem som har läst om dig" in body


def test_search_by_number_stands_in_no_address_and_by_each_thing(town):
    alice, bob = held(town, "alice"), held(town, "bob")
    other = make_person("Nils", "Annan", 60, town.area)
    entry(alice, "plan.read", town.person)
    entry(bob, "person.read", other)
    entry(bob, "refused", outcome="deny", rule="P2")
    entry(alice, "action.do", other, view="")
    client = town.client("town_reviewer")
    answer = client.post(reverse("review:log"), {**SEARCH, "number": town.person.identity_number})
    assert answer.status_code == 302
    assert town.person.identity_number not in answer.url
    assert len(client.get(answer.url).context["rows"]) == 1

    def found(**asked):
        answer = client.post(reverse("review:log"), {**SEARCH, **asked}, follow=True)
        assert "Bob" not in str(answer.redirect_chain), "no name in an address"
        return sorted(row.event.action for row in answer.context["rows"] if not row.event.action.startswith("audit."))

    assert found(staff="Bob Test") == ["person.read", "refused"]
    assert found(staff=alice.staff.hsa_id) == ["action.do", "plan.read"]
    assert found(unit=f"{alice.unit.public_id}") == ["action.do", "plan.read"]
    assert found(outcome="deny") == ["refused"]
    assert found(kind="act") == ["action.do"]
    assert found(kind="open") == ["person.read", "plan.read"]
    assert found(rule="p2") == ["refused"]
    assert found(since=f"{clock.today()}") == []


def test_several_of_one_name_are_chosen_among_and_nobody_is_an_error(town):
    client = town.client("town_reviewer")
    several = client.post(reverse("review:log"), {**SEARCH, "staff": "Test"})
    assert [row["name"] for row in several.context["several"]] == ["Alice Test", "Bob Test", "Town_reviewer Test"]
    nobody = client.post(reverse("review:log"), {**SEARCH, "staff": "Stranger"})
    assert nobody.status_code == 422
    assert "Ingen hos er heter så." in nobody.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"before": "x"},
        {"before": "9" * 30},
        {"action": "a\x00b", "rule": "'", "month": "\x00", "page": "\x00"},
        {"since": "x", "unit": "x", "staff": "1", "kind": "x"},
    ],
)
def test_a_broken_address_is_an_ordinary_page(town, query):
    assert get(town, "log", **query).status_code == 200
    assert get(town, "checks", **query).status_code == 200


def test_paging_by_key_meets_every_line_once_also_at_one_moment(town, django_assert_max_num_queries):
    alice, at = held(town, "alice"), clock.now() - timedelta(days=2)
    keys = {entry(alice, "plan.read", town.person, at=at).pk for _n in range(120)}
    client = town.client("town_reviewer")
    for address in (reverse("review:log"), reverse("review:person", args=[town.person.public_id])):
        seen, url = [], address
        while url:
            with django_assert_max_num_queries(22):
                answer = client.get(url)
            seen += [row.key for row in answer.context["rows"] if row.event.action == "plan.read"]
            older = answer.context.get("older")
            more = answer.context.get("more")
            url = f"{address}{older}" if older else f"{address}?before={more}" if more else ""
        assert len(seen) == 120
        assert set(seen) == keys


def test_A2_one_persons_list_as_a_file_and_on_paper_is_itself_entered(town):
    entry(held(town, "alice"), "plan.read", town.person, rule="P2", actor_name="=cmd|' /C calc'!A0")
    entry(held(town, "gp"), "plan.read", town.person)  # another provider's: not ours to hand out
    address = reverse("review:person_file", args=[town.person.public_id])
    client = town.client("town_reviewer")
    file = rows(client.post(address))
    assert [row[1] for row in file[1:]] == ["'=cmd|' /C calc'!A0"]
    assert file[1][5:] == ["läste planen", "P2: Enheten är part i planen och deltar i vården."]
    event = AuditEvent.objects.get(action="audit.export")
    assert list(event.subjects.values_list("person_id", flat=True)) == [town.person.pk]
    assert client.get(address).status_code == 405
    paper = get(town, "person", town.person.public_id, paper="1").content.decode()
    assert "data-print" in paper
    assert "läste planen" in paper


def test_a_file_of_the_log_holds_what_was_searched_and_is_entered_with_everybody_in_it(town):
    other = make_person("=Nils", "Annan", 60, town.area)
    entry(held(town, "alice"), "person.list", town.person, other)
    entry(held(town, "bob"), "plan.read", other)
    file = rows(town.client("town_reviewer").post(reverse("review:log_file"), {**SEARCH, "kind": "list"}))
    assert [(row[1], row[8]) for row in file[1:]] == [
        ("Alice Test", town.person.full_name),
        ("Alice Test", "'=Nils Annan"),
    ]
    assert AuditEvent.objects.get(action="audit.export").subjects.count() == 2


def test_a_check_is_worked_with_closed_opened_again_and_nothing_is_erased(town):
    check = a_check(town)
    client, address = town.client("town_reviewer"), reverse("review:check", args=[check.public_id])
    body = client.get(address).content.decode()
    assert "Läsaren bor ungefär 20 meter från personen." in body
    assert client.post(address, {"kind": "asked"}).status_code == 422
    assert client.post(address, {"kind": "asked", "told": "Chefen"}).status_code == 302
    assert client.post(address, {"kind": "justified"}).status_code == 422
    assert client.post(address, {"kind": "justified", "words": "Besök samma dag"}).status_code == 302
    assert client.post(address, {"kind": "unjustified", "told": "x", "words": "y"}).status_code == 422, "closed"
    undo = reverse("review:undo", args=[check.public_id])
    assert client.post(undo, {"words": ""}).status_code == 422
    assert client.post(undo, {"words": "Fel dag"}).status_code == 302
    check.refresh_from_db()
    assert check.status == "asked"
    assert (
        client.post(
            address, {"kind": "unjustified", "told": "Verksamhetschefen", "words": "Ingen förklaring"}
        ).status_code
        == 302
    )
    check.refresh_from_db()
    assert check.status == "unjustified"
    assert [s.kind for s in check.steps.all()] == ["raised", "asked", "justified", "undone", "unjustified"]
    body = client.get(address).content.decode()
    assert "Besök samma dag" in body, "what stood stays"
    assert AuditEvent.objects.filter(action="audit.check", view="", subjects__person_id=town.person.pk).count() == 4


@pytest.mark.parametrize("change", [{"words": "annat"}, None])
def test_a_step_cannot_be_changed_or_taken_away_even_in_the_database(town, change):
    steps = CheckStep.objects.filter(about=a_check(town))
    with pytest.raises(DatabaseError), transaction.atomic():
        steps.update(**change) if change else steps._raw_delete(steps.db)


def test_A2_nobody_checks_herself_nor_what_others_read_about_her(town):
    reviewer = held(town, "town_reviewer")
    mine = a_check(town, by=reviewer, key="mine")
    own = make_person("Granskaren", "Test", 70, town.area, user=reviewer.staff.user)
    about_me = a_check(town, person=own, key="about me")
    for check in (mine, about_me):
        assert get(town, "check", check.public_id).status_code == 404
        with pytest.raises(Denied):
            checks.step(town.actor("town_reviewer"), check, "justified", words="x")
        with pytest.raises(Denied):
            checks.undo(town.actor("town_reviewer"), check, "x")
    home = get(town, "home").content.decode()
    assert "2 kontroller gäller dig själv" in home
    assert get(town, "checks").context["rows"] == []
    assert get(town, "year").context["year"].whole.whole.total == 2, "numbers hold them"
    event = entry(reviewer, "plan.read", town.person)
    assert "Ta upp till kontroll" not in get(town, "entry", event.pk).content.decode()
    answer = town.client("town_reviewer").post(reverse("review:raise", args=[event.pk]), {"words": "x"})
    assert answer.status_code == 403


def test_a_line_is_taken_up_by_hand_once(town):
    event = entry(held(town, "alice"), "plan.read", town.person)
    client, address = town.client("town_reviewer"), reverse("review:raise", args=[event.pk])
    assert client.post(address, {"words": ""}).status_code == 422
    assert client.post(address, {"words": "Personen undrar"}).status_code == 302
    client.post(address, {"words": "igen"})
    check = Check.objects.get()
    assert (check.source, check.person, check.events) == ("hand", town.person, [event.pk])
    assert check.steps.get().words == "Personen undrar"


def test_lists_of_checks_are_filtered_and_bounded(town, django_assert_max_num_queries):
    for n in range(30):
        a_check(town, key=f"k{n}")
    checks.step(town.actor("town_reviewer"), Check.objects.first(), "justified", words="x")
    client = town.client("town_reviewer")
    with django_assert_max_num_queries(18):
        page = client.get(reverse("review:checks"))
    assert len(page.context["rows"]) == 29
    assert len(get(town, "checks", state="justified").context["rows"]) == 1
    assert len(get(town, "checks", state="all", source="neighbour").context["rows"]) == 30
    assert "Ingen kontroll passar" in get(town, "checks", source="own").content.decode()


def test_the_year_says_what_is_done_and_left(town):
    for n in range(4):
        a_check(town, key=f"k{n}")
    first, second = Check.objects.order_by("pk")[:2]
    checks.step(town.actor("town_reviewer"), first, "justified", words="x")
    checks.step(town.actor("town_reviewer"), second, "unjustified", told="chefen", words="x")
    year = get(town, "year").context["year"]
    assert (year.whole.whole.done, year.whole.whole.left, year.whole.whole.wrong, year.whole.whole.share_left) == (
        2,
        2,
        1,
        50,
    )
    assert [(row.name, [(c.done, c.total) for _period, c in cells]) for row, cells in year.rows] == [
        ("Hemsjukvården", [(2, 4)])
    ]
    assert get(town, "year", year="1").status_code == 200
    unit, month = held(town, "alice").unit, f"{clock.today():%Y-%m}"
    body = get(town, "year").content.decode()
    assert f"?state=all&amp;unit={unit.public_id}&amp;month={month}" in body, "a figure opens its list"
    assert len(get(town, "checks", state="all", unit=f"{unit.public_id}", month=month).context["rows"]) == 4
    assert get(town, "checks", state="all", month="2001-01").context["rows"] == []


def test_a_person_of_public_interest_is_marked_and_the_mark_ends_without_vanishing(town):
    entry(held(town, "alice"), "plan.read", town.person)
    client, address = town.client("town_reviewer"), reverse("review:interest", args=[town.person.public_id])
    assert client.post(address, {"why": ""}).status_code == 422
    client.post(address, {"why": "Känd från tv"})
    client.post(address, {"why": "igen"})
    assert Interest.objects.get().why == "Känd från tv"
    assert "Känd från tv" in get(town, "person", town.person.public_id).content.decode()
    client.post(address, {"end": "1"})
    assert Interest.objects.get().ended_at is not None
    assert AuditEvent.objects.filter(action="audit.interest", subjects__person_id=town.person.pk, view="").count() == 2


def test_the_buttons_put_work_on_the_queue_and_the_figures_have_bounds(town):
    client = town.client("town_reviewer")
    assert client.post(reverse("review:run")).status_code == 302
    assert Run.objects.get().started_by == held(town, "town_reviewer")
    assert "Letar efter mönster" in client.get(reverse("review:home")).content.decode()
    form = get(town, "practice").context["form"]
    values = {name: form[name].value() for name in form.fields}
    assert client.post(reverse("review:practice"), {**values, "neighbour-metres": "0"}).status_code == 422
    assert client.post(reverse("review:practice"), {**values, "neighbour-metres": "120"}).status_code == 302
    assert get(town, "practice").context["form"]["neighbour-metres"].value() == 120


def test_the_reviewers_day_begins_at_the_review(town):
    assert town.client("town_reviewer").get("/").url == "/review/"


def test_pages_are_in_english_too(town):
    a_check(town)
    client = town.client("town_reviewer")
    client.cookies["samband_language"] = "en"
    assert "Review of the log" in client.get("/review/").content.decode()
    body = client.get(reverse("review:check", args=[Check.objects.get().public_id])).content.decode()
    assert "The reader lives about 20 metres from the person." in body
