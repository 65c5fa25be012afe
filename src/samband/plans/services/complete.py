"""What the plan lacks, in words: for staff with the link that mends it, for the person in plain words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samband.access.models import Party
from samband.core import clock
from samband.people.models import Organization
from samband.plans.models import Action, CarePlan
from samband.plans.rules.complete import Missing, Part, PlanFacts, missing, parts
from samband.plans.services.agreement import Standing

LIVE = (Action.Status.ACTIVE, Action.Status.PAUSED)
# Where it is mended: the name of the address, and of the anchor on the person's own pages.
MENDS = {
    Part.CONSENT: "plans:consent",
    Part.REPRESENTED: "plans:capacity",
    Part.MEASURES: "plans:action_new",
    Part.PRINCIPALS: "plans:action_new",
    Part.ANSWERED: "plans:agreement",
    Part.OTHERS: "plans:action_new",
    Part.OVERALL: "plans:principal",
    Part.CONTACT: "people:contacts",
    Part.TIMES: "plans:action_new",
    Part.COHERENT: "plans:words",
    Part.TURN_TO: "plans:situation_new",
    Part.FOLLOW_UP: "plans:follow_up_new",
    Part.AGREED: "plans:approve",
}


@dataclass(frozen=True)
class Checked:
    """How much of the plan is there: `whole` parts are asked for, `lines` say what is missing."""

    whole: int
    lines: list[dict[str, Any]]

    @property
    def there(self) -> int:
        return self.whole - len({line["part"] for line in self.lines})

    @property
    def complete(self) -> bool:
        return not self.lines


def facts(
    plan: CarePlan, now: Standing, actions: Iterable[Action], members: Iterable[Party], goals: bool, follow_up_on: Any
) -> PlanFacts:
    """The facts out of what the page has at hand. `actions` with unit; `members` with unit and organisation."""
    live = [a for a in actions if a.status in LIVE]
    open_parties = [p for p in members if p.withdrawn_at is None]
    units = {p.unit_id for p in open_parties}
    care = {p.unit.organization_id: p.unit.organization for p in open_parties}
    care = {pk: org for pk, org in care.items() if org.kind != Organization.Kind.OUTSIDE}
    orgs = {p.unit_id: p.unit.organization_id for p in open_parties}
    busy = {orgs.get(a.unit_id) for a in live if a.by == Action.By.UNIT and a.unit_id}
    busy |= {orgs.get(p.unit_id) for a in live for p in a.participants.all()}
    gone = [a for a in live if a.by == Action.By.NOBODY or (a.by == Action.By.UNIT and a.unit_id not in units)]
    return PlanFacts(
        consent=now.consent,
        marked=now.marked,
        review_late=now.review_late,
        actions=len(live),
        idle=tuple(sorted(org.name for pk, org in care.items() if pk not in busy)) if live else (),
        open_ended=len(gone),
        others=any(a.by in (Action.By.PERSON, Action.By.RELATIVE) for a in live),
        principal=plan.principal_id is not None,
        contact=now.contact,
        times=any(a.time_from or "BYHOUR" in a.rrule for a in live),
        words=bool(plan.words.strip()),
        goals=goals,
        situations=now.situations,
        follow_up=follow_up_on is not None,
        follow_up_late=follow_up_on is not None and follow_up_on < clock.today(),
        answer=now.answer,
        since=now.since,
    )


def for_staff(plan: CarePlan, found: PlanFacts, may_edit: bool) -> Checked:
    """What is missing, with the way to mend it for those who may."""
    return _checked(found, lambda item: {"text": sentence(item), "url": _url(plan, item) if may_edit else ""})


def for_person(plan: CarePlan, found: PlanFacts) -> Checked:
    """The same in plain words. What she mends herself has a link."""
    own = {
        Part.AGREED: reverse("web:my_agreement"),
        Part.CONSENT: reverse("web:my_agreement"),
        Part.COHERENT: reverse("web:my_words") if not found.words else reverse("web:my_goal_new"),
    }
    return _checked(found, lambda item: {"text": plainly(item), "url": own.get(item.part, "")})


def _checked(found: PlanFacts, line: Any) -> Checked:
    rows = [{"part": item.part.value, "source": item.source, **line(item)} for item in missing(found)]
    return Checked(len(parts(found)), rows)


def _url(plan: CarePlan, item: Missing) -> str:
    name = "plans:goal_new" if item.part is Part.COHERENT and item.why == "goals" else MENDS[item.part]
    return reverse(name, args=[plan.person.public_id]) + ("#asks" if item.part is Part.ANSWERED else "")


def sentence(item: Missing) -> str:
    """For staff."""
    said = {
        Part.CONSENT: _("Samtycket till planen är inte antecknat."),
        Part.REPRESENTED: _("Förmågan att samtycka skulle ha prövats igen."),
        Part.MEASURES: _("Ingen insats är bestämd."),
        Part.PRINCIPALS: _("Det framgår inte vad %(names)s gör.") % {"names": _joined(item.names)},
        Part.ANSWERED: ngettext(
            "%(n)d insats har ingen som tagit den.", "%(n)d insatser har ingen som tagit dem.", item.number
        )
        % {"n": item.number},
        Part.OTHERS: _("Det framgår inte vad personen och de närstående gör själva."),
        Part.OVERALL: _("Ingen huvudman har det övergripande ansvaret."),
        Part.CONTACT: _("Ingen fast vårdkontakt är utsedd."),
        Part.TIMES: _("Ingen tid är bestämd."),
        Part.COHERENT: _("Personens egna ord saknas.") if item.why == "words" else _("Inget mål är skrivet."),
        Part.TURN_TO: _("Det framgår inte vem man vänder sig till om något händer."),
        Part.FOLLOW_UP: _("Uppföljningen är försenad.") if item.why else _("Ingen dag för uppföljning är bestämd."),
        Part.AGREED: _agreed(item),
    }
    return said[item.part]


def _agreed(item: Missing) -> str:
    if item.why == "disagreed":
        return _("Personen är inte överens om planen.")
    if item.why == "changed":
        return ngettext(
            "Planen är ändrad på %(n)d ställe sedan den godkändes.",
            "Planen är ändrad på %(n)d ställen sedan den godkändes.", item.number,
        ) % {"n": item.number}  # fmt: skip
    return _("Planen är inte godkänd av personen.")


def plainly(item: Missing) -> str:
    """For the person and those near her, and on paper."""
    said = {
        Part.CONSENT: _("Ett ja till planen är inte antecknat."),
        Part.REPRESENTED: _("Det är dags att se efter på nytt om någon annan ska svara."),
        Part.MEASURES: _("Det står inte vilken hjälp som ska ges."),
        Part.PRINCIPALS: _("Det står inte vad %(names)s gör.") % {"names": _joined(item.names)},
        Part.ANSWERED: ngettext(
            "Ingen har tagit hand om %(n)d sak i planen än.", "Ingen har tagit hand om %(n)d saker i planen än.", item.number
        ) % {"n": item.number},
        Part.OTHERS: _("Det står inte vad som görs på egen hand och av dem som står nära."),
        Part.OVERALL: _("Det är inte bestämt vem som har ansvar för helheten."),
        Part.CONTACT: _("Ingen fast vårdkontakt är utsedd än."),
        Part.TIMES: _("Ingen tid är bestämd."),
        Part.COHERENT: _("Det står inte vad som är viktigt.") if item.why == "words" else _("Det finns inget mål än."),
        Part.TURN_TO: _("Det står inte vem man ringer om något händer."),
        Part.FOLLOW_UP: _("Dagen då vi skulle se på planen tillsammans har passerat.") if item.why
        else _("Det är inte bestämt när vi ser på planen tillsammans."),
        Part.AGREED: _agreed_plainly(item),
    }  # fmt: skip
    return said[item.part]


def _agreed_plainly(item: Missing) -> str:
    if item.why == "disagreed":
        return _("Något i planen stämmer inte.")
    if item.why == "changed":
        return _("Planen har ändrats sedan den fick ett ja.")
    return _("Planen har inte fått ett ja än.")


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {_('och')} {names[-1]}" if names else ""
