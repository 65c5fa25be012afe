"""The person's header on the pages of this module: one person, one face.

The header holds the person's own words, which live in a module above; that module says here how the header is made.
Until it does, the pages show name, age and number.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from samband.people.models import Person

Maker = Callable[[HttpRequest, Person], Any]
_makers: list[Maker] = []
PERSON_PAGES = ("plans:person", "plans:plan", "people:person_edit")


def made_by(maker: Maker) -> None:
    """Register how the header is made (`AppConfig.ready` of the module that has the words)."""
    _makers[:] = [maker]


def header(request: HttpRequest, person: Person) -> Any:
    """The context of ui/parts/person_header.html, or None where nobody makes it."""
    return _makers[0](request, person) if _makers else None


def person_url(person: Person) -> str:
    """The page of one person: the shared plan where it is installed, else the facts."""
    for name in PERSON_PAGES:
        try:
            return reverse(name, kwargs={"person": person.public_id})
        except NoReverseMatch:
            continue
    return "/"


def age_line(person: Person) -> str:
    """`79 år, 19470312-238X`."""
    number = person.shown_number
    return _("%(age)d år, %(number)s") % {"age": person.age, "number": number} if person.age is not None else number
