"""The pages of routines: who may, the list and its search, writing with what was typed kept, receipts, feedback; bounded queries."""

from datetime import timedelta

import pytest
from django.urls import reverse

from samband.core import clock
from samband.guidelines.models import Divergence, Guideline, GuidelineFeedback, ReadReceipt
from samband.guidelines.services import search
from tests.guidelines.worlds import leader, publish, routine

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"guidelines:{name}", args=args)


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("who", ["self", "husband", "anonymous"])
def test_persons_and_relatives_see_none(world, who):
    found = routine(world)
    client = world.client(who)
    for address in (url("guidelines"), url("guideline", found.public_id), url("version", found.public_id, 1)):
        assert client.get(address).status_code in (302, 403, 404)


@pytest.mark.parametrize("who", ["alice", "stranger", "teacher", "gp", "reviewer"])
def test_all_staff_read_and_nobody_of_them_keeps(world, who):
    found, client = routine(world), world.client(who)
    page = text(client.get(url("guideline", found.public_id)))
    assert "Lägg om såret" in page
    assert "Skriv en ny version" not in page
    for name in ("draft", "keep", "guideline_name", "withdraw"):
        assert client.get(url(name, found.public_id)).status_code == 404
    assert client.get(url("guideline_new")).status_code == 403


def test_a_draft_shows_to_its_keepers_alone(world):
    found = routine(world)
    keeper = world.client("coordinator")
    keeper.get(url("draft", found.public_id))
    assert keeper.get(url("version", found.public_id, 2)).status_code == 200
    for who in ("alice", "strange_coordinator"):
        assert world.client(who).get(url("version", found.public_id, 2)).status_code == 404
        assert "Version 2" not in text(world.client(who).get(url("guideline", found.public_id)))


def test_one_search_over_names_texts_and_attachments(world):
    routine(world, "Sår hemma", body="Mät såret varannan vecka.")
    routine(world, "Prov", body="Kontrollera identiteten.")
    publish(Guideline.objects.get(name="Prov"), "Kontrollera blodtrycket med hemmonitorering.", world)
    client = world.client("alice")
    found = text(client.post(url("guidelines"), {"q": "monitorering"}))
    assert "Prov" in found
    assert "Sår hemma" not in found
    assert "<mark>" in found
    assert "identiteten" not in found
    assert "Ingen rutin har de orden" in text(client.post(url("guidelines"), {"q": "kvantfysik"}))
    assert search.reindex() == 2


def test_the_list_is_filtered_and_paged_in_a_bounded_number_of_queries(world, django_assert_max_num_queries):
    for n in range(30):
        routine(world, f"Rutin {n:02d}", unit="help" if n % 2 else "nursing")
    client = world.client("alice")
    client.get(url("guidelines"))
    with django_assert_max_num_queries(16):
        page = text(client.get(url("guidelines")))
    assert "30 rutiner" in page
    assert "Rutin 29" not in page
    assert "Rutin 29" in text(client.get(url("guidelines") + "?page=2"))
    owner = world.units["help"].public_id
    assert "15 rutiner" in text(client.get(url("guidelines") + f"?owner={owner}"))
    assert "Här finns ingen rutin" in text(client.get(url("guidelines") + "?owner=no-unit&level=common"))
    assert client.get(url("guidelines") + "?page=x&show=x&level=x").status_code == 200
    with django_assert_max_num_queries(22):
        assert "15 rutiner" in text(client.post(url("guidelines"), {"q": "rutin", "owner": owner}))


def test_unread_due_and_withdrawn(world):
    found = routine(world, dates={"review_by": clock.today() - timedelta(days=1)})
    routine(world, "Annat", unit="elsewhere")
    client = world.client("alice")
    listed = {show: text(client.get(url("guidelines") + f"?show={show}")) for show in ("unread", "due", "withdrawn")}
    assert "Sår hemma" in listed["unread"]
    assert "Annat" not in listed["unread"]
    assert "skulle ha setts över" in listed["due"]
    client.post(url("read", found.public_id, 1))
    assert "Du har läst allt" in text(client.get(url("guidelines") + "?show=unread"))
    keeper = world.client("coordinator")
    assert keeper.post(url("withdraw", found.public_id), {"why": ""}).status_code == 422
    keeper.post(url("withdraw", found.public_id), {"why": "Fel dos."})
    assert "Sår hemma" in text(client.get(url("guidelines") + "?show=withdrawn"))
    page = text(client.get(url("guideline", found.public_id)))
    assert "indragen: gäller inte" in page
    assert "Fel dos." in page


def test_written_with_a_preview_published_and_what_was_typed_is_kept(world):
    client = world.client("coordinator")
    made = client.post(url("guideline_new"), {"name": "Fall", "level": "local", "unit": world.units["nursing"].pk})
    found = Guideline.objects.get()
    assert made["Location"] == url("draft", found.public_id)
    typed = {"body": "## Om någon faller\n\n<script>x</script>", "lock": 1, "do": "preview"}
    page = text(client.post(url("draft", found.public_id), typed))
    assert 'id="del-1">Om någon faller</h3>' in page
    assert "<script>x" not in page
    assert found.versions.get().body == ""
    wrong = client.post(url("draft", found.public_id), {**typed, "do": "publish", "valid_from": "2026-11-27"})
    assert wrong.status_code == 422
    assert "så att någon påminns" in text(wrong)
    draft = found.versions.get()
    assert (draft.status, "Om någon" in draft.body) == ("draft", True)
    day = clock.today()
    good = {**typed, "lock": draft.lock, "do": "publish", "valid_from": day, "review_by": day + timedelta(days=90)}
    assert client.post(url("draft", found.public_id), good).status_code == 302
    assert "Om någon faller" in text(world.client("alice").get(url("guideline", found.public_id)))


