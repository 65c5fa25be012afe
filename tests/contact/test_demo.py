"""The demo county has real holes, and the command tells them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from samband.contact.models import Case, Rota
from samband.contact.services import answers, coverage, tonight
from samband.core import clock
from samband.core.policy import ANONYMOUS
from samband.demo import loader
from samband.people.models import Area, Person

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_the_holes_of_the_county_are_told(capsys):
    with clock.frozen(MORNING):
        loader.load()
        rotas, cases = Rota.objects.count(), Case.objects.count()
        loader.load()
        assert (Rota.objects.count(), Case.objects.count()) == (rotas, cases)
        call_command("coverage")
        out = capsys.readouterr().out
        assert "Heby, läkarbeslut: mån–tor 21.30–00.00" in out
        picture = coverage.county()
        heby = Area.objects.get(name="Heby")
        assert {g.need for g in picture.gaps if g.area == heby.pk} >= {"doctor"}
        night = tonight.lanes_for(heby, ANONYMOUS)
        assert [hole["when"] for hole in night["holes"]] == ["I kväll 21.30–00.00, läkarbeslut"]
        gunvor = Person.objects.get(given_name="Gunvor")
        assert answers.speak(answers.resolve_person(gunvor, "visit")).who == "Ida Wallin"
    with clock.frozen(MORNING.replace(hour=22)):
        found = answers.speak(answers.resolve_person(gunvor, "doctor"))
        assert (found.hole, found.number, found.after) == (True, "1177", "sedan David Sundin, Avdelning 2, medicin")
