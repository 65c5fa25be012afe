"""Every URL, opened by everybody who has no business there. A new URL joins by itself, or is red until it can.

The person of the world carries a mark in every text. Whoever may not know her must not find the mark, and must not be
able to tell a URL about her from one about nobody.
"""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from samband.board.models import View
from samband.library.models import CheckItem, InfoText
from samband.people.models import Assignment, ContactRole, Flag
from samband.plans.models import Correction, FollowUp, Handover, Proposal, RelativeNote
from tests.contact.worlds import things as contact_things
from tests.dialogue.deck_worlds import deck
from tests.dialogue.sheets_world import things as sheet_things
from tests.dialogue.worlds_rooms import a_room
from tests.guidelines.worlds import things as routine_things
from tests.library.worlds import definition
from tests.meetings.worlds import things as meeting_things
from tests.notices.worlds import a_copy, a_device
from tests.records.worlds import things as record_things
from tests.regions import worlds as region_worlds
from tests.resources.worlds import things as resource_things
from tests.resources.worlds_desk import things as day_things
from tests.resources.worlds_today import a_happening
from tests.resources.worth_world import a_report as worth_report
from tests.review.worlds import a_check, held
from tests.review.worlds import entry as log_entry
from tests.tools.urls import Entry, entries
from tests.worlds import MARK, World

OUTSIDERS = [
    "anonymous", "stranger", "strange_coordinator", "bob", "teacher", "administrator", "reviewer", "strange_person", "silent_son",
]  # fmt: skip

# What a parameter stands for. A URL with a parameter that is not here is red: say what it is.
THINGS = {
    "person": lambda w: w.person,
    "plan": lambda w: w.plan,
    "goal": lambda w: w.things["goal"],
    "action": lambda w: w.things["action"],
    "situation": lambda w: w.things["situation"],
    "relative": lambda w: w.things["husband"],
    "case": lambda w: contact_things(w)["case"],
    "delivery": a_copy,
    **{
        name: (lambda w, name=name: meeting_things(w)[name])
        for name in ("meeting", "attendee", "agendaitem", "decision")
    },
    "flag": lambda w: Flag.objects.get_or_create(person=w.person, kind="info", text=f"Flagga {MARK}")[0],
    "contact": lambda w: ContactRole.objects.get_or_create(
        person=w.person, kind="care_contact", assignment=w.things["alice"]
    )[0],
    "followup": lambda w: FollowUp.objects.get_or_create(plan=w.plan, due_on=date(2030, 1, 1), note=MARK)[0],
    "party": lambda w: w.person.parties.first(),
    "checkitem": lambda w: CheckItem.objects.get_or_create(plan=w.plan, text=f"Lista {MARK}", added_by=MARK)[0],
    "infotext": lambda w: InfoText.objects.get_or_create(plan=w.plan, title=MARK, body=MARK, added_by=MARK)[0],
    "note": lambda w: RelativeNote.objects.get_or_create(plan=w.plan, relative=w.things["husband"], words=MARK)[0],
    "proposal": lambda w: Proposal.objects.get_or_create(action=w.things["action"], text=MARK, by_name=MARK)[0],
    "handover": lambda w: Handover.objects.get_or_create(
        plan=w.plan,
        from_unit=w.units["nursing"],
        to_unit=w.units["centre"],
        reason="unit",
        message=MARK,
        on=date(2030, 1, 1),
        by_name=MARK,
    )[0],
    "view": lambda w: View.objects.get_or_create(
        assignment=Assignment.objects.get(staff__user=w.users["coordinator"]), name=MARK
    )[0],
    **{
        name: (lambda w, name=name: record_things(w)[name])
        for name in (
            "entry",
            "block",
            "liftrequest",
            "consent",
            "share",
            "attachment",
            "copy",
            "extractorder",
            "legalhold",
            "thinningdecision",
        )
    },
    "visit": lambda w: day_things(w)["visit"],
    "check": a_check,
    "tie": lambda w: resource_things(w)["tie"],
    "correction": lambda w: Correction.objects.get_or_create(
        plan=w.plan,
        kind="corrected",
        ground="wrong",
        thing=f"plans.goal:{w.things['goal'].public_id}",
        field="words",
        digest="x",
        number=1,
        why=MARK,
        by_name=MARK,
    )[0],
    "happening": a_happening,
}
# Parameters that are no person's: any value will do.
NEUTRAL: dict[str, object] = {
    "name": "board",
    "unit": lambda w: w.units["nursing"].public_id,
    "event": lambda w: log_entry(held(w, "alice"), "plan.read", w.person).pk,
    "organization": lambda w: w.units["nursing"].organization.public_id,
    "staff": lambda w: w.things["alice"].staff.public_id,
    "assignment": lambda w: w.things["alice"].public_id,
    "run": uuid.UUID(int=0),
    "batch": uuid.UUID(int=0),
    "account": lambda w: w.users["self"].public_id,
    "earlier": uuid.UUID(int=0),
    "number": 1,
    "contact_kind": "care_contact",
    "import_kind": "persons",
    "kind": "no-plan",
    "stamp": "20261123T0000",
    "version": 1,
    "definition": lambda w: definition().public_id,
    "template": lambda w: definition().public_id,
    "part_type": "action",
    "guideline": lambda w: routine_things(w)["guideline"].public_id,
    **{
        name: (lambda w, name=name: routine_things(w)[name].public_id)
        for name in ("guidelinefeedback", "guidelinefile", "guidelineuse", "divergence")
    },
    "part_key": "a",
    "token": "no-token",
    "factor": 1,
    "report": uuid.UUID(int=0),
    "pool": lambda w: day_things(w)["pool"].public_id,
    "dayplan": lambda w: day_things(w)["dayplan"].public_id,
    "device": lambda w: a_device(w).public_id,
    "worthreport": lambda w: worth_report(w).public_id,
    **{
        name: (lambda w, name=name: contact_things(w)[name].public_id)
        for name in ("rota", "shift", "pattern", "absence", "swap")
    },
    "file_kind": "shifts",
    "code": lambda w: region_worlds.statement().region.code,
    "said": lambda w: region_worlds.statement().public_id,
    "statement": lambda w: region_worlds.statement().public_id,
    "said_kind": "statement",
    "export_table": "statements",
    "theme": lambda w: region_worlds.theme().public_id,
    "indicator": lambda w: region_worlds.indicator().public_id,
    "municipality": lambda w: region_worlds.town().public_id,
    "room_code": "CDEFHJKM",
    "file_form": "csv",
    **{
        name: (lambda w, name=name: sheet_things(w)[name].public_id)
        for name in ("sheet", "sitting", "nextstep", "outcome")
    },
    "room": lambda w: a_room(w).public_id,
    "deck": lambda w: deck().public_id,
    "deck_format": "csv",
    "card_key": "ett",
    **{
        name: (lambda w, name=name: resource_things(w)[name].public_id)
        for name in ("workshift", "competence", "delegation", "team", "loan")
    },
}
ABOUT_A_PERSON = set(THINGS)

