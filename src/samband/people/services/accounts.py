"""Log-ins: which account belongs to which member of staff, person or relative (A16). Tied and untied with a reason.

The log-in service names somebody by a claim; the tie says whom that is here. Names of persons and relatives never stand
in a list: an administrator takes no part in anybody's care (A1), and says the exact number instead.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy, sessions
from samband.core.ids import Identity, InvalidIdentity, parse_identity
from samband.core.models import AuditEvent, User
from samband.core.policy import Actor
from samband.core.text import fold
from samband.people.models import Person, Relative, Staff
from samband.people.models.staff import current
from samband.people.services import relatives

KINDS = ("staff", "person", "relative", "nobody", "closed")
TRIED = "account.try"
LIMIT, WITHIN = 10, timedelta(minutes=10)


@dataclass(frozen=True)
class Tie:
    """One row that an account belongs to. `name` is empty where it may not be shown."""

    kind: str
    key: str
    name: str = ""


def ties(user: User) -> list[Tie]:
    """What the account belongs to, without a person's or relative's name."""
    found = []
    if staff := getattr(user, "staff", None):
        found.append(Tie("staff", str(staff.public_id), staff.full_name))
    if person := getattr(user, "person", None):
        found.append(Tie("person", str(person.public_id)))
    found += [Tie("relative", str(row.public_id)) for row in user.relative_of.all()]
    return found


def shown_ties(user: User) -> list[Tie]:
    """What an administrator is told. That a member of staff is a person here as well, or near one, is not hers to know (A1).

    What else a colleague's account belongs to shows, and is untied, once it is no longer the colleague's.
    """
    return [tie for tie in ties(user) if tie.kind == "staff"] or ties(user)


def accounts(actor: Actor, show: str = "") -> QuerySet[User]:
    """The accounts, staff by name first; `show` is one of KINDS."""
    rows = policy.scoped(actor, "account.list", User.objects.all())
    wanted = {
        "staff": {"staff__isnull": False},
        "person": {"person__isnull": False, "staff__isnull": True},
        "relative": {"relative_of__isnull": False, "staff__isnull": True},
        "nobody": {"staff__isnull": True, "person__isnull": True, "relative_of__isnull": True},
        "closed": {"is_active": False},
    }.get(show, {})
    rows = rows.filter(**wanted).select_related("staff", "person").prefetch_related("relative_of")
    return rows.order_by(F("staff__sort_name").asc(nulls_last=True), "pk").distinct()


def search(actor: Actor, text: str) -> QuerySet[User]:
    """By the name or HSA-id of staff, or by the exact number of a person or relative (in the audit)."""
    rows = accounts(actor)
    try:
        identity = parse_identity(text)
    except InvalidIdentity:
        words = fold(text).split()
        staff = Staff.objects.filter(user__isnull=False).values_list("user_id", "given_name", "family_name", "hsa_id")
        names = ((pk, f" {fold(f'{given} {family} {hsa}')}") for pk, given, family, hsa in staff)
        return rows.filter(pk__in=[pk for pk, name in names if words and all(f" {w}" in name for w in words)])
    person = Person.objects.filter(identity_number=identity.number).first()
    audit.record(actor, "account.search", person=person, rule="A16")
    by_number = User.objects.filter(subject=f"number:{identity.number}").values("pk")
    return rows.filter(
        pk__in=[*by_number.values_list("pk", flat=True), *([person.user_id] if person and person.user_id else [])]
    )


def tie_staff(actor: Actor, hsa_id: str, reason: str, sub: str = "") -> User:
    """An account for a member of staff."""
    return _staff(actor, hsa_id, reason, sub, policy.require(actor, "account.edit").rule)


def on_server(who: str | Identity, reason: str, sub: str = "") -> User:
    """The same, said at the server itself: the first administrator, and a person whose facts are protected."""
    actor = Actor(name="samband account")
    _reason(reason)
    if isinstance(who, str):
        return _staff(actor, who, reason, sub, "A16")
    return _person(actor, who, reason, sub, "A16", protected=True)


def _staff(actor: Actor, hsa_id: str, reason: str, sub: str, rule: str) -> User:
    with transaction.atomic():
        staff = Staff.objects.select_for_update().filter(hsa_id=hsa_id.strip()).first()
        if staff is None:
            raise ValidationError(
                {"hsa_id": _("Ingen medarbetare med det HSA-id:t är inlagd. Lägg in medarbetaren först.")}
            )
        if staff.user_id is not None:
            raise ValidationError({"hsa_id": _("Medarbetaren har redan ett konto. Ta bort den knytningen först.")})
        user = _account(f"sub:{sub.strip()}" if sub.strip() else f"hsa:{staff.hsa_id}")
        if getattr(user, "staff", None) is not None:
            raise ValidationError({"sub": _("Inloggningen är redan knuten till en annan medarbetare.")})
        Staff.objects.filter(pk=staff.pk).update(user=user)
        audit.record(actor, "account.tie", thing=user, rule=rule, reason=reason, kind="staff", row=staff.pk)
    return user


def tie_person(actor: Actor, identity: Identity, reason: str, sub: str = "") -> User:
    """An account for the person herself. Where the number leads to nobody, or to one who is protected, the answer is the same."""
    return _person(actor, identity, reason, sub, _tried(actor, identity, reason).rule)


def _person(actor: Actor, identity: Identity, reason: str, sub: str, rule: str, protected: bool = False) -> User:
    with transaction.atomic():
        person = _known(identity, protected)
        if person.user_id is not None:
            raise ValidationError({"number": _("Personen har redan ett konto. Ta bort den knytningen först.")})
        user = _account(f"sub:{sub.strip()}" if sub.strip() else f"number:{identity.number}")
        if getattr(user, "person", None) is not None:
            raise ValidationError({"sub": _("Inloggningen är redan knuten till någon annan.")})
        Person.objects.filter(pk=person.pk).update(user=user)
        audit.record(actor, "account.tie", person=person, thing=user, rule=rule, reason=reason, kind="person")
    return user


def tie_relative(actor: Actor, identity: Identity, name: str, own: Identity | None, reason: str, sub: str = "") -> User:
    """An account for somebody near the person: her number, the name as it stands among the relatives, and the own number."""
    decision = _tried(actor, identity, reason)
    with transaction.atomic():
        person = _known(identity)
        rows = [r for r in person.relatives.filter(current()) if fold(r.full_name) == fold(name)]
        if len(rows) != 1:
            raise ValidationError({"name": _nobody()})
        if rows[0].user_id is not None:
            raise ValidationError({"name": _("Den närstående har redan ett konto. Ta bort den knytningen först.")})
        if own is None and not sub.strip():
            raise ValidationError({"own": _("Skriv den närståendes eget nummer, som hon eller han loggar in med.")})
        held = Person.objects.filter(identity_number=own.number, user__isnull=False).first() if own else None
        user = (
            held.user
            if held and held.user
            else _account(f"sub:{sub.strip()}" if own is None else f"number:{own.number}")
        )
        Relative.objects.filter(pk=rows[0].pk).update(user=user)
        if held and held.is_protected:
            relatives.protect(held)
        audit.record(actor, "account.tie", person=person, thing=user, rule=decision.rule, reason=reason, kind="relative",
                     row=rows[0].pk)  # fmt: skip
    return user


def untie(actor: Actor, user: User, tie: Tie, reason: str) -> None:
    """From the next click on, the account reaches nothing of it. The account stays, so that it is not tied again by itself."""
    model: Any = {"staff": Staff, "person": Person, "relative": Relative}[tie.kind]
    with transaction.atomic():
        decision = policy.require(actor, "account.edit", user)
        _reason(reason)
        row = model.objects.select_for_update().filter(public_id=tie.key, user=user).first()
        if row is None:
            raise ValidationError(_("Knytningen är redan borttagen."))
        if tie.kind == "staff" and user.pk == actor.user_id:
            raise ValidationError(_("Du kan inte ta bort ditt eget konto. Be en annan administratör."))
        if tie.kind == "staff" and user.subject is None:
            User.objects.filter(pk=user.pk).update(subject=f"hsa:{row.hsa_id}")
        model.objects.filter(pk=row.pk).update(user=None)
        person = {"person": row.pk, "relative": getattr(row, "person_id", None)}.get(tie.kind)
        audit.record(actor, "account.untie", person=person, thing=user, rule=decision.rule, reason=reason, kind=tie.kind,
                     row=row.pk)  # fmt: skip


def close(actor: Actor, user: User, closed: bool, reason: str) -> None:
    """Nobody logs in with a closed account, and who is in is out at the next click."""
    with transaction.atomic():
        decision = policy.require(actor, "account.edit", user)
        _reason(reason)
        if user.pk == actor.user_id:
            raise ValidationError(_("Du kan inte stänga ditt eget konto. Be en annan administratör."))
        if User.objects.filter(pk=user.pk, is_active=closed).update(is_active=not closed):
            sessions.end_all(user)
            action = "account.close" if closed else "account.open"
            audit.record(actor, action, thing=user, rule=decision.rule, reason=reason)


def log_out(actor: Actor, user: User, reason: str) -> None:
    """End every session of the account, wherever it is."""
    with transaction.atomic():
        decision = policy.require(actor, "account.edit", user)
        _reason(reason)
        count = sessions.end_all(user)
        audit.record(actor, "account.sessions", thing=user, rule=decision.rule, reason=reason, count=count)


def log_of(user: User) -> QuerySet[AuditEvent]:
    """What was done with the account, latest first; of a colleague's, nothing that tells more than `shown_ties`."""
    acts = (
        "account.tie", "account.untie", "account.close", "account.open", "account.factors", "account.link", "account.unlock",
        "account.sessions",
    )  # fmt: skip
    rows = AuditEvent.objects.filter(thing=f"core.user:{user.public_id}", action__in=acts).order_by("-id")
    of_staff = Q(detail__kind="staff") | ~Q(action__in=["account.tie", "account.untie"])
    return rows.filter(of_staff) if getattr(user, "staff", None) else rows


