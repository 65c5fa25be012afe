"""What must show beside a person's name in every list (P7), told by a module above: one question for a whole page."""

from collections.abc import Callable, Sequence

Maker = Callable[[Sequence[int]], dict[int, str]]
_makers: list[Maker] = []


def made_by(maker: Maker) -> None:
    """Register who tells (`AppConfig.ready` of the module that knows): primary keys of persons in, short texts out."""
    _makers[:] = [maker]


def of(persons: Sequence[int]) -> dict[int, str]:
    """The marks of those who have one; nothing where nobody tells."""
    return _makers[0](persons) if _makers and persons else {}
