"""The URL table, walked: every pattern with its view, name and parameters."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Entry:
    """One URL: `name` with its namespace, `view`, and the names of its parameters."""

    name: str
    route: str
    view: Callable
    parameters: tuple[str, ...]

    @property
    def action(self) -> str | None:
        """What the view asks the decision point; "public", or None for a library's view."""
        return getattr(self.view, "policy_action", None)


def entries() -> list[Entry]:
    """All URLs of Samband."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, route: str, space: str) -> Iterator[Entry]:
    for item in resolver.url_patterns:
        path = route + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from _walk(item, path, f"{space}{item.namespace}:" if item.namespace else space)
        elif isinstance(item, URLPattern):
            names = tuple(item.pattern.regex.groupindex) or tuple(item.pattern.converters)
            yield Entry(f"{space}{item.name}", path, item.callback, names)