def test_two_writers_neither_loses_a_word(world):
    found, client = routine(world), world.client("coordinator")
    client.get(url("draft", found.public_id))
    client.post(url("draft", found.public_id), {"body": "Den enas", "lock": 1, "do": "save"})
    answer = client.post(url("draft", found.public_id), {"body": "Den andras", "lock": 1, "do": "save"})
    assert answer.status_code == 409
    page = text(answer)
    assert "Den enas" in page
    assert "Den andras" in page
    assert 'name="lock" value="2"' in page
    client.post(url("draft", found.public_id), {"body": "Den andras", "lock": 2, "do": "save"})
    assert found.versions.first().body == "Den andras"


def test_a_coordinator_does_not_make_a_common_one(world):
    client = world.client("coordinator")
    data = {"name": "Gemensam", "level": "common", "unit": world.units["centre"].pk}
    answer = client.post(url("guideline_new"), data)
    assert answer.status_code == 422
    assert "förbättringsledare" in text(answer)
    foreign = client.post(url("guideline_new"), {**data, "level": "local", "unit": world.units["elsewhere"].pk})
    assert foreign.status_code == 422


def test_a_receipt_is_given_and_undone(world):
    found, client = routine(world), world.client("alice")
    page = text(client.post(url("read", found.public_id, 1), follow=True))
    assert "Du har läst den här versionen" in page
    assert url("unread", found.public_id, 1) in page
    keeper = text(world.client("coordinator").get(url("keep", found.public_id)))
    assert "1 av 1" in keeper
    client.post(url("unread", found.public_id, 1))
    assert not ReadReceipt.objects.exists()
    assert client.post(url("read", found.public_id, 9)).status_code == 404


def test_feedback_goes_to_the_owner_and_is_answered(world):
    found, client = routine(world), world.client("alice")
    empty = client.post(url("say", found.public_id), {"number": 1, "text": ""})
    assert empty.status_code == 422
    assert client.post(url("say", found.public_id), {"number": 1, "text": "x" * 1001}).status_code == 422
    client.post(url("say", found.public_id), {"number": 1, "text": "Steg två <b>saknas</b>"})
    row = GuidelineFeedback.objects.get()
    keeper = world.client("coordinator")
    assert "Steg två &lt;b&gt;saknas" in text(keeper.get(url("feedback")))
    assert "Steg två" not in text(world.client("strange_coordinator").get(url("feedback")))
    assert client.get(url("feedback_one", row.public_id)).status_code == 404
    keeper.post(url("feedback_one", row.public_id), {"answer": "Rättat i nästa version."})
    keeper.post(url("insight", row.public_id))
    page = text(keeper.get(url("feedback_one", row.public_id)))
    assert "Rättat i nästa version." in page
    assert "Den är en insikt" in page


def test_a_divergence_shows_on_both_routines(world):
    leader(world)
    common = routine(world, "Gemensam", unit="centre", level="common")
    local = routine(world, "Lokal", specialises=common)
    assert world.client("alice").get(url("flag", local.public_id)).status_code == 403
    client = world.client("leader")
    assert client.get(url("flag", local.public_id)).status_code == 200
    client.post(url("flag", local.public_id), {"kind": "conflict", "text": "Två dagar, inte en."})
    reader = world.client("alice")
    assert "Två dagar, inte en." in text(reader.get(url("guideline", local.public_id)))
    assert "avviker från den gemensamma" in text(reader.get(url("guideline", common.public_id)))
    row = Divergence.objects.get()
    client.post(url("resolve", row.public_id), {"resolution": "Ändras."})
    assert "Löst avvikelse" in text(reader.get(url("guideline", local.public_id)))


def test_where_it_is_shown_is_added_and_taken_away(world):
    found, client = routine(world), world.client("coordinator")
    assert client.post(url("keep", found.public_id), {"kind": "action"}).status_code == 422
    client.post(url("keep", found.public_id), {"kind": "action", "value": "bandage", "words": " omlägg ,, "})
    use = found.uses.get()
    assert use.words == "omlägg"
    assert "Insats med bilden Sår, där det står" in text(client.get(url("keep", found.public_id)))
    assert world.client("alice").post(url("use_remove", use.public_id)).status_code == 404
    client.post(url("use_remove", use.public_id))
    assert not found.uses.exists()


def test_one_routine_in_a_bounded_number_of_queries(world, django_assert_max_num_queries):
    leader(world)
    common = routine(world, "Gemensam", unit="centre", level="common", kinds=" home_nursing ")
    for n in range(12):
        routine(world, f"Lokal {n}", specialises=common)
    for n in range(5):
        publish(common, f"Version {n}", world)
    client = world.client("alice")
    client.get(url("guideline", common.public_id))
    with django_assert_max_num_queries(26):
        client.get(url("guideline", common.public_id))
    keeper = world.client("leader")
    keeper.get(url("keep", common.public_id))
    with django_assert_max_num_queries(26):
        keeper.get(url("keep", common.public_id))
