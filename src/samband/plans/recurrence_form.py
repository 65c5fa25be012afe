"""How often, as people choose it, to and from an RRULE. Pure."""

from dataclasses import dataclass, field
from datetime import date

from samband.plans.rules.recurrence import DAYS, BadRule, Parsed, parse

ONCE, DAILY, WEEKLY, MONTHLY, YEARLY, OTHER = "once", "daily", "weekly", "monthly", "yearly", "other"
SAME_DATE, SAME_WEEKDAY, LAST_DAY = "date", "weekday", "last"


@dataclass(frozen=True)
class Choice:
    """What the form holds."""

    often: str = ONCE
    every: int = 1
    days: list[str] = field(default_factory=list)
    month_by: str = SAME_DATE
    rule: str = ""


def to_rrule(choice: Choice, starts: date) -> str:
    """The rule that the choices make. A weekly rule without days takes the day it starts."""
    if choice.often == ONCE:
        return ""
    if choice.often == OTHER:
        return choice.rule.strip().upper().removeprefix("RRULE:")
    parts = [f"FREQ={choice.often.upper()}"]
    if choice.every > 1:
        parts.append(f"INTERVAL={choice.every}")
    if choice.often == WEEKLY:
        parts.append(
            "BYDAY=" + ",".join(d for d in DAYS if d in choice.days)
            if choice.days
            else f"BYDAY={DAYS[starts.weekday()]}"
        )
    if choice.often == MONTHLY:
        parts.append(_month(choice.month_by, starts))
    return ";".join(parts)


def _month(by: str, starts: date) -> str:
    if by == LAST_DAY:
        return "BYMONTHDAY=-1"
    if by == SAME_WEEKDAY:
        nth = (starts.day - 1) // 7 + 1
        return f"BYDAY={nth if nth < 5 else -1}{DAYS[starts.weekday()]}"
    return f"BYMONTHDAY={starts.day}"


def from_rrule(text: str, starts: date) -> Choice:
    """The choices that make the rule; `other` where no choice does."""
    if not text:
        return Choice()
    try:
        rule = parse(text)
    except BadRule:
        return Choice(often=OTHER, rule=text)
    guess = _guess(rule)
    if guess and parse(to_rrule(guess, starts)) == _plain(rule, starts):
        return guess
    return Choice(often=OTHER, rule=text)


def _guess(rule: Parsed) -> Choice | None:
    if rule.freq == "DAILY":
        return Choice(DAILY, rule.interval)
    if rule.freq == "WEEKLY":
        return Choice(WEEKLY, rule.interval, [DAYS[day] for day, _nth in rule.byday])
    if rule.freq == "YEARLY":
        return Choice(YEARLY, rule.interval)
    by = SAME_WEEKDAY if rule.byday else LAST_DAY if rule.bymonthday == (-1,) else SAME_DATE
    return Choice(MONTHLY, rule.interval, [], by)


def _plain(rule: Parsed, starts: date) -> Parsed:
    """The rule with its days in order and what it takes from its start written out, to compare with."""
    changes: dict = {"byday": tuple(sorted(rule.byday))}
    if rule.freq == "WEEKLY" and not rule.byday:
        changes["byday"] = ((starts.weekday(), 0),)
    if rule.freq == "MONTHLY" and not rule.byday and not rule.bymonthday:
        changes["bymonthday"] = (starts.day,)
    return Parsed(**{**rule.__dict__, **changes})
