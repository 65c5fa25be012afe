"""Writing, approving and using templates: nothing that is written is touched, two at once lose nothing, all or nothing."""

import dataclasses

import pytest
from django.core.exceptions import ValidationError

from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.core.versions import Stale
from samband.library.models import CheckItem, Definition, DefinitionVersion, InfoText, UsedPart
from samband.library.rules import problems
from samband.library.services import checklist, drafting, offers, shipped, using
from samband.library.services.using import Choice
from samband.plans.models import Action, Proposal, Revision, Situation
from samband.plans.services import editing
from tests.library.worlds import PARTS, definition, part, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(world):
    return world.actor("administrator")


def take_all(world, found, who="alice"):
    choices = [Choice(key, world.units["nursing"] if key in "as" else None) for key in "ascqi"]
    return using.use(world.actor(who), world.plan, using.current(found), choices)


def test_a_draft_is_written_published_and_never_changes_again(world, admin):
    draft = drafting.create(admin, "plan", "Sårvård hemma", "För den som har ett sår.")
    drafting.put_part(admin, draft, "check", {"text": "Foto taget", "detail": "", "days": None}, draft.lock)
    draft.refresh_from_db()
    drafting.publish(admin, draft, "", True, draft.lock)
    with pytest.raises(Stale):
        drafting.save_parts(admin, draft, [], draft.lock)
    second = drafting.draft_of(admin, draft.definition)
    assert (second.number, second.parts) == (2, draft.parts)
    assert drafting.draft_of(admin, draft.definition).pk == second.pk
    with pytest.raises(ValidationError) as refused:
        drafting.publish(admin, second, " ", True, second.lock)
    assert "note" in refused.value.message_dict


def test_two_who_write_the_same_draft_lose_nothing(world, admin):
    draft = drafting.create(admin, "checklist", "Inför natten", "Kvällens sista.")
    seen = draft.lock
    drafting.put_part(admin, draft, "check", {"text": "Lampa", "detail": "", "days": None}, seen)
    with pytest.raises(Stale) as stale:
        drafting.put_part(admin, draft, "check", {"text": "Larm", "detail": "", "days": None}, seen)
    assert [p["fields"]["text"] for p in stale.value.version.parts] == ["Lampa"]


def test_parts_move_and_leave_and_a_draft_can_be_thrown_away(world, admin):
    found = definition()
    draft = drafting.draft_of(admin, found)
    draft = drafting.move(admin, draft, "c", -1, draft.lock)
    draft = drafting.take_out(admin, draft, "i", draft.lock)
    assert [p["key"] for p in draft.parts] == ["a", "c", "s", "q"]
    drafting.discard(admin, draft, draft.lock)
    assert using.current(found).parts == PARTS
    assert found.versions.count() == 1


def test_an_empty_draft_and_a_field_that_is_gone_are_told_before_they_are_published(world, admin):
    draft = drafting.create(admin, "plan", "Tom", "Ingenting.")
    with pytest.raises(ValidationError, match="inga delar"):
        drafting.publish(admin, draft, "", True, draft.lock)
    broken = {"key": "x", "type": "check", "fields": {"text": "Foto", "colour": "röd"}}
    draft = drafting.save_parts(admin, draft, [broken], draft.lock)
    with pytest.raises(ValidationError, match=r"colour.*finns inte längre"):
        drafting.publish(admin, draft, "", True, draft.lock)
    draft.refresh_from_db()
    assert draft.parts == [broken], "nothing is lost"


@pytest.mark.parametrize("who", ["alice", "coordinator", "gp", "reviewer", "teacher", "self", "husband"])
def test_only_administrators_write_templates(world, who):
    with pytest.raises(Denied):
        drafting.create(world.actor(who), "plan", "Min", "Min.")
    assert not Definition.objects.exists()


