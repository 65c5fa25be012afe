"""Thinning by rules, on a decision alone, with the clock ten years ahead (A17)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from samband.core import clock
from samband.core.models import AuditEvent
from samband.records import thinning as ours
from samband.records.models import (
    Attachment,
    Block,
    Copy,
    Dissent,
    Entry,
    EntryVersion,
    LegalHold,
    Reading,
    ThinningDecision,
)  # fmt: skip
from samband.records.services import copies, entries, files, near, sharing, thin
from samband.records.services.near import Wanted
from samband.records.services.sharing import Said
from tests.records.test_attachments import attached, lying, uploads  # noqa: F401
from tests.records.test_pages import url
from tests.records.worlds import put, takes_part
from tests.worlds import MARK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uploads")]
PAGE = reverse("records:thinning")
YEAR = timedelta(days=365.25)


@pytest.fixture
def town(world):
    """An administrator of the municipality, whose nursing Alice writes for."""
    from samband.people.models import Assignment

    Assignment.objects.filter(staff__user=world.users["administrator"]).update(unit=world.units["nursing"])
    return world.units["nursing"].organization


def ahead(years):
    return clock.frozen(clock.now() + years * YEAR)


def decided(world, rule="records.entries"):
    return thin.decide(world.actor("administrator"), rule, "Nämnden 2036-12-01, dnr 7")


def carried_out(world, capture, rule="records.entries"):
    decision = decided(world, rule)
    with capture(execute=True):
        return thin.carry_out(decision)


def found(town, rule="records.entries"):
    return next(one for one in thin.due(town.pk) if one.rule.key == rule)


def ran(*options):
    out = StringIO()
    call_command("thin", *options, stdout=out)
    return out.getvalue()


def test_A17_nothing_goes_before_ten_years_and_everything_of_the_entry_after(
    world, town, uploads, django_capture_on_commit_callbacks  # noqa: F811
):  # fmt: skip
    entry = attached(world)
    entries.dissent(world.actor("self"), entry, "Nej.")
    other = put(world.person, world.units["centre"])
    with ahead(9.9):
        assert found(town).persons == 0
        assert carried_out(world, django_capture_on_commit_callbacks).groups == 0
    assert Entry.objects.count() == 2
    with ahead(10.1):
        assert found(town).persons == 1
        done = carried_out(world, django_capture_on_commit_callbacks)
    assert (done.groups, done.held) == (1, 0)
    assert done.rows == {
        "records.Attachment": 1, "records.Dissent": 1, "records.Entry": 1, "records.EntryVersion": 1,
    }  # fmt: skip
    assert list(Entry.objects.all()) == [other], "the region has decided nothing"
    assert not Attachment.objects.exists()
    assert not Dissent.objects.exists()
    assert EntryVersion.objects.count() == 1
    assert lying(uploads) == []
    event = AuditEvent.objects.get(action="record.thinned")
    assert event.subjects.get().person_id == world.person.pk
    assert MARK not in str(event.detail)
    assert "Blodtrycket" not in str(event.detail)


@pytest.mark.parametrize("late", ["an entry", "a correction", "a dissent", "a copy", "a share", "a draft", "a reading"])
def test_A17_the_last_that_happened_counts_for_all_that_the_provider_wrote(world, town, late):
    actor = world.actor("alice")
    entry = attached(world)
    with ahead(6):
        if late == "an entry":
            attached(world, title="Nytt", happened_at=clock.now())
        elif late == "a correction":
            wanted = entries.Written("note", "Rättat", "x", entry.happened_at)
            entries.correct(actor, entry, wanted, "Fel.", 1)
        elif late == "a dissent":
            entries.dissent(world.actor("self"), entry, "Nej.")
        elif late == "a copy":
            copies.give(actor, world.person, copies.Given("x", "own", "x", "paper"), [str(entry.public_id)])
        elif late == "a share":
            relative = str(world.things["husband"].public_id)
            wanted = Wanted(relative, False, (), (str(entry.public_id),), clock.today())
            near.give(world.actor("self"), world.person, wanted)
        elif late == "a reading":
            sharing.open_inner(actor, entry, "inner_emergency", "x")
    if late == "a draft":
        put(world.person, world.units["nursing"], signed=False)
    with ahead(10.1):
        assert found(town).persons == 0
    with ahead(16.1):
        assert found(town).persons == (0 if late == "a draft" else 1)


def test_A17_home_help_and_home_nursing_are_two(world, town, django_capture_on_commit_callbacks):
    takes_part(world, "help")
    attached(world)
    with ahead(5):
        young = put(world.person, world.units["help"])
    with ahead(10.1):
        carried_out(world, django_capture_on_commit_callbacks)
    assert list(Entry.objects.all()) == [young]


def test_A17_what_is_held_stays_until_the_hold_is_ended(world, town, django_capture_on_commit_callbacks):
    attached(world)
    admin = world.actor("administrator")
    row = thin.hold(admin, world.person, "Tillsyn")
    assert thin.hold(admin, world.person, "Igen") == row
    with ahead(11):
        assert found(town).held == 1
        done = carried_out(world, django_capture_on_commit_callbacks)
        assert (done.groups, done.held, Entry.objects.count()) == (0, 1, 1)
        thin.end_hold(admin, row)
        assert carried_out(world, django_capture_on_commit_callbacks).groups == 1
    assert not Entry.objects.exists()


def test_without_a_decision_the_command_refuses_and_a_dry_run_changes_nothing(world, town):
    attached(world)
    with ahead(11):
        with pytest.raises(CommandError, match="Inget beslut väntar"):
            ran("--yes")
        assert "1 personer" in ran("--dry-run")
        decision = decided(world)
        told = ran("--dry-run")
        assert f"  {world.person.pk}: " in told
        assert "Nämnden 2036-12-01, dnr 7" in told
        assert MARK not in told
        assert Entry.objects.count() == 1
        thin.withdraw(world.actor("administrator"), decision)
        with pytest.raises(CommandError):
            ran("--yes")
        decided(world)
        assert "records.Entry 1" in ran("--yes")
        with pytest.raises(CommandError):
            ran("--yes")
    assert not Entry.objects.exists()


def test_a_decision_grows_old(world, town):
    attached(world)
    with ahead(11):
        decided(world)
    with ahead(11.5), pytest.raises(CommandError):
        ran("--yes")
    assert Entry.objects.count() == 1


def test_a_raised_number_of_years_holds_for_what_was_decided_before(world, town, settings):
    attached(world)
    with ahead(11):
        decided(world)
        settings.RECORD_YEARS = 12
        assert "Gallrat: 0" in ran("--yes")
    assert Entry.objects.count() == 1


def test_one_that_breaks_stays_whole_and_the_rest_is_taken_next_time(world, town, monkeypatch):
    attached(world)
    other = world.things["other_person"]
    put(other, world.units["nursing"])
    with ahead(11):
        decision = decided(world)
        take = ours._take

        def stop(gone, rows):
            if rows.model is Entry and Entry.objects.filter(person=other, pk__in=rows).exists():
                raise OSError("stopped")
            take(gone, rows)

        monkeypatch.setattr(ours, "_take", stop)
        with pytest.raises(OSError, match="stopped"):
            thin.carry_out(decision)
        assert [row.person_id for row in Entry.objects.all()] == [other.pk]
        assert EntryVersion.objects.count() == 1, "whole"
        monkeypatch.undo()
        decision.refresh_from_db()
        assert decision.done_at is None
        assert thin.carry_out(decision).groups == 2
    assert not Entry.objects.exists()


def test_what_was_decided_and_read_goes_when_it_is_over_and_not_what_holds(world, town):
    put(world.person, world.units["centre"])
    actor, own = world.actor("alice"), world.actor("self")
    sharing.inform(actor, world.person, "spoken")
    sharing.open_others(actor, world.person, "consent", "x", said=Said("Ja", "spoken"))
    lifted = sharing.block(own, world.person, town, False)
    sharing.lift(own, lifted)
    standing = sharing.block(own, world.person, town, False)
    copies.enter(actor, world.person, copies.Given("x", "own", "x", "paper"))
    with ahead(10.1):
        decided(world, "records.decided")
        told = ran("--yes")
    assert "records.Block 1" in told
    assert not Reading.objects.exists()
    assert not Copy.objects.exists()
    assert list(Block.objects.all()) == [standing]
    assert world.person.reading_consents.count() == 1, "a yes that was never taken back"


def test_files_that_no_row_names_go_with_it(world, town, uploads):  # noqa: F811
    attached(world)
    stray = files.path_of(f"{files.FOLDER}/ab/{'a' * 64}-x")
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"x")
    assert thin.stray_files(remove=True) == 0, "it may belong to somebody who is just about to name it"
    with ahead(1):
        assert thin.stray_files(remove=False) == 1
        assert thin.stray_files(remove=True) == 1
    assert len(lying(uploads)) == 1


def test_the_page_shows_numbers_decides_holds_and_names_only_those_held(world, town):
    attached(world)
    client = world.client("administrator")
    body = client.get(PAGE).content.decode()
    assert MARK not in body
    assert client.post(PAGE, {"rule": "records.entries", "why": ""}).status_code == 422
    assert client.post(PAGE, {"rule": "x", "why": "x"}).status_code == 422
    assert client.post(PAGE, {"rule": "records.entries", "why": "Nämnden, dnr 7"}).status_code == 302
    assert client.post(PAGE, {"rule": "records.entries", "why": "Igen"}).status_code == 302
    decision = ThinningDecision.objects.get()
    assert "Nämnden, dnr 7" in client.get(PAGE).content.decode()
    number = world.person.shown_number
    assert client.post(reverse("records:hold"), {"hold-number": number, "hold-why": ""}).status_code == 422
    assert client.post(reverse("records:hold"), {"hold-number": number, "hold-why": "Tvist"}).status_code == 302
    assert "Tvist" in client.get(PAGE).content.decode()
    hold = LegalHold.objects.get()
    assert client.post(url("hold_end", hold)).status_code == 302
    assert client.post(url("thinning_withdraw", decision)).status_code == 302
    assert ThinningDecision.objects.get().withdrawn_at
    assert (
        AuditEvent.objects.filter(action__in=["record.hold", "record.hold_end", "record.thinning_decided"]).count() == 3
    )


@pytest.mark.parametrize("who", ["alice", "coordinator", "reviewer", "self", "husband", "teacher"])
def test_who_may_not_decide(world, who):
    client = world.client(who)
    assert client.get(PAGE).status_code == 403
    assert client.post(reverse("records:hold"), {}).status_code == 403
    assert not ThinningDecision.objects.exists()


def test_another_organizations_decisions_and_holds_are_not_there(world, town):
    decision, hold = decided(world), thin.hold(world.actor("administrator"), world.person, "Tvist")
    from samband.people.models import Assignment

    Assignment.objects.filter(staff__user=world.users["administrator"]).update(unit=world.units["centre"])
    client = world.client("administrator")
    assert client.post(url("hold_end", hold)).status_code == 404
    assert client.post(url("thinning_withdraw", decision)).status_code == 404
    assert "Tvist" not in client.get(PAGE).content.decode()


def test_the_rules_ask_as_many_questions_for_thirty_persons_as_for_two(world, town, django_assert_max_num_queries):
    from tests.worlds import make_person

    for serial in range(30, 60):
        put(make_person("Gammal", "Person", serial, world.area), world.units["nursing"])
    with ahead(11):
        with django_assert_max_num_queries(25):
            assert found(town).persons == 30
        client = world.client("administrator")
        with django_assert_max_num_queries(50):
            client.get(PAGE)
