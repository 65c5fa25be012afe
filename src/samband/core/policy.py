"""The one place that decides who may see and do what. Closed by default.

The mechanism is here; the rules (with the ids of `rules.md`) are registered by the modules that own them. Every view,
query and export asks `decide`, `require` or `scoped`; a question nobody has a rule for is answered with no.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from inspect import Parameter, signature
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_resolver
from django.utils.translation import get_language

from samband.core import decision as answers
from samband.core.decision import ANONYMOUS, CLOSED, Actor, Decision, allow, deny

__all__ = [
    "ANONYMOUS", "CLOSED", "Actor", "Decision", "Denied", "allow", "answer", "decide", "deny", "guarded", "public",
    "questions", "registry", "require", "rule", "scope", "scoped",
]  # fmt: skip

# The pure half does not know Django; it asks here in which language a reason is read.
answers.language = lambda: get_language() or "sv"


class Denied(Exception):
    """A refused question. Shown as 404 where the thing's existence must not show, else as 403 with the reason."""

    def __init__(self, decision: Decision, hidden: bool = False):
        super().__init__(decision.rule)
        self.decision = decision
        self.hidden = hidden


Rule = Callable[[Actor, Any], Decision]
Scope = Callable[[Actor, QuerySet], QuerySet]


@dataclass
class Registry:
    """Rules and scopes by action. One rule an action: two owners of one question is an error at start.

    `about`: the types that a rule says it knows; `asked`: the models that a page asks the question about.
    """

    rules: dict[str, Rule] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    about: dict[str, tuple[type, ...]] = field(default_factory=dict)
    asked: dict[str, set[type]] = field(default_factory=dict)

    def rule(self, *actions: str, about: type | tuple[type, ...] | None = None) -> Callable[[Rule], Rule]:
        """`about`: the rule knows things of these types only; a question about anything else is answered with no."""
        put = self._put(self.rules, actions)
        if about is not None:
            self.about.update(dict.fromkeys(actions, about if isinstance(about, tuple) else (about,)))

        def register(function: Rule) -> Rule:
            without = _may_be_nothing(function)

            @wraps(function)
            def typed(actor: Actor, thing: Any = None) -> Decision:
                if about is None or (thing is None and without) or isinstance(thing, about):
                    return function(actor, thing)
                return CLOSED

            put(typed)
            return function

        return register

    def scope(self, *actions: str) -> Callable[[Scope], Scope]:
        return self._put(self.scopes, actions)

    @staticmethod
    def _put(table: dict, actions: tuple[str, ...]) -> Callable:
        def register(function: Callable) -> Callable:
            for action in actions:
                known = table.get(action)
                if known is not None and (known.__module__, known.__qualname__) != (
                    function.__module__,
                    function.__qualname__,
                ):
                    raise ValueError(f"{action} already has a rule")
                table[action] = function
            return function

        return register


def _may_be_nothing(function: Rule) -> bool:
    """Whether the rule also answers without a thing: its second parameter has a default."""
    return list(signature(function).parameters.values())[1].default is not Parameter.empty


registry = Registry()
rule = registry.rule
scope = registry.scope


def decide(actor: Actor, action: str, thing: Any = None) -> Decision:
    """Ask whether `actor` may do `action` to `thing`."""
    found = registry.rules.get(action)
    return found(actor, thing) if found else CLOSED


def require(actor: Actor, action: str, thing: Any = None) -> Decision:
    """As `decide`, but a no raises Denied."""
    decision = decide(actor, action, thing)
    if not decision:
        raise Denied(decision)
    return decision


def scoped(actor: Actor, action: str, rows: QuerySet) -> QuerySet:
    """The rows that `actor` may see for `action`, decided in the database query. No scope, no rows."""
    found = registry.scopes.get(action)
    return found(actor, rows) if found else rows.none()


def answer(actor: Actor, action: str, thing: Any = None) -> Decision:
    """As a page answers: the rule, and where the question has rows, whether the thing is among them (else: no rule opens it)."""
    decision = decide(actor, action, thing)
    if decision and isinstance(thing, Model) and action in registry.scopes:
        found = scoped(actor, action, type(thing)._default_manager.filter(pk=thing.pk))
        return decision if found.exists() else CLOSED
    return decision


def questions(thing: Model) -> list[str]:
    """Every question that a page asks about such a thing, or that a rule says it is for, in order."""
    get_resolver().url_patterns  # noqa: B018 (the views say what they ask when they are first imported)
    named = {action for action, models in registry.asked.items() if type(thing) in models}
    known = {action for action, types in registry.about.items() if isinstance(thing, types)}
    return sorted((named | known) & registry.rules.keys())


View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Mark a view that anyone may open: log-in, health."""
    view.policy_action = "public"  # type: ignore[attr-defined]
    return view


def guarded(
    action: str, model: type[Model] | None = None, kwarg: str | None = None, log: bool = True
) -> Callable[[View], View]:
    """A view that asks before it runs.

    Without `model` the question is about the actor's role alone. With `model` the url's `kwarg` (default: the model's
    name in lower case) is a `public_id`; the row is fetched inside `scoped`, so what may not be seen does not exist
    (404), then `decide` is asked about it. A GET is entered in the audit as a read.
    """
    name = kwarg or (model._meta.model_name if model else "") or ""
    if model is not None:
        registry.asked.setdefault(action, set()).add(model)

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            if model is None:
                require(actor, action)
                return view(request, *args, **kwargs)
            thing = scoped(actor, action, model._default_manager.all()).filter(public_id=kwargs.pop(name)).first()
            if thing is None:
                raise Http404
            decision = decide(actor, action, thing)
            if not decision:
                raise Denied(decision, hidden=True)
            if log and request.method == "GET":
                from samband.core import audit

                audit.read(request, action, thing, decision)
            return view(request, thing, *args, **kwargs)

        inner.policy_action = action  # type: ignore[attr-defined]
        inner.policy_model = model  # type: ignore[attr-defined]
        inner.policy_kwarg = name  # type: ignore[attr-defined]
        return inner

    return wrap
