"""Questions and capacities in words, for whoever reads an explanation."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from samband.core.policy import Actor
from samband.people.models import Relative

QUESTIONS: dict[str, Promise] = {
    "person.read": _l("Se sidan om personen"),
    "plan.read": _l("Läsa den gemensamma planen"),
    "plan.edit": _l("Skriva i den gemensamma planen"),
    "record.list": _l("Läsa den egna vårdgivarens anteckningar"),
    "record.others": _l("Veta att andra har skrivit något"),
    "own.read": _l("Läsa planen på de egna sidorna"),
    "record.own": _l("Läsa journalen på de egna sidorna"),
}


def question(action: str) -> str:
    """What is asked, or its name where it is a rare one."""
    return str(QUESTIONS.get(action, action))


def capacity(actor: Actor) -> str:
    """In which capacity, without the name of a person or of somebody near."""
    if actor.kind == "staff":
        return actor.label
    if actor.kind == "person":
        return _("Personen själv")
    return str(dict(Relative.Role.choices).get(actor.role, _("Närstående")))
