"""A generated person's row, those near, the contacts and who takes part. Some of it is missing, as in life."""

import random
from datetime import date, datetime, timedelta

from samband.access.models import Capacity, CareRelation, Party
from samband.core.ids import IdentityKind
from samband.demo.county import County
from samband.demo.generator.persons import Made
from samband.demo.generator.places import GROUP, Places
from samband.demo.generator.rows import Rows
from samband.demo.stories import REASONS
from samband.people.models import ContactRole, Flag, Person, Relative, Unit

SAID = ("Ja.", "Ja, de får läsa och skriva.", "Det är bra att de pratar med varandra.", "Ja, men fråga mig först.")
NEAR = ("dotter", "son", "syster", "bror", "granne", "brorsdotter", "vän")
WITHOUT = {"care_contact": 0.04, "physician_contact": 0.08, "social_contact": 0.05}


def person_row(made: Made, county: County) -> Person:
    """The person, with the stored search keys that bulk writing does not fill."""
    home = made.home
    person = Person(
        identity_kind=IdentityKind.RESERVE,
        identity_number=made.number,
        birth_date=made.born,
        given_name=made.given,
        family_name=home.family,
        protection=home.protection,
        street=home.street,
        city=home.city,
        latitude=home.latitude,
        longitude=home.longitude,
        phone=home.phone,
        area=county.areas[home.district],
        language=home.origin["language"],
        interpreter=made.interpreter,
        information=made.information,
    )
    person.fill_keys()
    return person


def flags(rows: Rows, person: Person, made: Made, rng: random.Random) -> None:
    for item in made.profile["flags"]:
        if rng.random() < item["share"]:
            rows.flags.append(Flag(person=person, kind=item["kind"], icon=item["icon"], text=item["text"]))


def relatives(rows: Rows, person: Person, made: Made, rng: random.Random, today: date) -> list[Relative]:
    """Guardians of a child; the other one of a couple; a child or a friend of most others."""
    since, found = today - timedelta(days=200), []
    if made.profile.get("capacity") == "child":
        until = made.born.replace(year=made.born.year + 18, day=min(made.born.day, 28))
        for relation, names in (("mamma", "women"), ("pappa", "men")):
            near = _near(person, rng.choice(made.home.origin[names]), relation, made.home.phone, since)
            near.role, near.lives_with, near.reads, near.writes = "guardian", True, True, True
            near.ends_on = until
            found.append(near)
    if made.partner:
        near = _near(person, made.partner, "make" if made.woman else "maka", made.home.phone, since)
        near.lives_with, near.reads, near.writes = True, rng.random() < 0.8, rng.random() < 0.5
        found.append(near)
    if not found and rng.random() < 0.7:
        given = rng.choice(made.home.origin["women" if rng.random() < 0.6 else "men"])
        near = _near(person, given, rng.choice(NEAR), f"070-174 06 {rng.randrange(50, 100)}", since)
        near.reads = rng.random() < 0.6
        near.writes = near.reads and rng.random() < 0.3
        found.append(near)
    rows.relatives.extend(found)
    return found


def _near(person: Person, given: str, relation: str, phone: str, since: date) -> Relative:
    return Relative(
        person=person, given_name=given, family_name=person.family_name, relation=relation, phone=phone, starts_on=since
    )


def unit_of(made: Made, kind: str, places: Places) -> Unit | None:
    """The unit of a kind where the person lives."""
    return places.unit(kind, made.home.municipality, made.index // GROUP, made.home.district)


def units_of(made: Made, places: Places) -> dict[str, Unit]:
    """The units that take part, by kind."""
    found = {kind: unit_of(made, kind, places) for kind in made.profile["parties"]}
    return {kind: unit for kind, unit in found.items() if unit}


def access(
    rows: Rows, person: Person, made: Made, units: dict[str, Unit], places: Places, rng: random.Random, now: datetime
) -> None:
    """Relations, and parties with what was said. A child's and a represented person's say comes through others."""
    represented = made.profile.get("capacity")
    agreed = now - timedelta(days=rng.randrange(5, 200))
    recorder = places.staff(next(iter(units.values())), "nurse", rng)
    for unit in units.values():
        rows.relations.append(
            CareRelation(
                person=person, unit=unit, reason=REASONS.get(unit.kind, "pågående kontakt"), starts_on=agreed.date()
            )
        )
        rows.parties.append(
            Party(
                person=person,
                unit=unit,
                said=rng.choice(SAID),
                said_by="företrädare" if represented else person.given_name,
                form="via_representative" if represented else rng.choice(["spoken", "spoken", "written"]),
                recorded_by=recorder,
                agreed_at=agreed,
            )
        )


def capacity(rows: Rows, person: Person, made: Made, near: list[Relative], rng: random.Random, today: date) -> None:
    """P7. Now and then the day to look again has passed."""
    ground = made.profile.get("capacity")
    if not ground:
        return
    child = ground == "child"
    rows.capacities.append(
        Capacity(
            person=person,
            ground=ground,
            assessed_by="Läkare på vårdcentralen",
            basis="Barn; vårdnadshavare företräder." if child else "Minnessjukdom, bedömt vid två samtal.",
            represented_by=", ".join(str(item) for item in near) or "Ingen företrädare är känd",
            attitude="Har inte sagt nej till att de som hjälper talar med varandra.",
            review_on=today + timedelta(days=rng.randrange(-20, 180)),
            starts_on=today - timedelta(days=200),
        )
    )


def contacts(
    rows: Rows, person: Person, units: dict[str, Unit], places: Places, rng: random.Random, today: date
) -> None:
    """The three contacts where the unit that should name one takes part; some are missing."""
    wanted = {
        "care_contact": (units.get("home_nursing") or units.get("care_center"), "nurse"),
        "physician_contact": (units.get("care_center"), "physician"),
        "social_contact": (units.get("home_help") or units.get("social"), "assistant"),
    }
    for kind, (unit, competence) in wanted.items():
        assignment = places.staff(unit, competence, rng) if unit else None
        if assignment and rng.random() >= WITHOUT[kind]:
            rows.contacts.append(
                ContactRole(person=person, kind=kind, assignment=assignment, starts_on=today - timedelta(days=150))
            )
