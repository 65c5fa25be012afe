"""Invented accounts of three regions: one whole, one with parts that the source lacks, one about which nothing is read."""

from datetime import date
from typing import Any

from samband.core.policy import Actor
from samband.regions.models import (
    Body,
    Document,
    Goal,
    Indicator,
    Municipality,
    Region,
    Section,
    Source,
    Statement,
    Theme,
)
from samband.regions.services import known
from tests.worlds import World, _staff

DAY = date(2020, 8, 31)
WHOLE = {
    "inriktning": ["Målet är en nära vård för alla."],
    "organisation": ["Arbetet leds av en styrgrupp."],
    "prioriterade": ["Hemmonitorering prövas hos fler.", "Mobila team för äldre."],
    "samverkan": ["Ett råd möts varje kvartal."],
    "gemensamma": ["Distansmonitorering med kommunerna.", "Patientkontraktet införs."],
}
PARTLY = {
    "inriktning": ["Föräldrarnas röst räknas."],
    "organisation": ["Utredningen leds av en tunga föring."],
    "gemensamma": ["Ett mobilt team startas."],
}


def source() -> Source:
    return Source.objects.get_or_create(name="Provdokumentet", as_of=DAY, defaults={"sha256": "0" * 64, "lines": 90})[0]


def say(region: Region, model: Any, order: int = 1, **fields: Any) -> Any:
    return model.objects.create(region=region, source=source(), as_of=DAY, order=order, line=order, **fields)


def account(region: Region, texts: dict[str, list[str]]) -> None:
    order = 0
    for key, lines in texts.items():
        order += 1
        say(region, Section, order, key=key, heading=key.capitalize())
        for text in lines:
            order += 1
            say(region, Statement, order, section=key, form="bullet", text=text)


def regions() -> dict[str, Region]:
    """Blekinge (10) has everything, Norrbotten (25) lacks priorities and collaboration, the other 19 are empty."""
    places = known.load()
    if not Statement.objects.exists():
        account(places["10"], WHOLE)
        account(places["25"], PARTLY)
        say(places["10"], Goal, year=2027, period="2019–2022", text="Alla får vård nära.")
        say(places["25"], Goal, horizon="på lång sikt")
        say(
            places["10"],
            Document,
            name="Strategi för nära vård",
            year=2018,
            role="huvuddokument",
            original="Stratgi för nära vård",
        )
        say(places["10"], Body, name="Vårdrådet", level="politisk")
    return places


def theme(name: str = "Monitorering", words: str = "monitorering") -> Theme:
    found = Theme.objects.filter(name=name).first()
    return found or Theme.objects.create(slug=name.lower(), name=name, words=words, order=Theme.objects.count() + 1)


def indicator() -> Indicator:
    return Indicator.objects.get_or_create(name="Fast läkarkontakt", defaults={"unit": "procent", "better": "higher"})[
        0
    ]


def town() -> Municipality:
    return Municipality.objects.get_or_create(code="1080", defaults={"name": "Karlskrona", "region": regions()["10"]})[
        0
    ]


def leader(world: World) -> Actor:
    """An improvement leader, who keeps the material."""
    if "leader" not in world.users:
        _staff(world.users, "leader", world.units["centre"], "leader")
    return world.actor("leader")


def statement(text: str = "Hemmonitorering prövas hos fler.") -> Statement:
    regions()
    return Statement.objects.get(text=text, ended_at=None)
