"""Keeping a document: once, all or nothing, newer over older, and never over what somebody wrote."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from samband.core.policy import Denied
from samband.regions.models import Body, Document, Goal, Irregularity, Region, Section, Source, Statement
from samband.regions.rules.reading import Unreadable
from samband.regions.services import editing, importing, rows
from tests.regions.document import HEAD, NORTH, TEXT, WEST
from tests.regions.worlds import leader

pytestmark = pytest.mark.django_db


def current(model, name="Region Dalarna"):
    return model.objects.filter(region__name=name, ended_at__isnull=True)


def test_everything_is_kept_with_line_and_day(django_assert_max_num_queries):
    with django_assert_max_num_queries(110):
        done = importing.keep(TEXT.encode(), "påhittat.txt")
    assert Region.objects.count() == 21
    assert done.source.as_of == date(2021, 3, 1)
    assert Document.objects.get().year == 2019
    statement = Statement.objects.get(text="Under den står en underpunkt")
    assert statement.parent.text == "Strategin beslutades av regionfullmäktige 2019."
    assert TEXT.split("\n")[statement.line - 1].strip() == "- Under den står en underpunkt"
    assert not Section.objects.filter(region__code="14", key="samverkan").exists()
    assert Irregularity.objects.filter(region__code="14", missing="samverkan").exists()
    assert {note["what"] for note in done.source.report} >= {"unknown", "picture"}


def test_the_same_file_twice_changes_nothing_whatever_its_ends_of_lines():
    importing.keep(TEXT.encode(), "a.txt")
    before = Statement.objects.count()
    again = importing.keep(TEXT.replace("\n", "\r\n").encode(), "b.txt")
    assert again.same
    assert (Source.objects.count(), Statement.objects.count()) == (1, before)


def test_stopped_halfway_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(rows.Made, "keep", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        importing.keep(TEXT.encode(), "a.txt")
    assert Source.objects.count() == 0
    assert Section.objects.count() == 0


def test_a_newer_document_replaces_only_the_sections_it_speaks_of():
    importing.keep(TEXT.encode(), "a.txt")
    bodies = list(current(Body))
    newer = HEAD.replace("2021", "2023") + NORTH.partition("Samverkan inom")[0] + "\n"
    done = importing.keep(newer.encode(), "b.txt")
    assert done.ended > 0
    assert list(current(Body)) == bodies
    assert {row.source.as_of.year for row in current(Section).filter(key="organisation")} == {2023}
    assert {row.source.as_of.year for row in current(Section).filter(key="samverkan")} == {2021}
    assert not current(Irregularity).filter(missing="samverkan").exists()
    assert Section.objects.filter(region__code="20", key="organisation", ended_at__isnull=False).exists()
    assert current(Goal, "Västra Götalandsregionen").get().year == 2031


def test_an_older_document_is_history_at_once():
    importing.keep(TEXT.encode(), "a.txt")
    kept = current(Statement).count()
    only_here = "Region Skåne\n\nInriktning, målbild och målområden\n\n- Bara den gamla.\n"
    done = importing.keep((HEAD.replace("2021", "2019") + NORTH + "\n" + only_here).encode(), "old.txt")
    assert done.older
    assert done.ended == 0
    assert current(Statement).count() == kept
    assert Statement.objects.filter(source=done.source, region__code="20").exists()
    assert current(Statement, "Region Skåne").get().text == "Bara den gamla."


def test_what_somebody_wrote_stays_and_is_told(world):
    actor = leader(world)
    importing.keep(TEXT.encode(), "a.txt")
    body = current(Body).first()
    written = editing.edit(body, {"name": "Kaffegruppen"}, actor, "Heter så nu")
    done = importing.keep(TEXT.replace("2021-03-01", "2022-03-01").encode(), "b.txt")
    written.refresh_from_db()
    assert written.ended_at is None
    assert [(c.region, c.section, c.text) for c in done.conflicts] == [("Region Dalarna", "samverkan", "Kaffegruppen")]


def test_preview_keeps_nothing_and_a_stranger_may_not(world):
    found = importing.preview(TEXT.encode())
    assert found.made["Statement"] > 10
    assert Source.objects.count() == 0
    with pytest.raises(Denied):
        importing.run(world.actor("alice"), TEXT.encode(), "a.txt")
    with pytest.raises(Unreadable):
        importing.keep(b"nothing", "a.txt")


def test_a_day_to_come_is_refused():
    with pytest.raises(ValidationError):
        importing.keep(WEST.encode(), "a.txt", as_of=date(2999, 1, 1))
    assert Source.objects.count() == 0