def test_T1_a_named_licensed_person_approves_one_version_once(world, admin, settings):
    version = using.current(definition())
    with pytest.raises(Denied):
        drafting.approve(admin, version)
    drafting.approve(world.actor("gp"), version)
    assert (version.approved_name, version.approved_by.staff.given_name) == ("Gp Test", "Gp")
    with pytest.raises(ValidationError):
        drafting.approve(world.actor("alice"), version)
    newer = publish(version.definition, PARTS[:1], "Kortare")
    assert not newer.approved, "the next version is an example again"
    settings.DEMO_LOGINS = False
    assert not using.usable(newer)
    assert using.usable(version)


def test_T1_an_example_cannot_be_used_for_real_persons(world, settings):
    settings.DEMO_LOGINS = False
    with pytest.raises(Denied) as refused:
        take_all(world, definition())
    assert refused.value.decision.rule == "T1"
    assert not UsedPart.objects.exists()
    assert world.plan.actions.count() == 1


def test_using_adds_and_touches_nothing_that_is_written(world):
    words, before = world.plan.words, Action.objects.get(pk=world.things["action"].pk)
    made = take_all(world, definition())
    world.plan.refresh_from_db()
    assert world.plan.words == words
    assert Action.objects.get(pk=before.pk).version == before.version
    assert len(made) == 5
    action = Action.objects.get(title="Väga sig")
    assert (action.unit, action.rrule) == (world.units["nursing"], "FREQ=DAILY")
    assert Situation.objects.get(trigger="Om vikten stiger").call_unit == world.units["nursing"]
    assert set(CheckItem.objects.values_list("kind", "text")) == {
        ("check", "Våg finns hemma"), ("question", "Hur sover du?"),
    }  # fmt: skip
    assert InfoText.objects.get().title == "Salt"
    assert Revision.objects.filter(plan=world.plan, kind="template").count() == 1
    assert AuditEvent.objects.filter(action="definition.use").count() == 1
    assert all(item.there for item in using.offered(world.plan, made[0].version))


def test_another_units_action_becomes_a_question_and_no_unit_is_nobody(world):
    found = definition()
    version = using.current(found)
    using.use(world.actor("alice"), world.plan, version, [Choice("a", world.units["centre"])])
    action = Action.objects.get(title="Väga sig")
    assert action.by == "nobody"
    assert Proposal.objects.get(action=action).changes["unit"][1]["text"] == "Vårdcentralen"
    other = definition("annan", [part("b", "action", title="Vila", by="unit")])
    using.use(world.actor("alice"), world.plan, using.current(other), [Choice("b")])
    assert Action.objects.get(title="Vila").by == "nobody"


def test_a_coordinator_who_covers_another_organization_asks_its_unit_too(world):
    """P3: to plan for a unit is not to answer for another organization."""
    covered = dataclasses.replace(
        world.actor("alice"), role="coordinator", unit_ids=(world.units["nursing"].pk, world.units["centre"].pk)
    )
    using.use(covered, world.plan, using.current(definition()), [Choice("a", world.units["centre"])])
    asked = Proposal.objects.get()
    assert (asked.asked_unit, asked.action.title, asked.action.by) == (world.units["centre"], "Väga sig", "nobody")


def test_a_part_that_cannot_be_added_stops_all_and_says_which(world):
    version = using.current(definition())
    with pytest.raises(ValidationError) as refused:
        using.use(world.actor("alice"), world.plan, version, [Choice("c"), Choice("s", None)])
    assert list(refused.value.message_dict) == ["s"]
    assert not CheckItem.objects.exists()
    assert not UsedPart.objects.exists()


@pytest.mark.parametrize("who", ["bob", "stranger", "teacher", "administrator", "silent_son"])
def test_only_parties_use_templates_in_a_plan(world, who):
    with pytest.raises(Denied):
        take_all(world, definition(), who)


