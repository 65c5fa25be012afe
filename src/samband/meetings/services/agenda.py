"""The agenda: made from the plan, added to by everybody who takes part, put in order."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy, text
from samband.core.policy import Actor
from samband.meetings.models import AgendaItem, Meeting
from samband.meetings.models.minutes import ITEM
from samband.meetings.rules import agenda as rules
from samband.meetings.services.base import enter, lock
from samband.people.models import Unit
from samband.people.models.staff import ContactRole, current
from samband.plans.models import Action, CarePlan, Goal, Proposal
from samband.plans.services import next_step
from samband.plans.services.history import thing_of

Kind = rules.Kind
MOST = 60


def plan_facts(plan: CarePlan) -> rules.PlanFacts:
    """What the plan holds and lacks, in eight queries at most."""
    step = next_step.compute(plan)
    late = None
    if step.overdue:
        key = thing_of(step.action) if step.action else "follow_up"
        due = text.spoken_time(step.due) if step.due else ""
        late = rules.Thing(key, step.title, _("Skulle ha varit klart %(when)s.") % {"when": due} if due else "")
    actions = list(plan.actions.filter(status__in=(Action.Status.ACTIVE, Action.Status.PAUSED)).select_related("unit"))
    proposals = list(Proposal.objects.filter(action__in=actions).select_related("action").order_by("created_at"))
    waiting = [p for p in proposals if p.status == Proposal.Status.OPEN]
    asked = {p.action_id for p in waiting}
    declined = {
        p.action_id: p for p in proposals if p.status == Proposal.Status.DECLINED and p.action.by == Action.By.NOBODY
    }
    nobody = [a for a in actions if a.by == Action.By.NOBODY and a.pk not in asked and a.pk not in declined]
    follow_up = plan.follow_ups.filter(done_at__isnull=True).order_by("due_on").first()
    goals = list(plan.goals.filter(status=Goal.Status.ACTIVE))
    return rules.PlanFacts(
        words=plan.words,
        late=late,
        declined=tuple(_proposal(p) for p in declined.values() if p.action_id not in asked),
        proposals=tuple(_proposal(p) for p in waiting),
        nobody=tuple(rules.Thing(thing_of(a), a.title) for a in nobody),
        missing=tuple(_missing(plan, goals, actions)),
        contacts=tuple(_contacts(plan)),
        follow_up=rules.Thing(thing_of(follow_up), text.short_date(follow_up.due_on)) if follow_up else None,
        goals=tuple(rules.Thing(thing_of(g), g.words, g.know_how) for g in goals),
    )


def _proposal(proposal: Proposal) -> rules.Thing:
    """What was asked, of whom, and what the unit answered."""
    asked = proposal.changes.get("unit")
    whom = asked[1]["text"] if asked and asked[1] else ""
    return rules.Thing(f"plans.proposal:{proposal.public_id}", proposal.action.title, proposal.answer or whom)


def _missing(plan: CarePlan, goals: list, actions: list) -> list[str]:
    parts = [
        (plan.situation, _("situationen")), (plan.strengths, _("det som fungerar och ger kraft")), (plan.needs, _("behov av stöd")),
        (goals, _("mål")), (actions, _("insatser")), (plan.situations.exists(), _("vad som gäller om något händer")),
    ]  # fmt: skip
    return [name for held, name in parts if not held]


def _contacts(plan: CarePlan) -> list[str]:
    """Care and physician contact for everybody; the social one is asked for by the board where home help takes part."""
    held = set(plan.person.contacts.filter(current()).values_list("kind", flat=True))
    wanted = (ContactRole.Kind.CARE, ContactRole.Kind.PHYSICIAN)
    return [str(kind.label).lower() for kind in wanted if kind not in held]


def worded(question: rules.Question, plan: CarePlan) -> tuple[str, str, bool]:
    """Title, more, and whether it is the person's own voice."""
    name, names = plan.person.given_name, ", ".join(question.names)
    title, more = question.title, question.more
    if question.kind == Kind.WORDS:
        asked = _("Vad är viktigt för %(name)s?") % {"name": name}
        return asked, title or _("Ingen har skrivit ner det än. Fråga först."), bool(title)
    if question.kind == Kind.GOAL:
        return title, _("Så vet vi: %(how)s") % {"how": more} if more else "", True
    lines = {
        Kind.LATE: _("Nästa steg är sent: %(title)s"),
        Kind.DECLINED: _("Avböjt, och ingen har det: %(title)s"),
        Kind.PROPOSAL: _("Väntar på svar: %(title)s"),
        Kind.NOBODY: _("Ingen har insatsen: %(title)s"),
        Kind.FOLLOW_UP: _("Uppföljning %(title)s: hjälper planen?"),
        Kind.MISSING: _("Saknas i planen: %(names)s"),
        Kind.CONTACT: _("Ingen är %(names)s"),
    }
    return lines[question.kind] % {"title": title, "names": names}, more, False


def fill(meeting: Meeting) -> int:
    """Add what the plan asks now and the agenda does not hold; what somebody took away stays away. Returns how many."""
    known = set(meeting.items.exclude(source="").values_list("source", flat=True))
    place = _last(meeting)
    made = 0
    for question in rules.questions(plan_facts(meeting.plan)):
        if question.source in known or place - 1 > MOST * 2:
            continue
        title, more, voice = worded(question, meeting.plan)
        place += 1
        made += 1
        AgendaItem.objects.create(
            meeting=meeting, kind=question.kind, source=question.source[:120], voice=voice, position=place,
            title=Truncator(title).chars(ITEM), detail=Truncator(more).chars(500),
        )  # fmt: skip
    return made


