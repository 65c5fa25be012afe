"""Why an account may, or may not: asked of the decision point itself, in every capacity that the account has.

Nothing is decided here. What is told apart is who is told: at the server everything; an administrator no more than the
answer, and of somebody who is protected, or the member of staff herself or near to her, the answer for nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.urls import Resolver404, resolve

from samband.access.services.facts import apart_from, person_id_of
from samband.core import policy
from samband.core.models import User
from samband.core.policy import Actor, Decision
from samband.people.models import Person, Relative
from samband.people.services import actors

# What an administrator may ask about a person without knowing anything of hers.
PLAIN = ("person.read", "plan.read", "plan.edit", "record.list", "record.others", "own.read", "record.own")


@dataclass(frozen=True)
class Line:
    """One answer: in which capacity, to which question."""

    actor: Actor
    action: str
    decision: Decision


def account(text: str) -> User:
    """By user name, public id or HSA-id. Raises ValueError with a sentence."""
    found = User.objects.filter(username=text).first() or User.objects.filter(staff__hsa_id=text).first()
    key = _uuid(text)
    found = found or (User.objects.filter(public_id=key).first() if key else None)
    if found is None:
        raise ValueError(f"No account is called {text!r}; expected a user name, a public id or an HSA-id.")
    return found


def person(text: str) -> Person:
    """By public id: an identity number does not belong in a command's history. Raises ValueError with a sentence."""
    key = _uuid(text)
    if key is None:
        raise ValueError("The person is named by public id, as it stands in the address of her page.")
    found = Person.objects.filter(public_id=key).first()
    if found is None:
        raise ValueError(f"No person has the public id {text}.")
    return found


def thing(whose: Person, text: str) -> Model:
    """`plans.action:<public id>`, about this person; empty: herself. Raises ValueError with a sentence."""
    if not text:
        return whose
    label, _colon, raw = text.partition(":")
    key = _uuid(raw)
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise ValueError(f"{label!r} is no model; expected for example plans.action:<public id>.") from error
    if key is None or not hasattr(model, "public_id"):
        raise ValueError(f"{text!r} names no {label}; expected {label}:<public id>.")
    row = model._default_manager.filter(public_id=key).first()
    if row is None or person_id_of(row) != whose.pk:
        raise ValueError(f"No {label} of this person has the public id {raw}.")
    return row


def actions(about: Model, named: str = "") -> list[str]:
    """The questions about the thing: the one that was named, or all. Raises ValueError for one that has no rule."""
    if named and named not in policy.registry.rules:
        raise ValueError(f"No rule is registered for {named!r}, so the answer is always no.")
    if named:
        return [named]
    # No page asks about a plan as such: what is asked about the person is asked about it.
    return policy.questions(about) or [q for q in policy.questions(Person()) if q not in policy.registry.about]


def capacities(user: User, whose: Person | None = None) -> list[Actor]:
    """Every capacity of the account, and being near to `whose` also where that opens nothing now: that is asked about too."""
    found = actors.choices(user)
    known = {actor.relative_id for actor in found}
    near = Relative.objects.filter(user=user, person=whose) if whose and whose.pk else Relative.objects.none()
    return found + [actors.relative(row) for row in near.select_related("person") if row.pk not in known]


def explain(who: Iterable[Actor], about: Model, asked: Iterable[str]) -> list[Line]:
    """The answers, as pages give them."""
    asked = list(asked)
    return [Line(actor, action, policy.answer(actor, action, about)) for actor in who for action in asked]


def for_administrator(user: User, whose: Person | None, address: str = "") -> list[Line]:
    """The plain questions, or the one of an address. Who is protected, or is or is near to the account, counts as nobody."""
    nobody = Person(pk=0)
    if whose is None or whose.is_protected:
        whose = nobody
    lines = []
    for actor in actors.choices(user):  # that she is near to somebody else is not told by one capacity more
        about = nobody if apart_from(actor, whose.pk) is not None else whose
        if address:
            lines += _of_address(actor, about, address)
        else:
            wanted = [q for q in PLAIN if (actor.kind == "staff") is (q not in ("own.read", "record.own"))]
            lines += explain([actor], about, [q for q in wanted if q in policy.registry.rules])
    return lines


def _of_address(actor: Actor, whose: Person, address: str) -> list[Line]:
    """Of a thing behind an address nothing is told until the person herself is open: a no about her comes first.

    Then the page's own question, and the others about the thing, as a page may ask more than one.
    """
    question, model, key = page(address)
    seen = policy.answer(actor, "person.read", whose)
    if not seen:
        return [Line(actor, question, seen)]
    row: Any = model._default_manager.filter(public_id=key).first()
    mine = row is not None and person_id_of(row) == whose.pk
    if not mine:
        return [Line(actor, question, policy.CLOSED)]
    return explain([actor], row, dict.fromkeys([question, *actions(row)]))


def page(address: str) -> tuple[str, type[Model], UUID]:
    """The question, the model and the public id of a page of ours. Raises ValueError with a sentence."""
    path = address.strip().split("?")[0].split("#")[0]
    if "://" in path:
        path = "/" + path.split("://", 1)[1].partition("/")[2]
    try:
        match = resolve(path)
    except Resolver404 as error:
        raise ValueError("not an address") from error
    model = getattr(match.func, "policy_model", None)
    key = match.kwargs.get(getattr(match.func, "policy_kwarg", ""))
    if model is None or not isinstance(key, UUID) or model is User:
        raise ValueError("not an address of something about a person")
    return getattr(match.func, "policy_action", ""), model, key


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
