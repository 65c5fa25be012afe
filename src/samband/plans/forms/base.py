"""What the forms of a plan have in common: a refusal at its field, a version, and why."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samband.people.models import Assignment
from samband.people.models.staff import current
from samband.plans.models import CarePlan
from samband.plans.rules import BadRule
from samband.ui.fields import MISSING, Refusing


def spoken_refusal(bad: BadRule) -> str:
    """The sentence in the reader's language."""
    return bad.en if (get_language() or "sv").startswith("en") else bad.sv


class PartForm(Refusing, forms.ModelForm):
    """A part of a plan: its fields, the version that was read, and why. The model's own checks are the services'."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=_("Varför ändras det?"),
        max_length=300,
        required=False,
        help_text=_("Står i historiken, så att alla förstår."),
    )

    def __init__(self, *args: Any, plan: CarePlan, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.plan = plan
        for field in self.fields.values():
            field.error_messages["required"] = MISSING
        self.fields["version"].initial = getattr(self.instance, "version", None) or 0
        if self.instance.pk is None:
            del self.fields["why"]
        self._help_with_words()
        self.prepare()

    def _help_with_words(self) -> None:
        """Beside each longer text, how it reads (htmx). Not beside the person's own words: they are as she says them."""
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea) and "voice-field" not in field.widget.attrs.get("class", ""):
                field.plain_help = True  # type: ignore[attr-defined]
                field.widget.attrs |= {
                    "hx-post": reverse("plans:plain"),
                    "hx-trigger": "input changed delay:800ms",
                    "hx-target": f"#{self[name].auto_id}_plain",
                    "hx-swap": "innerHTML",
                }

    def prepare(self) -> None:
        """Narrow the choices to this plan."""

    def _post_clean(self) -> None:
        """Leave the instance alone: services/editing writes it."""

    def changes(self) -> dict[str, Any]:
        """What was written, by the model's field names."""
        names = [name for name in self._meta.fields if name in self.cleaned_data]  # type: ignore[union-attr]
        return {name: self.cleaned_data[name] for name in names}

    def new(self) -> Any:
        """An unsaved part with what was written."""
        return self._meta.model(plan=self.plan, **self.changes())


def person_title(assignment: Assignment) -> str:
    """`Ida Wallin, sjuksköterska, Hemsjukvården`."""
    return f"{assignment.staff.full_name}, {assignment.title.lower()}, {assignment.unit.name}"


def staff_of(plan: CarePlan) -> Any:
    """Those who work at the plan's parties now."""
    rows = Assignment.objects.filter(
        current(), unit__party_in__person=plan.person_id, unit__party_in__withdrawn_at__isnull=True
    )
    return rows.select_related("staff", "unit").order_by("staff__sort_name").distinct()