def of_claim(kind: str, value: str) -> User | None:
    """The open account that a claim names: `hsa`, `number` or `sub`."""
    rows = User.objects.filter(is_active=True)
    if kind == "hsa":
        return rows.filter(staff__hsa_id=value).first() or _first_login(value)
    if kind == "number":
        found = rows.filter(person__identity_number=value).first()
        return found or rows.filter(subject=f"number:{value}", relative_of__isnull=False).first()
    tied = rows.filter(subject=f"sub:{value}")
    return next((user for user in tied if ties(user)), None)


def _first_login(hsa_id: str) -> User | None:
    """Staff whom an administrator has entered get their account the first time; one that was untied stays untied."""
    if User.objects.filter(subject=f"hsa:{hsa_id}").exists():
        return None
    try:
        with transaction.atomic():
            staff = Staff.objects.select_for_update().filter(hsa_id=hsa_id, user__isnull=True).first()
            if staff is None or not staff.assignments.filter(current()).exists():
                return None
            user = _account(f"hsa:{hsa_id}")
            Staff.objects.filter(pk=staff.pk).update(user=user)
            audit.record(
                Actor(), "account.tie", thing=user, rule="A16", reason="first log-in", kind="staff", row=staff.pk
            )
    except IntegrityError:  # the same person in two windows
        return User.objects.filter(staff__hsa_id=hsa_id, is_active=True).first()
    return user


