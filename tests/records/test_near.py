"""What the person shares with a relative: chosen by her, for a time, ended at once, and seen when it is read (A13)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from samband.core import clock
from samband.core.models import AuditEvent
from samband.notices.models import Notice
from samband.people.models import Relative
from samband.records.models import Share
from samband.records.services import near
from tests.records.worlds import put

pytestmark = pytest.mark.django_db
SHARING = reverse("records:my_sharing")
SHARED = reverse("records:shared")


def wanted(world, **more):
    plain = {
        "relative": str(world.things["husband"].public_id), "what": "all",
        "until": f"{clock.today() + timedelta(days=30)}",
    }  # fmt: skip
    return {**plain, **more}


def entry_url(entry):
    return reverse("records:my_entry", args=[entry.public_id])


def test_A13_everything_for_a_time_and_ended_at_once(world):
    own, husband = world.client("self"), world.client("husband")
    entry = put(world.person, world.units["nursing"], title="Fotsår")
    draft = put(world.person, world.units["centre"], title="Utkast", signed=False)
    assert husband.get(SHARED).status_code == 403
    assert husband.get(entry_url(entry)).status_code == 404
    assert own.post(SHARING, wanted(world)).status_code == 302
    assert Notice.objects.filter(kind="records.shared").count() == 1
    later = put(world.person, world.units["centre"], title="Återbesök")
    body = husband.get(SHARED).content.decode()
    assert "Fotsår" in body
    assert "Återbesök" in body, "what is written while it lasts"
    assert "Utkast" not in body
    assert "Mår bättre." in husband.get(entry_url(entry)).content.decode()
    assert husband.get(entry_url(draft)).status_code == 404
    assert AuditEvent.objects.filter(action="record.read", actor_kind="relative", rule="A13").count() == 1
    assert "Läste senast" in own.get(SHARING).content.decode()
    share = Share.objects.get()
    assert husband.post(reverse("records:my_share_end", args=[share.public_id])).status_code == 404
    assert own.post(reverse("records:my_share_end", args=[share.public_id])).status_code == 302
    for address in (entry_url(entry), entry_url(later)):
        assert husband.get(address).status_code == 404
    assert husband.get(SHARED).status_code == 403
    assert Share.objects.get().ended_at
    assert AuditEvent.objects.filter(action__in=["record.share", "record.share_end"]).count() == 2


def test_A13_only_what_was_chosen(world):
    own, husband = world.client("self"), world.client("husband")
    wound, talk = (
        put(world.person, world.units["nursing"], "Fotsår"),
        put(world.person, world.units["centre"], "Samtal"),
    )
    help_ = put(world.person, world.units["help"], "Dusch")
    centre = f"{world.units['centre'].organization.public_id}:0"
    chosen = wanted(world, what="some", providers=[centre], entries=[str(wound.public_id)])
    assert own.post(SHARING, chosen).status_code == 302
    body = husband.get(SHARED).content.decode()
    assert "Fotsår" in body
    assert "Samtal" in body
    assert "Dusch" not in body
    assert husband.get(entry_url(talk)).status_code == 200
    assert husband.get(entry_url(help_)).status_code == 404


def test_A13_it_ends_on_its_day_and_with_the_role(world):
    entry = put(world.person, world.units["nursing"])
    world.client("self").post(SHARING, wanted(world, until=f"{clock.today()}"))
    husband = world.client("husband")
    assert husband.get(entry_url(entry)).status_code == 200, "to and with the day"
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert world.client("husband").get(entry_url(entry)).status_code == 404
    Relative.objects.filter(pk=world.things["husband"].pk).update(
        starts_on=clock.today() - timedelta(days=2), ends_on=clock.today() - timedelta(days=1)
    )
    assert husband.get(entry_url(entry)).status_code in (302, 404)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"relative": ""}, "Fyll i"),
        ({"relative": "x"}, "x"),
        ({"what": "some"}, "Välj vad du vill dela"),
        ({"what": "some", "providers": ["x"]}, "x"),
        ({"until": "2020-01-01"}, "Välj en dag från i dag"),
        ({"until": "2999-01-01"}, "Välj en dag från i dag"),
        ({"until": ""}, "Fyll i"),
    ],
)
def test_A13_what_is_missing_is_told_and_nothing_is_shared(world, more, said):
    put(world.person, world.units["nursing"])
    answer = world.client("self").post(SHARING, wanted(world, **more))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Share.objects.exists()


def test_A13_another_persons_entry_and_relative_cannot_be_named(world):
    strange = put(world.things["other_person"], world.units["nursing"])
    put(world.person, world.units["nursing"])
    own = world.client("self")
    assert own.get(SHARING, {"entry": str(strange.public_id)}).status_code == 200
    assert own.post(SHARING, wanted(world, what="some", entries=[str(strange.public_id)])).status_code == 422
    theirs = Relative.objects.create(
        person=world.things["other_person"], given_name="A", family_name="B", relation="x", reads=True,
        user=world.users["husband"],
    )  # fmt: skip
    assert own.post(SHARING, wanted(world, relative=str(theirs.public_id))).status_code == 422
    chosen = near.Wanted(str(theirs.public_id), True, (), (), clock.today())
    with pytest.raises(ValidationError):
        near.give(world.actor("self"), world.person, chosen)
    assert not Share.objects.exists()


def test_the_last_day_follows_the_setting(world, settings):
    put(world.person, world.units["nursing"])
    settings.SHARE_DAYS_MAX = 7
    for days, status in ((8, 422), (7, 302)):
        day = f"{clock.today() + timedelta(days=days)}"
        assert world.client("self").post(SHARING, wanted(world, until=day)).status_code == status


def test_from_an_entry_that_entry_is_chosen_beforehand(world):
    entry = put(world.person, world.units["nursing"], "Fotsår")
    own = world.client("self")
    address = f"{SHARING}?entry={entry.public_id}"
    assert address in own.get(entry_url(entry)).content.decode()
    body = own.get(address).content.decode()
    assert (
        f'value="{entry.public_id}" id="id_entries_0" checked' in body
        or "checked" in body.split("id_entries_0")[1][:40]
    )


def test_the_pages_ask_a_bounded_number_of_questions(world, django_assert_max_num_queries):
    for nth in range(30):
        put(world.person, world.units["nursing"], title=f"Nummer {nth}")
    own, husband = world.client("self"), world.client("husband")
    for _nth in range(4):
        own.post(SHARING, wanted(world))
    own.get(SHARING), husband.get(SHARED)
    with django_assert_max_num_queries(32):
        own.get(SHARING)
    with django_assert_max_num_queries(25):
        husband.get(SHARED)
