"""What a line says about one person, number by number: the short reason on the board, and the list's columns in full."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from samband.board.models import Mark
from samband.board.services import kinds
from samband.board.services.marks import CONTACTS
from samband.core import text
from samband.people.models import ContactRole
from samband.plans.models import Action, CarePlan, Proposal


@dataclass(frozen=True, slots=True)
class Said:
    """`reason` is short (board), `what` whole (list); who has it, and whether anybody has."""

    reason: str = ""
    what: str = ""
    who: str = ""
    owned: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """Of a number whose rows are `model`: what is fetched for the lines that show, and how it is said."""

    model: type[Model]
    say: Callable[[dict[str, Any]], Said]
    fields: dict[str, str] = field(default_factory=dict)


def short_roles() -> dict[str, str]:
    """The three contacts in one word each."""
    return {"care_contact": _("vård"), "physician_contact": _("läkare"), "social_contact": _("omsorg")}


def contact_words(kinds: Iterable[str]) -> tuple[str, str]:
    """Short and whole names of the missing roles; the three are named apart, never merged (A13)."""
    kinds, short, labels = list(kinds), short_roles(), dict(ContactRole.Kind.choices)
    return ", ".join(short[k] for k in kinds), ", ".join(str(labels[k]).lower() for k in kinds)


def small(title: str) -> str:
    """A title inside a sentence: `Omläggning` → `omläggning`, but `SIP-möte` stays."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _step(r: dict[str, Any]) -> Said:
    name = f"{r['has_given']} {r['has_family']}" if r["has_family"] else r["has_unit"] or ""
    by_person = {Action.By.PERSON: _("personen själv"), Action.By.RELATIVE: _("närstående")}
    title = r["what"] or ""
    return Said(small(title), title, by_person.get(r["by"], name), r["by"] != Action.By.NOBODY)


def _no_plan(r: dict[str, Any]) -> Said:
    years = text.age(r["born"])
    return Said(_("%(age)d år") % {"age": years} if years is not None else "")


def _no_contact(r: dict[str, Any]) -> Said:
    return Said(*contact_words(kind for bit, kind in enumerate(CONTACTS) if r["missing"] >> bit & 1))


def _follow_up(r: dict[str, Any]) -> Said:
    day = f"{r['since'].day} {text.short_date(r['since']).split()[1][:3]}"
    return Said(_("skulle %(date)s") % {"date": day}, text.short_date(r["since"]))


def _ask(r: dict[str, Any]) -> Said:
    unit = {"unit": r["asked"] or _("enheten")}
    if r["state"] == Proposal.Status.OPEN:
        who, short = _("%(unit)s har inte svarat") % unit, _("inget svar")
    elif r["state"] == Proposal.Status.RETURNED:
        who, short = _("%(unit)s har lämnat tillbaka insatsen") % unit, _("tillbaka")
    else:
        who, short = _("%(unit)s har sagt nej") % unit, _("nej")
    return Said(f"{short}: {small(r['what'])}", r["what"], who, owned=False)


def _no_consent(r: dict[str, Any]) -> Said:
    if r["gone"]:
        return Said(_("återtaget"), _("samtycket är återtaget"))
    return Said("", _("inget samtycke är antecknat"))


def _not_approved(r: dict[str, Any]) -> Said:
    said = {
        Mark.Answer.DISAGREED: (_("inte överens"), _("är inte överens")),
        Mark.Answer.CHANGED: (_("ändrad"), _("planen har ändrats sedan godkännandet")),
    }
    return Said(*said.get(r["why"], (_("inget svar"), _("har inte svarat"))))


STEP = {
    "what": "next_action__title",
    "by": "next_action__by",
    "has_given": "next_action__assignment__staff__given_name",
    "has_family": "next_action__assignment__staff__family_name",
    "has_unit": "next_action__unit__name",
}
ASK = {"what": "action__title", "state": "status", "asked": "asked_unit__name", "row_id": "public_id"}
WORDS: dict[str, Words] = {
    kinds.NEXT_STEP.slug: Words(CarePlan, _step, STEP),
    kinds.ASKS.slug: Words(Proposal, _ask, ASK),
    kinds.NO_PLAN.slug: Words(Mark, _no_plan),
    kinds.NO_CONTACT.slug: Words(Mark, _no_contact, {"missing": "contacts"}),
    kinds.FOLLOW_UP.slug: Words(CarePlan, _follow_up),
    kinds.NO_CONSENT.slug: Words(Mark, _no_consent, {"gone": "withdrawn"}),
    kinds.NOT_APPROVED.slug: Words(Mark, _not_approved, {"why": "answer"}),
}