def _tried(actor: Actor, identity: Identity, reason: str) -> policy.Decision:
    """Enter the question, whatever comes of it; no more than LIMIT of them in a while."""
    decision = policy.require(actor, "account.edit")
    _reason(reason)
    recent = AuditEvent.objects.filter(user_id=actor.user_id, action=TRIED, at__gte=clock.now() - WITHIN)
    if actor.user_id is not None and recent.count() >= LIMIT:
        raise ValidationError(_("Du har frågat om många nummer på kort tid. Vänta tio minuter."))
    person = Person.objects.filter(identity_number=identity.number).first()
    audit.record(actor, TRIED, person=person, rule=decision.rule, reason=reason)
    return decision


def _nobody() -> str:
    return _(
        "Det går inte att knyta någon här med de uppgifterna. Jämför dem med personens vårdenhet. Är personens uppgifter "
        "skyddade görs det av driften, på plats."
    )


def _known(identity: Identity, protected: bool = False) -> Person:
    """The person, locked. The answer is the same where there is none and where her facts are protected."""
    person = Person.objects.select_for_update().filter(identity_number=identity.number).first()
    if person is None or (person.is_protected and not protected):
        raise ValidationError({"number": _nobody()})
    return person


def _reason(reason: str) -> None:
    if len(reason.strip()) < 5:
        raise ValidationError({"reason": _("Skriv varför: minst fem tecken.")})


def _account(subject: str) -> User:
    """The account with that subject, made where there is none. A closed one is not opened by the way."""
    user = User.objects.filter(subject=subject).first()
    if user is None:
        user = User.objects.create_user(uuid4().hex)
        user.subject = subject
        user.save(update_fields=["subject"])
    if not user.is_active:
        raise ValidationError(_("Kontot är stängt. Öppna det först."))
    return user
