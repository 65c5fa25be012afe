"""A request becomes a case, owned until it is closed; everything that happens to it is kept in order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.contact.models.rota import NeedKind
from samband.core import clock, text
from samband.core.models import Base
from samband.people.models import Area, Assignment, Person, Relative, Unit

MAX_TEXT = 4000


class Case(Base):
    """What somebody asks for: what it concerns, how urgent she finds it, how she wants to be reached, who has it.

    `person` is empty for somebody without a plan, newly arrived, or who gave no name; `about` then says what is known.
    The unit has the case until another has received it; `owner` is the one who has taken it.
    """

    class Urgency(models.TextChoices):
        NOW = "now", _("Nu, det kan inte vänta")
        TODAY = "today", _("I dag")
        WEEK = "week", _("Den här veckan")
        WHENEVER = "whenever", _("När det passar")

    class Reach(models.TextChoices):
        PHONE = "phone", _("Ring mig")
        HERE = "here", _("Svara här i Samband")
        VISIT = "visit", _("Kom hem")

    class Sender(models.TextChoices):
        PERSON = "person", _("Personen själv")
        RELATIVE = "relative", _("Närstående")
        STAFF = "staff", _("Personal")
        CALLER = "caller", _("Någon som ringde")

    class Why(models.TextChoices):
        NO_PLAN = "no_plan", _("Har ingen gemensam plan")
        NEW = "new", _("Nyss kommen hit")
        CHILD = "child", _("Gäller ett barn")
        UNNAMED = "unnamed", _("Vill inte säga sitt namn")

    subject = models.CharField(_("Vad gäller det?"), max_length=120)
    body = models.TextField(_("Berätta mer"), max_length=MAX_TEXT, blank=True)
    need = models.CharField(_("Slag av behov"), max_length=12, choices=NeedKind.choices, default=NeedKind.ADVICE)
    urgency = models.CharField(_("Hur bråttom är det?"), max_length=10, choices=Urgency.choices)
    urgency_rank = models.PositiveSmallIntegerField(default=3)
    reach = models.CharField(_("Hur vill du bli nådd?"), max_length=10, choices=Reach.choices, default=Reach.PHONE)
    phone = models.CharField(_("Telefon"), max_length=30, blank=True)
    language = models.CharField(_("Språk"), max_length=10, default="sv")
    sender_kind = models.CharField(max_length=10, choices=Sender.choices)
    sender_name = models.CharField(_("Vem som frågar"), max_length=200, blank=True)
    sender_relative = models.ForeignKey(Relative, models.SET_NULL, null=True, blank=True, related_name="cases")
    sender_staff = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="cases_sent")
    only_sender = models.BooleanField(_("Bara mellan mig och er"), default=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="cases")
    about = models.CharField(_("Vem det gäller"), max_length=200, blank=True)
    circumstance = models.CharField(_("Omständighet"), max_length=10, choices=Why.choices, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Kommun"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases", verbose_name=_("Enhet"))
    to_assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="cases_to")
    owner = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="cases_owned")
    handed_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="cases_coming")
    handed_to = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="cases_handed")
    handed_at = models.DateTimeField(null=True, blank=True)
    promised_at = models.DateTimeField(_("Lovat till"), null=True, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_how = models.CharField(max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    level_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_number = models.CharField(max_length=30, blank=True)
    search_text = models.CharField(max_length=500, editable=False, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["unit", "closed_at", "urgency_rank", "opened_at"], name="case_queue"),
            models.Index(fields=["unit", "closed_at", "opened_at"], name="case_age"),
            models.Index(fields=["handed_unit", "closed_at"], name="case_coming"),
            models.Index(fields=["closed_at", "due_at"], name="case_due"),
            models.Index(fields=["person", "opened_at"], name="case_person"),
        ]

    def __str__(self) -> str:
        return self.subject

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        """Stored keys for search and order; `bulk_create` has to call it itself."""
        name = self.person.full_name if self.person_id and self.person else self.about
        self.search_text = text.search_key(self.subject, name, self.sender_name)[:500]
        self.urgency_rank = self.Urgency.values.index(self.urgency)

    @property
    def open(self) -> bool:
        return self.closed_at is None

    @property
    def shown_about(self) -> str:
        """The person, or what is known of somebody without a record."""
        if self.person:
            return self.person.full_name
        return self.about or str(_("Inget namn"))


class CaseEvent(models.Model):
    """Something that happened to a case. Append-only: database triggers refuse UPDATE and DELETE."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("Kom in")
        TAKEN = "taken", _("Togs om hand")
        HANDED = "handed", _("Lämnades över")
        RECEIVED = "received", _("Togs emot")
        RETURNED = "returned", _("Lämnades tillbaka")
        REPLIED = "replied", _("Svar")
        ADDED = "added", _("Tillägg")
        NOTE = "note", _("Anteckning")
        PROMISED = "promised", _("Lovades")
        ESCALATED = "escalated", _("Fördes vidare")
        CLOSED = "closed", _("Avslutades")
        REOPENED = "reopened", _("Öppnades igen")

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    at = models.DateTimeField(default=clock.now)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=300, blank=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=MAX_TEXT, blank=True)
    shown = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["case", "id"], name="case_event")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"