def _last(meeting: Meeting) -> int:
    return meeting.items.aggregate(last=Max("position"))["last"] or 0


def refresh(actor: Actor, meeting: Meeting) -> int:
    """The plan has changed since the call: take in what is new."""
    with transaction.atomic():
        meeting = lock(meeting)
        decision = policy.require(actor, "meeting.write", meeting)
        made = fill(meeting)
        audit.record(actor, "meeting.agenda", person=meeting.person_id, thing=meeting, rule=decision.rule, added=made)
    return made


def add(actor: Actor, meeting: Meeting, words: str, outside: list[Unit] | None = None) -> AgendaItem:
    """An item of one's own: staff's, or what the person or a relative wants to talk about, in their words (P4)."""
    with transaction.atomic():
        meeting = lock(meeting)
        decision = policy.require(actor, "meeting.agenda", meeting)
        words = _checked(words)
        if meeting.items.filter(removed_at__isnull=True).count() >= MOST:
            raise ValidationError({"title": _("Dagordningen är full: högst %(n)d punkter.") % {"n": MOST}})
        own = actor.kind in ("person", "relative")
        item = AgendaItem.objects.create(
            meeting=meeting, kind=AgendaItem.Kind.OWN, title=words, voice=own, by_name=actor.name, by_kind=actor.kind,
            position=_own_place(meeting) if own else _last(meeting) + 1,
        )  # fmt: skip
        if outside:
            item.outside.set(_outside(meeting, outside))
        audit.record(actor, "meeting.agenda", person=meeting.person_id, thing=item, rule=decision.rule)
        enter(meeting, actor, "item")
    return item


def _own_place(meeting: Meeting) -> int:
    """What the person asks comes right after her words, before the plan's questions. Rows below make room."""
    after = meeting.items.filter(voice=True, by_kind__in=("person", "relative")).aggregate(last=Max("position"))["last"]
    first = meeting.items.filter(kind=AgendaItem.Kind.WORDS).values_list("position", flat=True).first()
    place = (after if after is not None else first or 0) + 1
    for row in meeting.items.filter(position__gte=place):
        AgendaItem.objects.filter(pk=row.pk).update(position=row.position + 1)
    return place


def _checked(words: str) -> str:
    words = " ".join(words.split())
    if not words:
        raise ValidationError({"title": _("Skriv vad ni ska prata om.")})
    if len(words) > ITEM:
        raise ValidationError(
            {"title": _("Texten är %(n)d tecken. Skriv högst %(most)d, och ta resten på mötet.") % {"n": len(words), "most": ITEM}}
        )  # fmt: skip
    if "\x00" in words:
        raise ValidationError({"title": _("Texten innehåller tecken som inte går att spara.")})
    return words


def _outside(meeting: Meeting, units: list[Unit]) -> list[Unit]:
    """P5: only parties outside care that are called."""
    called = {row.unit_id for row in meeting.attendees.all() if row.called and row.outside}
    return [unit for unit in units if unit.pk in called]


def edit(actor: Actor, item: AgendaItem, words: str, version: int) -> AgendaItem:
    """Change the wording. Somebody's own words (P3) are hers alone."""
    with transaction.atomic():
        meeting = lock(item.meeting)
        policy.require(actor, "meeting.write", meeting)
        fresh = meeting.items.get(pk=item.pk)
        if fresh.voice:
            raise ValidationError({"title": _("Det är någons egna ord. Skriv en egen punkt bredvid.")})
        fresh.title = _checked(words)
        fresh.save(update_fields=["title"])
        audit.record(actor, "meeting.agenda", person=meeting.person_id, thing=fresh)
    return fresh


def show_outside(actor: Actor, item: AgendaItem, units: list[Unit]) -> None:
    """P5: which parties outside care the item concerns, as the person agreed."""
    with transaction.atomic():
        meeting = lock(item.meeting)
        policy.require(actor, "meeting.write", meeting)
        item.outside.set(_outside(meeting, units))
        audit.record(actor, "meeting.agenda", person=meeting.person_id, thing=item, outside=[u.pk for u in units])


def move(actor: Actor, item: AgendaItem, step: int) -> None:
    """One step up (−1) or down (+1) among what is shown."""
    with transaction.atomic():
        meeting = lock(item.meeting)
        policy.require(actor, "meeting.write", meeting)
        rows = list(meeting.items.filter(removed_at__isnull=True).values_list("pk", flat=True))
        if item.pk not in rows:
            return
        for place, pk in enumerate(rules.moved(rows, item.pk, step), 1):
            AgendaItem.objects.filter(pk=pk).update(position=place)


def take_away(actor: Actor, item: AgendaItem) -> None:
    """Off the agenda; the row stays, and so do its notes. What has notes is not taken away."""
    with transaction.atomic():
        meeting = lock(item.meeting)
        policy.require(actor, "meeting.write", meeting)
        fresh = meeting.items.get(pk=item.pk)
        if fresh.voice and fresh.by_kind in ("person", "relative"):
            raise ValidationError(_("Det är någon annans fråga. Den står kvar."))
        if fresh.notes:
            raise ValidationError(_("Punkten har anteckningar och står kvar."))
        fresh.removed_at = clock.now()
        fresh.save(update_fields=["removed_at"])
        audit.record(actor, "meeting.agenda", person=meeting.person_id, thing=fresh, removed=True)


def put_back(actor: Actor, item: AgendaItem) -> None:
    """Undo of `take_away`."""
    with transaction.atomic():
        policy.require(actor, "meeting.write", lock(item.meeting))
        AgendaItem.objects.filter(pk=item.pk).update(removed_at=None)
