"""One person, one face: what the header says, the same on every page (drawn by ui/parts/person_header.html)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samband.access.models import Capacity
from samband.access.rules import is_outside
from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.people.models import ContactRole, Person, Unit
from samband.people.models.staff import current
from samband.plans.models import CarePlan

LANGUAGES = {
    "sv": "Svenska", "ar": "العربية", "fa": "فارسی", "fi": "Suomi", "so": "Soomaali", "ti": "ትግርኛ", "uk": "Українська",
    "en": "English", "pl": "Polski", "ckb": "کوردی", "kmr": "Kurmancî", "prs": "دری", "es": "Español", "de": "Deutsch",
    "bs": "Bosanski", "tr": "Türkçe", "ru": "Русский", "se": "Davvisámegiella", "am": "አማርኛ", "th": "ไทย", "rom": "Romani",
}  # fmt: skip


VOICE = 260  # characters of the own words in the header


@dataclass(frozen=True)
class Contact:
    """One of the three contact roles, filled or not, and whether somebody answers now (None: we do not know)."""

    kind: str
    role: str
    name: str = ""
    title: str = ""
    unit: Unit | None = None
    phone: str = ""
    answers: bool | None = None
    state: str = ""
    word: str = ""
    note: str = ""
    label: str = ""


@dataclass(frozen=True)
class Summary:
    """The header. `voice` is the person's own words, empty where nobody has asked or where the reader may not read them.

    `words` holds all of them where they are longer than a header can be.
    """

    person: Person
    name: str
    age_line: str
    flags: tuple[dict[str, Any], ...]
    voice: str
    voice_source: str
    voice_lang: str
    voice_empty: str
    words: str
    contacts: tuple[Contact, ...]
    marked: str
    protected: bool
    language: str
    reads_plan: bool
    plan: CarePlan | None = None
    capacity: Capacity | None = None
    url: str = ""
    back: dict[str, str] | None = None

    @property
    def marked_late(self) -> bool:
        """P7: the day to look again has passed."""
        return self.capacity is not None and self.capacity.overdue

    @property
    def marked_state(self) -> str:
        return "act" if self.marked_late else "unknown"


def summary(person: Person, actor: Actor, plan: CarePlan | None = None, back: dict[str, str] | None = None) -> Summary:
    """The header of `person` as `actor` may see it. Six queries at most; a plan already at hand is not fetched again."""
    if is_outside(actor):
        return _name_only(person, back)
    reads = bool(policy.decide(actor, "plan.read", person))
    if plan is None and reads:
        plan = open_plan(person)
    capacity = person.capacities.filter(current()).order_by("-starts_on").first()
    words = plan if plan is not None and reads else None
    return Summary(
        person=person,
        name=person.full_name,
        age_line=_age_line(person),
        flags=flags(person),
        voice=Truncator(words.words).chars(VOICE) if words else "",
        voice_source=_source(words, reads),
        voice_lang="sv",
        voice_empty="" if reads else _("Inte delat med din enhet"),
        words=words.words if words and len(words.words) > VOICE else "",
        contacts=contacts(person),
        marked=marked(capacity),
        protected=person.is_protected,
        language=LANGUAGES.get(person.language, person.language),
        reads_plan=reads,
        plan=plan if reads else None,
        capacity=capacity,
        back=back,
    )


def _name_only(person: Person, back: dict[str, str] | None) -> Summary:
    """P5: a party outside care learns who it is about, and not her number, flags, words or contacts."""
    hidden = _("Visas för vård och omsorg")
    return Summary(person, person.full_name, "", (), "", "", "sv", hidden, "", (), "", False, "", False, back=back)


def open_plan(person: Person) -> CarePlan | None:
    """The plan that is not closed."""
    return person.plans.exclude(status=CarePlan.Status.CLOSED).first()


def contacts(person: Person) -> tuple[Contact, ...]:
    """The three roles in their order; one that nobody has is there too, without a name."""
    rows = person.contacts.filter(current()).select_related("assignment__staff", "assignment__unit")
    held = {row.kind: row.assignment for row in rows.prefetch_related("assignment__unit__hours").order_by("starts_on")}
    found = []
    for kind, role in ContactRole.Kind.choices:
        assignment = held.get(kind)
        if assignment is None:
            found.append(Contact(kind, str(role)))
            continue
        unit = assignment.unit
        answers = unit.open_at()
        state, word = answering(unit)
        found.append(
            Contact(
                kind, str(role), assignment.staff.full_name, assignment.title, unit,
                assignment.staff.phone or unit.phone, answers, state, word,
            )
        )  # fmt: skip
    return tuple(found)


def answering(unit: Unit) -> tuple[str, str]:
    """Whether the unit answers now, as a mark and a word. Hours that nobody has entered are not known, never open."""
    answers = unit.open_at()
    if answers is None:
        return "unknown", _("svarstid okänd")
    if answers:
        return "ok", _("svarar nu")
    opens = opens_next(unit)
    return "warn", _("svarar %(when)s") % {"when": text.spoken_time(opens)} if opens else _("svarar inte nu")


def opens_next(unit: Unit, moment: datetime | None = None) -> datetime | None:
    """When somebody answers again, within a week."""
    local = clock.local(moment or clock.now())
    for away in range(8):
        day: date = local.date() + timedelta(days=away)
        for hours in unit.hours.all():
            start = clock.at(day, hours.opens)
            if hours.weekday == day.weekday() and start > local:
                return start
    return None


def closes(unit: Unit, moment: datetime | None = None) -> datetime | None:
    """When the unit that answers now stops answering today."""
    local = clock.local(moment or clock.now())
    for hours in unit.hours.all():
        if hours.weekday == local.weekday() and hours.opens <= local.time() < hours.closes:
            return clock.at(local.date(), hours.closes)
    return None


def _age_line(person: Person) -> str:
    if person.age is None:
        return person.shown_number
    return _("%(age)d år, %(number)s") % {"age": person.age, "number": person.shown_number}


def flags(person: Person) -> tuple[dict[str, Any], ...]:
    """What must be known at once: warnings, then what is good to know, then language and how to inform."""
    rows = [f for f in person.flags.all() if f.ended_on is None]
    found = [{"text": f.text, "red": f.kind == f.Kind.WARNING, "icon": f.icon} for f in rows]
    if person.interpreter or person.language != "sv":
        name = LANGUAGES.get(person.language, person.language)
        words = _("Tolk: %(language)s") if person.interpreter else _("Språk: %(language)s")
        found.append({"text": words % {"language": name}, "red": False, "icon": "globe"})
    if person.information != Person.Information.PLAIN:
        words = _("Vill ha information: %(how)s") % {"how": person.get_information_display().lower()}
        found.append({"text": words, "red": False, "icon": "sound"})
    return tuple(found)


def _source(plan: CarePlan | None, reads: bool) -> str:
    """Whose words, who wrote them down, and when."""
    if not reads:
        return _("Den gemensamma planen är inte delad med din enhet.")
    if plan is None or not plan.words:
        return ""
    when = text.short_date(clock.local(plan.words_at).date()) if plan.words_at else ""
    return ", ".join(part for part in (plan.words_note or _("Egna ord"), when) if part) + "."


def marked(capacity: Capacity | None) -> str:
    if capacity is None:
        return ""
    said = (
        _("%(ground)s. Företräds av %(who)s. Skulle ha prövats igen %(when)s.")
        if capacity.overdue
        else _("%(ground)s. Företräds av %(who)s. Prövas igen %(when)s.")
    )
    return said % {
        "ground": capacity.get_ground_display(),
        "who": capacity.represented_by,
        "when": text.short_date(capacity.review_on),
    }


def represented(persons: Sequence[int]) -> dict[int, str]:
    """P7: who represents, short, for the rows of a list."""
    held = Capacity.objects.filter(current(), person_id__in=persons).order_by("starts_on", "pk")
    return {
        row.person_id: (_("företräds av %(who)s, prövningen är försenad") if row.overdue else _("företräds av %(who)s"))
        % {"who": row.represented_by}
        for row in held
    }
