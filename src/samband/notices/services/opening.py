"""May this reader open what a notice leads to? Asked in the same words as the page itself will ask.

Every page says which question it puts to the policy and about what (`guarded`), so that a notice is open exactly when
its page is, and nothing has to be kept in step.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import Resolver404, resolve

from samband.core import policy
from samband.core.policy import Actor


@dataclass(frozen=True)
class Target:
    """What a page asks: the action, and about which row (without a model: about the reader's role alone)."""

    action: str
    model: type[Model] | None = None
    key: Any = None


def target_of(url: str) -> Target | None:
    """The question behind an address; None where it leads nowhere of ours."""
    if not url.startswith("/") or url.startswith("//"):
        return None
    try:
        match = resolve(url.partition("?")[0].partition("#")[0])
    except Resolver404:
        return None
    action = getattr(match.func, "policy_action", None)
    if action is None:
        return None
    model = getattr(match.func, "policy_model", None)
    return Target(action, model, match.kwargs.get(match.func.policy_kwarg) if model else None)  # type: ignore[attr-defined]


def may_open(actor: Actor, url: str) -> bool:
    """The whole question, about one address."""
    target = target_of(url)
    if target is None:
        return False
    if target.action == "public":
        return True
    if target.model is None:
        return bool(policy.decide(actor, target.action))
    thing = (
        policy.scoped(actor, target.action, target.model._default_manager.all()).filter(public_id=target.key).first()
    )
    return thing is not None and bool(policy.decide(actor, target.action, thing))


def openable(actor: Actor, urls: Iterable[str]) -> set[str]:
    """Which of the addresses are in the reader's scope: one question to the database for each sort of page."""
    found: set[str] = set()
    rows: dict[tuple[str, type[Model]], dict[Any, list[str]]] = defaultdict(lambda: defaultdict(list))
    for url in set(urls):
        target = target_of(url)
        if target is None:
            continue
        if target.model is None:
            if target.action == "public" or policy.decide(actor, target.action):
                found.add(url)
        else:
            rows[target.action, target.model][target.key].append(url)
    for (action, model), keys in rows.items():
        seen = policy.scoped(actor, action, model._default_manager.filter(public_id__in=list(keys)))
        for key in seen.values_list("public_id", flat=True):
            found.update(keys[key])
    return found