TABLE = [entry for entry in entries() if entry.action is not None]


def address(entry: Entry, world: World, nobody: bool = False) -> str:
    values = {}
    for name in entry.parameters:
        if name in NEUTRAL:
            values[name] = NEUTRAL[name](world) if callable(NEUTRAL[name]) else NEUTRAL[name]
        else:
            assert name in THINGS, f"{entry.route}: say in THINGS or NEUTRAL what {name!r} stands for"
            values[name] = uuid.uuid4() if nobody else THINGS[name](world).public_id
    return reverse(entry.name, kwargs=values)


@pytest.mark.parametrize("entry", TABLE, ids=lambda e: e.route)
def test_an_outsider_learns_nothing(world, entry):
    """The address shows nothing of the person; where it is about her, it answers as one about nobody."""
    url = address(entry, world)
    other = address(entry, world, nobody=True) if ABOUT_A_PERSON & set(entry.parameters) else ""
    for who in OUTSIDERS:
        client = world.client(who)
        for method in ("get", "post"):
            known = getattr(client, method)(url)
            at = (who, method, entry.route)
            _shows_nothing(known, at)
            if other:
                _is_as(known, getattr(client, method)(other), world, at)


def _shows_nothing(response, at: tuple) -> None:
    assert response.status_code < 500, at
    body = b"".join(response) if response.streaming else response.content
    assert MARK not in body.decode(errors="replace"), at
    assert MARK not in str(response.headers), at


def _is_as(known, unknown, world: World, at: tuple) -> None:
    assert known.status_code == unknown.status_code, at
    assert known.status_code in (302, 403, 404, 405), (*at, known.status_code)
    if known.status_code in (403, 404):
        assert _plain(known, world) == _plain(unknown, world), at


def _plain(response, world: World) -> str:
    """The page without what differs between any two requests: the CSRF token and the address itself."""
    import re

    text = response.content.decode()
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "…", text)
    return re.sub(r'(csrfmiddlewaretoken" value|csrf-token" content)="[^"]*"', "", text)


@pytest.mark.parametrize("entry", [e for e in entries() if e.action is None], ids=lambda e: e.route)
def test_only_libraries_have_views_without_a_question(entry):
    assert entry.view.__module__.startswith("allauth."), f"{entry.route} has neither guarded nor public"


def test_the_table_is_not_empty():
    assert {"public", "plan.edit", "person.list", "board.read"} <= {entry.action for entry in TABLE}
