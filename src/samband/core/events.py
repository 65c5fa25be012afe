"""News that travels upward and sideways: a module publishes, whoever is above listens.

Handlers run in the publisher's transaction: what cannot be done with the change undoes the change.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

_handlers: dict[str, list[Callable[..., None]]] = defaultdict(list)


def listen(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a handler for the event `name`; used as a decorator in a module's `apps.ready`."""

    def register(handler: Callable[..., None]) -> Callable[..., None]:
        if handler not in _handlers[name]:
            _handlers[name].append(handler)
        return handler

    return register


def publish(name: str, **facts: Any) -> None:
    """Tell every listener. No listener is no error."""
    for handler in _handlers[name]:
        handler(**facts)
