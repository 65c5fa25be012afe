"""The demo log-ins: one for each role, with what that role can do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samband.core.models import User
from samband.core.policy import Actor
from samband.people.models import Assignment, Relative
from samband.people.services.actors import choices, token

CAN: dict[str, Promise] = {
    "coordinator": _("Ser läget: var en plan saknas eller brister, och vad som måste lösas i dag."),
    "nurse": _("Har dagens lista, läser planerna och skriver i den egna enhetens insatser."),
    "assistant": _("Ser dagens insatser hemma hos personerna och vad de själva säger är viktigt."),
    "physician": _("Läser planen på nittio sekunder och skriver i vårdcentralens insatser."),
    "therapist": _("Läser planen och skriver i rehabiliteringens insatser."),
    "dental": _("Läser planen där tandvården är part, och skriver i sina insatser."),
    "pharmacist": _("Läser planen för att gå igenom läkemedlen."),
    "social": _("Läser planen där socialtjänsten är part, och skriver i sina insatser."),
    "leader": _("Leder förbättringsarbete och dialoger, sköter rutiner och regionernas underlag."),
    "planner": _("Lägger schema och planerar dagens besök, tillsammans med andra huvudmän."),
    "outside": _("Ser bara de insatser som personen har sagt ja till att visa."),
    "administrator": _("Läser in och sköter enheter och personal. Ser inga planer."),
    "reviewer": _("Granskar vem som har läst vad. Ser inga planer."),
    "person": _("Ser sin egen plan, vem som kommer i dag, vem som svarar nu och vem som har läst."),
    "relative": _("Ser det som personen delar, och skriver i sin del."),
    "guardian": _("Läser och skriver i barnets plan, så länge barnet är barn."),
    "trustee": _("Läser och skriver för den som hon eller han företräder."),
    "proxy": _("Läser det som personen har gett ombudet."),
}
ORDER = list(CAN)


@dataclass(frozen=True)
class Login:
    """A button on the log-in page."""

    user: User
    role: str
    title: str
    name: str
    label: str
    token: str

    @property
    def who(self) -> str:
        """`Ida Wallin, sjuksköterska, Hemsjukvården Heby`."""
        return self.name if self.label == self.name else f"{self.name}, {self.label}"

    @property
    def can(self) -> str:
        return str(CAN.get(self.role, ""))


Source = Callable[[], list[User]]
_sources: list[Source] = []


def provide(source: Source) -> Source:
    """Say which accounts to offer, in which order (the demo county does, from its `apps.ready`)."""
    _sources.append(source)
    return source


def every() -> list[Login]:
    """Each demo account in each capacity, in the order in which they are offered."""
    users = [user for source in _sources for user in source()]
    users = users or list(User.objects.filter(is_demo=True, is_active=True).order_by("pk")[:60])
    return [
        Login(user, role_of(actor), title_of(actor), actor.name, actor.label, token(actor))
        for user in users
        for actor in choices(user)
    ]


def offered(known: list[Login] | None = None) -> list[Login]:
    """One log-in for each role."""
    found: dict[str, Login] = {}
    for row in every() if known is None else known:
        found.setdefault(row.role, row)
    return sorted(found.values(), key=lambda row: ORDER.index(row.role))


def role_of(actor: Actor) -> str:
    """The word that decides what is offered: the assignment's role, or person or relative."""
    return actor.kind if actor.kind == "person" else actor.role or actor.kind


def title_of(actor: Actor) -> str:
    """The role as the one who holds it would say it."""
    if actor.kind == "staff":
        return str(Assignment.Role(actor.role).label)
    if actor.kind == "relative":
        return str(Relative.Role(actor.role).label)
    return str(_("Personen själv"))
