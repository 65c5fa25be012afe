"""Writing the audit. Reads count as well as writes (A2); an entry says what A15 asks for.

One entry for a list view however many persons it shows; none for a refresh that shows nobody new.
"""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from samband.core import clock
from samband.core.models import AuditEvent, AuditSubject
from samband.core.policy import Actor, Decision

SEEN_WINDOW = timedelta(hours=12)


def record(
    actor: Actor,
    action: str,
    *,
    person: Any = None,
    persons: Iterable[int] = (),
    thing: Any = None,
    rule: str = "",
    outcome: str = "allow",
    view: str = "",
    session: str = "",
    **detail: Any,
) -> AuditEvent:
    """Enter what was done, in the caller's transaction: a change and its entry stand or fall together."""
    moment = clock.now()
    with transaction.atomic():
        event = AuditEvent.objects.create(
            period=f"{clock.local_now():%Y-%m}",
            at=moment,
            action=action,
            outcome=outcome,
            rule=rule,
            user_id=actor.user_id,
            actor_kind=actor.kind,
            actor_name=actor.name,
            actor_label=actor.label,
            assignment_id=actor.assignment_id,
            unit_id=actor.unit_id,
            organization_id=actor.organization_id,
            view=view,
            thing=_named(thing),
            session=session,
            detail=detail,
        )
        ids = dict.fromkeys([*([getattr(person, "pk", person)] if person else []), *persons])
        AuditSubject.objects.bulk_create([AuditSubject(event=event, person_id=pk) for pk in ids])
    return event


def read(request: HttpRequest, action: str, thing: Any, decision: Decision) -> None:
    """A page about one thing was opened. A htmx refresh of the same page is not a new reading."""
    person_id = _person_of(thing)
    view = f"{action}:{thing.public_id}"
    if getattr(request, "htmx", False) and _known(request, view, {person_id} if person_id else set()):
        return
    record(
        _actor(request),
        action,
        person=person_id,
        thing=thing,
        rule=decision.rule,
        view=view,
        session=session_mark(request),
    )


def seen(request: HttpRequest, action: str, persons: Iterable[int], view: str, **detail: Any) -> None:
    """A list was shown. `persons` are primary keys; nothing is entered if this session has seen all of them in this view."""
    ids = set(persons)
    if not ids or _known(request, view, ids):
        return
    record(_actor(request), action, persons=sorted(ids), view=view, session=session_mark(request), **detail)


def refused(request: HttpRequest, decision: Decision) -> None:
    """A no is worth knowing too."""
    match = getattr(request, "resolver_match", None)
    name = match.view_name if match else ""
    record(
        _actor(request), "refused", rule=decision.rule, outcome="deny", view=name or "", session=session_mark(request)
    )


def session_mark(request: HttpRequest) -> str:
    """A short mark of the session that is not its key."""
    key = getattr(request, "session", None) and request.session.session_key
    return hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""


def _known(request: HttpRequest, view: str, ids: set[int]) -> bool:
    mark = session_mark(request)
    if not mark or not ids:
        return False
    found = AuditSubject.objects.filter(
        event__session=mark,
        event__view=view,
        event__at__gte=clock.now() - SEEN_WINDOW,
        event__assignment_id=_actor(request).assignment_id,
        person_id__in=ids,
    ).values_list("person_id", flat=True)
    return ids <= set(found)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def _named(thing: Any) -> str:
    return f"{thing._meta.label_lower}:{thing.public_id}" if hasattr(thing, "public_id") else str(thing or "")


def _person_of(thing: Any) -> int | None:
    if thing._meta.model_name == "person":
        return thing.pk
    return getattr(thing, "person_id", None)
