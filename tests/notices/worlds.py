"""The small world of tests/worlds.py with notices about Märit, and accounts that want to be reached."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.urls import reverse

from samband.core import notices
from samband.core.models import User
from samband.notices.models import Delivery, Device, Preferences
from samband.notices.services import webpush
from samband.people.models import Assignment, Staff
from tests.worlds import World

# Wednesday 25 November 2026, 10.00 in Sweden.
MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

notices.group("test", "Prov")
PLAIN = notices.kind("test.plain", "Något har hänt")
RECEIPT = notices.kind("test.receipt", "Kvittera det här", receipt=True, escalate_after=HOUR)
SLOW = notices.kind("test.slow", "Kvittera i morgon", receipt=True, escalate_after=timedelta(days=1))


def plan_url(world: World) -> str:
    return reverse("plans:person", args=[world.person.public_id])


def tell(world: World, kind: notices.NoticeKind = PLAIN, **more: Any) -> notices.Telling:
    """About Märit, leading to her page."""
    return notices.tell(kind.key, more.pop("url", plan_url(world)), person_id=world.person.pk, **more)


def assignment(world: World, name: str) -> Assignment:
    return Assignment.objects.get(staff__user=world.users[name])


def nurses(world: World, number: int, unit: str = "nursing") -> list[Assignment]:
    """Colleagues at the unit, each with an account."""
    made = []
    for n in range(number):
        user = User.objects.create_user(f"nurse{n}-{unit}")
        staff = Staff.objects.create(
            given_name=f"N{n}", family_name="Kollega", hsa_id=f"SE5560000000-N{user.pk}", user=user
        )
        made.append(Assignment.objects.create(staff=staff, unit=world.units[unit], role="nurse", title="nurse"))
    return made


def wants(user: User, mail: bool = True, push: bool = False, **more: Any) -> Preferences:
    """An account with a confirmed address and a choice for everything."""
    values = {
        "email": f"{user.username}@example.org", "confirmed_at": MORNING, "channels": {"": {"mail": mail, "push": push}},
        "quiet_from": time(21), "quiet_to": time(6), **more,
    }  # fmt: skip
    return Preferences.objects.create(user=user, **values)


def copies(name: str) -> list[Delivery]:
    """The account's copies, oldest first."""
    return list(Delivery.objects.filter(assignment__staff__user__username=name).order_by("pk"))


def a_copy(world: World) -> Delivery:
    """One of Alice's, made once."""
    if not (found := copies("alice")):
        tell(world, RECEIPT, units=[world.units["nursing"].pk])
        found = copies("alice")
    return found[0]


def a_device(world: World) -> Device:
    user = world.users["alice"]
    return Device.objects.get_or_create(user=user, mark="0" * 64, defaults={"name": "Alices telefon"})[0]


def keys() -> tuple[Any, str, str]:
    """What a browser makes for itself: its private key, and the two that it hands out."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    private = ec.generate_private_key(webpush.CURVE)
    public = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return private, webpush.encode(public), webpush.encode(b"0123456789abcdef")
