"""The persons of the stories: who they are, who is near them, who takes part. Their plans: plans.py."""

from typing import Any

from samband.access.models import Capacity, CareRelation, Maturity, Party
from samband.core.ids import parse_identity
from samband.demo.county import County, demo_user
from samband.demo.moments import day, moment
from samband.people.models import ContactRole, Flag, Person, Relative

REASONS = {
    "care_center": "listad på vårdcentralen",
    "home_nursing": "inskriven i hemsjukvården",
    "home_help": "har beslut om hemtjänst",
    "ward": "vårdas eller har nyss vårdats på avdelningen",
    "on_call": "har ringt och ska följas upp",
    "care_home": "bor eller har plats där",
    "dental": "patient i tandvården",
    "rehab": "har rehabilitering där",
    "social": "har beslut eller utredning där",
    "school": "går i skolan",
}


def load_person(row: dict[str, Any], county: County) -> Person | None:
    """The person with everything but the plan; None where she is there already."""
    identity = parse_identity(row["number"])
    if Person.objects.filter(identity_number=identity.number).exists():
        return None
    street, _, city = row["address"].partition(", ")
    person = Person(
        identity_kind=identity.kind,
        identity_number=identity.number,
        birth_date=identity.born,
        given_name=row["given"],
        family_name=row["family"],
        protection=row["protected"],
        street=street,
        city=city,
        latitude=row["lat"],
        longitude=row["lon"],
        phone=row["phone"],
        area=county.areas[row["area"]],
        language=row["language"],
        interpreter=row.get("interpreter", False),
        information=row["information"],
    )
    if row.get("login"):
        person.user = demo_user(row["key"])
    person.save()
    for flag in row["flags"]:
        Flag.objects.create(person=person, kind=flag["kind"], icon=flag["icon"], text=flag["text"])
    _contacts(person, row, county)
    _access(person, row, county)
    return person


def load_relatives(person: Person, row: dict[str, Any]) -> dict[str, Relative]:
    """Those near the person, by key."""
    found = {}
    for item in row["relatives"]:
        found[item["key"]] = Relative.objects.create(
            person=person,
            given_name=item["given"],
            family_name=item["family"],
            relation=item["relation"],
            phone=item["phone"],
            role=item["role"],
            lives_with=item.get("lives_with", False),
            reads=item["reads"],
            writes=item["writes"],
            basis=item.get("basis", ""),
            starts_on=day("-200d"),
            ends_on=day(item.get("until")),
            user=demo_user(item["key"]) if item.get("login") else None,
        )
    return found


def _contacts(person: Person, row: dict[str, Any], county: County) -> None:
    for kind, staff in row["contacts"].items():
        ContactRole.objects.create(
            person=person, kind=kind, assignment=county.assignment(staff), starts_on=day("-180d")
        )


def _access(person: Person, row: dict[str, Any], county: County) -> None:
    """Relations (A1), parties with what was said (P1), and what holds for somebody who cannot consent (P7)."""
    parties = {item["unit"]: item for item in row.get("parties", [])}
    for key in row["relations"]:
        unit = county.units[key]
        since = day(parties[key]["date"]) if key in parties else day("-90d")
        reason = REASONS.get(unit.kind, "pågående kontakt")
        CareRelation.objects.create(person=person, unit=unit, reason=reason, starts_on=since)
    for key, item in parties.items():
        Party.objects.create(
            person=person,
            unit=county.units[key],
            said=item["said"],
            said_by=item["said_by"],
            form=item["form"],
            recorded_by=county.assignment(item["recorded_by"]),
            agreed_at=moment(item["date"]),
        )
    if "capacity" in row:
        _capacity(person, row["capacity"], county)
    if "maturity" in row:
        _maturity(person, row["maturity"], county)


def _maturity(person: Person, item: dict[str, Any], county: County) -> None:
    """A child's maturity as it was assessed (P4, A13)."""
    assessor = county.assignment(item["assessed_by"])
    Maturity.objects.create(
        person=person,
        assessed_by=f"{assessor.staff}, {assessor.title}",
        basis=item["basis"],
        wishes=item["wishes"],
        own=item["own"],
        guardians=item["guardians"],
        entries=item["entries"],
        review_on=day(item["review"]),
        starts_on=day("-40d"),
        recorded_by=assessor,
    )


def _capacity(person: Person, item: dict[str, Any], county: County) -> None:
    assessor = county.assignment(item["assessed_by"])
    Capacity.objects.create(
        person=person,
        ground=item["kind"],
        assessed_by=f"{assessor.staff}, {assessor.title}",
        basis=item["basis"],
        represented_by=item["represented_by"],
        attitude=item["attitude"],
        review_on=day(item["review"]),
        starts_on=day("-12d"),
    )
