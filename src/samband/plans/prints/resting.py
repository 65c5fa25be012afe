"""A plan that rests, said on paper: since when, until when, and why."""

from typing import Any

from django.utils.translation import gettext as _

from samband.core import clock, text
from samband.plans.models import CarePlan
from samband.plans.prints import texts


def content(plan: CarePlan, outside: bool = False) -> dict[str, Any] | None:
    """`{title, lines, why}`; None for a plan in force. A party outside care does not read why (P5)."""
    if not plan.rests:
        return None
    title = _("Planen vilar")
    if plan.paused_on:
        title = _("Planen vilar sedan %(day)s") % {"day": text.short_date(plan.paused_on)}
    holds = [] if outside else [_("Vem man ringer, och vad man gör om något händer, gäller som förut.")]
    lines = [_("Insatserna görs inte förrän den tas upp igen."), *_until(plan), *holds]
    why = plan.status_why.strip()
    return {"title": title, "lines": lines, "why": None if outside or not why else texts.one(why, "sv")}


def _until(plan: CarePlan) -> list[str]:
    """Paper says days: a day that has passed is told as one that has."""
    if plan.resume_on is None:
        return []
    day = {"day": text.short_date(plan.resume_on)}
    if plan.resume_on <= clock.today():
        return [_("Den skulle tas upp igen %(day)s.") % day]
    if plan.resumes_itself:
        return [_("Den börjar gälla av sig själv %(day)s.") % day]
    return [_("Den ska tas upp igen %(day)s.") % day]
