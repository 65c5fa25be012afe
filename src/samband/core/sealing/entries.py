"""A batch's entries beside what was sealed: two lists in the order of id, walked together."""

from collections.abc import Iterable, Iterator

from samband.core.models import AuditSeal
from samband.core.sealing import words
from samband.core.sealing.encoding import Leaf
from samband.core.sealing.rows import Row


def differences(seal: AuditSeal, sealed: Iterable[Leaf], found: Iterable[Row]) -> Iterator[str]:
    """A sentence for every entry that is gone, new or not as it was."""
    expected, here = iter(sealed), (row.leaf for row in found)
    want, have = next(expected, None), next(here, None)
    while want or have:
        if want and have and want.id == have.id:
            if want != have:
                yield _changed(seal, want, have)
            want, have = next(expected, None), next(here, None)
        elif want and (have is None or want.id < have.id):
            yield words.entry_gone(want.id, seal)
            want = next(expected, None)
        elif have:
            yield words.entry_new(have.id, seal)
            have = next(here, None)


def _changed(seal: AuditSeal, want: Leaf, have: Leaf) -> str:
    if not have.digest:
        return words.entry_gone(want.id, seal)  # its persons are still there, it is not
    if want.subjects != have.subjects:
        return words.entry_persons(want.id, seal, have.subjects, want.subjects)
    return words.entry_changed(want.id, seal)
