"""The list of patterns: what each asks, its figures, and its sentence to the reviewer in Swedish and English."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from samband.core import decision
from samband.review.rules.facts import Known, Log, Raised
from samband.review.rules.patterns import amount, crowd, reason, when, who
from samband.review.rules.patterns.sentences import SENTENCES


@dataclass(frozen=True)
class Param:
    """A figure that an organisation may set: between `least` and `most`."""

    key: str
    sv: str
    en: str
    default: int
    least: int
    most: int

    @property
    def label(self) -> str:
        return _said(self.sv, self.en)


@dataclass(frozen=True)
class Pattern:
    """`sv` and `en` are templates of the figures in `Raised.why`, in words."""

    id: str
    name_sv: str
    name_en: str
    what_sv: str
    what_en: str
    find: Callable[[Log, Known, dict[str, float]], Iterator[Raised]]
    params: tuple[Param, ...] = ()

    @property
    def name(self) -> str:
        return _said(self.name_sv, self.name_en)

    @property
    def what(self) -> str:
        return _said(self.what_sv, self.what_en)

    def why(self, figures: Mapping[str, Any]) -> str:
        """The sentence that says why this was raised. Figures that are missing leave the pattern's own sentence."""
        sv, en = SENTENCES[self.id](figures) if self.id in SENTENCES else ("", "")
        return _said(sv or self.what_sv, en or self.what_en)


def _said(sv: str, en: str) -> str:
    return en if decision.language().startswith("en") else sv


PATTERNS: dict[str, Pattern] = {
    p.id: p
    for p in (
        Pattern("own", "Egen uppgift", "Own record", "Läsaren har öppnat sig själv i tjänsten.",
                "The reader opened her own record at work.", who.own),
        Pattern("relative", "Närstående", "Relative", "Läsaren är närstående, eller heter som någon nära.",
                "The reader is a relative, or has the name of somebody near.", who.relative,
                (Param("rare", "Efternamn som högst så många av tusen har", "Family names that at most so many of a thousand have",
                       3, 0, 1000),)),
        Pattern("neighbour", "Granne", "Neighbour", "Läsaren bor nära personen.", "The reader lives near the person.",
                who.neighbour, (Param("metres", "Högst så många meter bort", "At most so many metres away", 75, 1, 2000),)),
        Pattern("colleague", "Kollega", "Colleague", "Personen är personal i samma organisation.",
                "The person is staff in the same organisation.", who.colleague,
                (Param("reach", "1: samma enhet, 2: hela organisationen", "1: the same unit, 2: the whole organisation", 2, 1, 2),)),
        Pattern("celebrity", "Många läsare", "Many readers", "Många utan ärende har läst om samma person.",
                "Many without a task have read about the same person.", crowd.celebrity,
                (Param("readers", "Minst så många läsare utan ärende", "At least so many readers without a task", 4, 2, 100),
                 Param("times", "Så många gånger den vanliga spridningen", "So many times the usual spread", 4, 1, 20),
                 Param("days", "Ärende: enheten har skrivit inom så många dagar",
                       "Task: the unit wrote within so many days", 30, 1, 365))),
        Pattern("volume", "Ovanligt många", "Unusually many", "Läsaren öppnade många fler personer än vanligt.",
                "The reader opened many more persons than usual.", amount.volume,
                (Param("least", "Minst så många personer på en dag", "At least so many persons in a day", 15, 2, 1000),
                 Param("times", "Så många gånger den vanliga spridningen", "So many times the usual spread", 4, 1, 20))),
        Pattern("hours", "Fel tid", "Out of hours", "Läst när enheten är stängd och läsaren inte brukar arbeta.",
                "Read when the unit is closed and the reader is not usually at work.", when.hours,
                (Param("margin", "Minuter före och efter öppettiden som räknas in",
                       "Minutes before and after opening hours that count", 60, 0, 240),
                 Param("share", "Vanlig tid: andel av läsarens andra dagar, procent",
                       "Usual time: share of the reader's other days, percent", 10, 1, 100))),
        Pattern("refusals", "Många nej", "Many refusals", "Läsaren har fått nej många gånger samma dag.",
                "The reader was refused many times on the same day.", amount.refusals,
                (Param("least", "Minst så många nej på en dag", "At least so many refusals in a day", 10, 2, 1000),)),
        Pattern("no_act", "Inget ärende", "No task", "Läst utan att enheten har gjort något för personen.",
                "Read without the unit doing anything for the person.", reason.no_act,
                (Param("days", "Dagar före och efter", "Days before and after", 30, 1, 365),)),
        Pattern("started", "Vårdrelation för att läsa", "Relation begun to read",
                "Läsaren startade vårdrelationen strax innan, och inget mer hände.",
                "The reader started the care relation just before, and nothing more happened.", reason.started,
                (Param("minutes", "Högst så många minuter innan", "At most so many minutes before", 60, 1, 1440),
                 Param("days", "Inget mer inom så många dagar", "Nothing more within so many days", 14, 1, 365))),
    )
}  # fmt: skip


def defaults() -> dict[str, dict[str, float]]:
    """Every pattern's figures as they come."""
    return {p.id: {param.key: float(param.default) for param in p.params} for p in PATTERNS.values()}


def find(log: Log, known: Known, figures: Mapping[str, Mapping[str, float]] | None = None) -> list[Raised]:
    """All patterns, in the order of the catalogue; `figures` by pattern replace the defaults."""
    told, ours = figures or {}, defaults()
    return [row for p in PATTERNS.values() for row in p.find(log, known, {**ours[p.id], **told.get(p.id, {})})]
