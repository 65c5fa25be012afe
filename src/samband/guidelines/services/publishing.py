"""What is decided: published for good, withdrawn with a reason, in force on its day."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.core.text import search_key
from samband.core.versions import step
from samband.guidelines import notices
from samband.guidelines.models import Guideline, GuidelineVersion
from samband.guidelines.rules import validity
from samband.guidelines.rules.rendering import plain
from samband.guidelines.services import search

Status = GuidelineVersion.Status


def dates(version: GuidelineVersion) -> validity.Dates:
    return validity.Dates(version.valid_from, version.valid_to, version.review_by)


def sentence(field: str, code: str) -> str:
    """What a version lacks, in words."""
    said = {
        ("body", "empty"): _("Skriv rutinens text."),
        ("valid_from", "missing"): _("Skriv från vilken dag den gäller."),
        ("review_by", "missing"): _("Skriv när den senast ska ses över, så att någon påminns."),
        ("review_by", "early"): _("Den ska ses över efter att den har börjat gälla."),
        ("valid_to", "early"): _("Sista dagen ligger före den första."),
        ("parties", "missing"): _("Kryssa för vilka parter som har beslutat. En gemensam rutin gäller den som har sagt ja."),
        ("note", "missing"): _("Skriv vad som är nytt, så att den som läste förra versionen förstår."),
    }  # fmt: skip
    return said[field, code]


def publish(actor: Actor, draft: GuidelineVersion, lock: int) -> GuidelineVersion:
    """From its first day this is what holds. It never changes again. Raises Denied, Stale, ValidationError by field."""
    guideline = draft.guideline
    decision = policy.require(actor, "guideline.edit", draft)
    if guideline.common:
        policy.require(actor, "guideline.common")
    wrong = validity.problems(
        dates(draft), guideline.common, draft.parties.count(), draft.body, draft.note, draft.number
    )
    if wrong:
        raise ValidationError({field: sentence(field, code) for field, code in wrong.items()})
    with transaction.atomic():
        before = guideline.versions.filter(status=Status.PUBLISHED).first()
        step(
            draft, lock, status=Status.PUBLISHED, published_at=clock.now(), published_by=actor.name, supersedes=before,
            found_text=found_text(draft),
        )  # fmt: skip
        guideline.retired_at = None
        guideline.save(update_fields=["retired_at"])
        turn_one(guideline)
        audit.record(actor, "guideline.publish", thing=guideline, rule=decision.rule, version=draft.number)
        notices.published(draft, actor)
    return draft


def found_text(version: GuidelineVersion) -> str:
    """Name, text and what could be read of the files, folded, each word after a blank (core.text.search_key)."""
    guideline = version.guideline
    files = version.files.values_list("name", "text")
    return search_key(guideline.name, guideline.about, plain(version.body), *(part for row in files for part in row))


def withdraw(actor: Actor, version: GuidelineVersion, why: str) -> None:
    """It no longer holds, and is not shown at any step; it may still be read, with the reason."""
    decision = policy.require(actor, "guideline.edit", version)
    if not why.strip():
        raise ValidationError({"why": _("Skriv varför den dras in. Den som läser den ser det.")})
    with transaction.atomic():
        done = GuidelineVersion.objects.filter(pk=version.pk, status=Status.PUBLISHED).update(
            status=Status.WITHDRAWN, withdrawn_at=clock.now(), withdrawn_by=actor.name, withdrawn_why=why.strip()[:300]
        )
        if not done:
            raise ValidationError(_("Bara en utgiven version kan dras in."))
        turn_one(version.guideline)
        audit.record(actor, "guideline.withdraw", thing=version.guideline, rule=decision.rule, version=version.number)
    version.refresh_from_db()


def turn_one(guideline: Guideline) -> bool:
    """Let the version that has begun be the one in force. Whether that changed anything."""
    rows = {row.number: row for row in guideline.versions.all()}
    number = validity.in_force([(n, row.status, row.valid_from) for n, row in rows.items()], clock.today())
    current = rows[number] if number is not None else None
    if guideline.current_id == (current.pk if current else None):
        return False
    with transaction.atomic():
        guideline.current = current
        guideline.save(update_fields=["current"])
        search.index(guideline)
    return True


def turn() -> int:
    """The clock: versions whose first day has come. How many were turned; may run twice."""
    waiting = GuidelineVersion.objects.filter(
        status=Status.PUBLISHED, valid_from__lte=clock.today(), current_of__isnull=True, superseded_by__isnull=True
    )
    rows = Guideline.objects.filter(pk__in=waiting.values("guideline")).select_related("current")
    return sum(turn_one(row) for row in rows)


def remind() -> int:
    """The clock: tell each owner once that a version in force is to be looked over. How many are due."""
    day = clock.today()
    rows = Guideline.objects.filter(retired_at__isnull=True, current__review_by__lte=day).select_related("current")
    for row in rows:
        notices.due(row)
    return len(rows)


def retire(actor: Actor, guideline: Guideline, on: bool) -> None:
    """Take a routine out of use, or back. Plans and receipts are left as they are."""
    decision = policy.require(actor, "guideline.edit", guideline)
    with transaction.atomic():
        guideline.retired_at = clock.now() if on else None
        guideline.save(update_fields=["retired_at"])
        search.index(guideline)
        audit.record(actor, "guideline.edit", thing=guideline, rule=decision.rule, retired=on)
