"""What a person lacks, kept as a mark, so that a county is counted without a walk through every contact and plan."""

from django.db import models
from django.db.models import Q

from samband.core import clock
from samband.people.models import Person


class Mark(models.Model):
    """What one person lacks, as `services.marks` found it last. Computed, never edited; counted only after `settle()`.

    `contacts` has a bit for each fixed contact that is missing, in the order of ContactRole.Kind (1, 2, 4), and for each
    of them `ended_<kind>` is the last day of the one who had the role latest; `ended` is the latest of those. Whoever has
    died lacks nothing.

    `living` tells that she has not died. `follow_up_on` stands in the plan in force (the earliest follow-up): whoever counts
    needs no other table.
    `began` is the first day of the care that goes on now, at any unit; `contact_since` is `ended`, else that day. Seen from
    some of the units it began then or later, so the oldest are found by an index (`services.rows`).
    `unconsented` since: with an open plan and no consent that holds. `answer` tells what the plan in force lacks of the
    person's yes, `answer_since` since when.

    It holds from `worked_on` (a demo's clock may be moved back) until the day before `until`, the first day when time
    alone may change the answer; none: until something is written.
    """

    class Answer(models.IntegerChoices):
        """Why a plan in force is not approved as it stands (0: it is, or there is none)."""

        GIVEN = 0
        NONE = 1
        DISAGREED = 2
        CHANGED = 3

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="board_mark")
    living = models.BooleanField(default=True)
    contacts = models.PositiveSmallIntegerField(default=0)
    planless = models.BooleanField(default=False)
    ended = models.DateField(null=True, blank=True)
    ended_care_contact = models.DateField(null=True, blank=True)
    ended_physician_contact = models.DateField(null=True, blank=True)
    ended_social_contact = models.DateField(null=True, blank=True)
    unconsented = models.DateField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    answer = models.PositiveSmallIntegerField(choices=Answer.choices, default=Answer.GIVEN)
    answer_since = models.DateField(null=True, blank=True)
    began = models.DateField(null=True, blank=True)
    contact_since = models.DateField(null=True, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    worked_on = models.DateField(default=clock.today, db_index=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["contacts", "person"], condition=Q(contacts__gt=0), name="mark_contacts"),
            models.Index(fields=["contact_since", "person"], condition=Q(contacts__gt=0), name="mark_contact_since"),
            models.Index(fields=["began", "person"], condition=Q(planless=True), name="mark_began"),
            models.Index(
                fields=["unconsented", "person"], condition=Q(unconsented__isnull=False), name="mark_unconsented"
            ),
            models.Index(fields=["answer_since", "person"], condition=Q(answer__gt=0), name="mark_answer"),
            models.Index(fields=["until"], condition=Q(until__isnull=False), name="mark_until"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.contacts} {self.planless}"


class MarkDue(models.Model):
    """A person whose mark may not hold any more. Written by the database itself, in the writer's transaction (`triggers`).

    One row for each writing and no foreign key, so that nobody who writes waits for another.
    """

    person = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.person}"
