"""Pure rules of templates: what a part may hold, what differs between two versions, who may approve and use."""

from samband.library.rules.compare import Change, compare, mergeable
from samband.library.rules.content import ALLOWED, TYPES, Field, Problem, blank, clean, problems
from samband.library.rules.who import LICENSED, may_use

__all__ = [
    "ALLOWED",
    "LICENSED",
    "TYPES",
    "Change",
    "Field",
    "Problem",
    "blank",
    "clean",
    "compare",
    "may_use",
    "mergeable",
    "problems",
]