def test_a_newer_version_is_offered_part_by_part_and_keeps_what_was_written(world):
    found = definition()
    take_all(world, found)
    alice = world.actor("alice")
    action = Action.objects.get(title="Väga sig")
    editing.change(alice, action, {"detail": "Efter frukost, hon vill det."}, action.version)
    newer = publish(
        found,
        [part("a", "action", title="Väga sig på morgonen", detail="Före frukost.", rrule="FREQ=WEEKLY",
              unit_kind="home_nursing"), *PARTS[1:4], part("n", "check", text="Nytt")],
        "Glesare vägning",
    )  # fmt: skip
    waiting = {offer.part["key"]: offer for offer in offers.offers(world.plan, newer)}
    assert {key: offer.kind for key, offer in waiting.items()} == {"a": "changed", "n": "new", "i": "gone"}
    assert offers.waiting(world.plan) == [found]
    assert offers.plans_behind(newer) == 1
    assert offers.answer(alice, world.plan, newer, [Choice("a")], ["n"]) == (1, 1)
    action.refresh_from_db()
    assert (action.title, action.rrule) == ("Väga sig på morgonen", "FREQ=WEEKLY")
    assert action.detail == "Efter frukost, hon vill det."
    assert not CheckItem.objects.filter(text="Nytt").exists()
    assert [offer.part["key"] for offer in offers.offers(world.plan, newer)] == ["i"]
    offers.answer(alice, world.plan, newer, [], ["i"])
    assert offers.waiting(world.plan) == []
    assert InfoText.objects.filter(struck_at__isnull=True).count() == 1, "what the plan holds stays"


def test_a_newer_version_of_many_parts_is_compared_in_a_bounded_number_of_questions(world, django_assert_num_queries):
    many = [part(f"a{n}", "action", title=f"Insats {n}", detail="Förr.") for n in range(12)]
    many += [part(f"s{n}", "situation", trigger=f"Om {n}", steps_person="Ring.") for n in range(12)]
    found = definition("stor", many)
    unit = world.units["nursing"]
    using.use(world.actor("alice"), world.plan, using.current(found), [Choice(p["key"], unit) for p in many])
    newer = publish(found, [{**p, "fields": {**p["fields"], "icon": "walk"}} for p in many], "Bild")
    with django_assert_num_queries(3):  # what was taken, the actions, the situations
        waiting = offers.offers(world.plan, newer)
    assert [offer.kind for offer in waiting] == ["changed"] * 24


def test_a_newer_text_takes_the_place_of_the_older_which_is_kept_as_struck(world):
    found = definition()
    take_all(world, found)
    newer = publish(found, [*PARTS[:4], part("i", "info", title="Salt", body="Smaka, vänta, smaka igen.")], "Tydligare")
    offers.answer(world.actor("alice"), world.plan, newer, [Choice("i")], [])
    assert [row.body for row in checklist.texts(world.plan)] == ["Smaka, vänta, smaka igen."]
    assert InfoText.objects.filter(struck_at__isnull=False).count() == 1


def test_a_version_that_is_not_offered_is_not_asked_about(world):
    found = definition()
    take_all(world, found)
    newer = publish(found, PARTS[:1], "Mindre")
    DefinitionVersion.objects.filter(pk=newer.pk).update(offered=False)
    assert offers.waiting(world.plan) == []


def test_the_list_is_ticked_once_and_nothing_is_erased(world):
    alice, gp = world.actor("alice"), world.actor("gp")
    item = checklist.add(alice, world.plan, "Ring dottern")
    checklist.tick(alice, item, True)
    checklist.tick(gp, item, True)
    assert item.done_by == "Alice Test"
    checklist.tick(gp, item, False)
    checklist.strike(alice, item)
    assert checklist.items(world.plan) == []
    checklist.strike(alice, item, False)
    assert [row.text for row in checklist.items(world.plan)] == ["Ring dottern"]
    with pytest.raises(Denied):
        checklist.tick(world.actor("stranger"), item, True)
    with pytest.raises(ValidationError):
        checklist.add(alice, world.plan, "x" * 301)


def test_what_ships_is_whole_is_an_example_and_is_added_once(db):
    assert shipped.load() == len(list(shipped.FOLDER.glob("*.yaml")))
    assert shipped.load() == 0
    plans = Definition.objects.filter(kind="plan")
    assert plans.count() == 10
    for version in DefinitionVersion.objects.all():
        assert problems(version.definition.kind, version.parts) == []
        assert not version.approved
    for found in plans:
        types = {item["type"] for item in using.current(found).parts}
        assert types == {"question", "action", "situation", "check", "info"}, found
