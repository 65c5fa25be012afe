"""The plan a sentence at a time, in the order it is read aloud: for a device without a voice of its own."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samband.plans.models import Situation
from samband.plans.rules import plain
from samband.web.services import own as mine


@dataclass(frozen=True)
class Sentence:
    """One sentence, under which heading it stands, and whether it is the person's own words."""

    heading: str
    text: str
    voice: bool = False


def of_plan(own: mine.Own) -> list[Sentence]:
    """What the own page says: my words, the next step, if something happens, my goals, what we do."""
    plan = own.plan
    if plan is None:
        return []
    found = _cut(_("Viktigt för mig"), plan.words, True)
    step = mine.step(own)
    if step.get("what"):
        found += [Sentence(_("Nästa steg"), ". ".join(filter(None, [step["what"], step["when"]])))]
    for row in mine.policy.scoped(own.actor, "own.read", Situation.objects.filter(plan=plan, ended_on=None)):
        found += _cut(_("Om något händer"), row.trigger, True)
        steps = row.steps_person if own.mine else row.steps_relative or row.steps_person
        for text in mine.steps(steps):
            found += _cut(row.trigger, text)
        called = "112" if row.emergency else f"{row.call_unit.name}, {row.call_unit.phone}" if row.call_unit else ""
        found += [Sentence(row.trigger, _("Ring %(who)s.") % {"who": called})] if called else []
    for goal in mine.goals(own):
        found += _cut(_("Mål"), goal.words, True)
    for group in mine.plan_actions(own):
        for line in group["rows"]:
            said = ". ".join(filter(None, [line["title"], line["often"], line["who"]]))
            found += [Sentence(_("Det här gör vi"), said), *_cut(line["title"], line["detail"])]
            found += _cut(line["title"], line["ask"].plain) if line["ask"] else []
    for heading, text in ((_("Så är det nu"), plan.situation), (_("Det som fungerar och ger kraft"), plan.strengths),
                          (_("Det som behöver stöd"), plan.needs)):  # fmt: skip
        found += _cut(heading, text)
    return found


def _cut(heading: str, text: str, voice: bool = False) -> list[Sentence]:
    return [Sentence(heading, sentence, voice) for sentence in plain.sentences(text or "")]
