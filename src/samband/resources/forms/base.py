"""What the forms of staffing share: days, hours, and the version that was read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.people.models import Assignment
from samband.ui.fields import Refusing

ORDER = _("Sista dagen ligger före den första.")


class Calm(Refusing, forms.ModelForm):
    """What our own checks have said, the table's constraints need not say again."""

    def _post_clean(self) -> None:
        """The rules above say it in words; the table's constraint need not say it again."""
        if not self.errors:
            super()._post_clean()  # type: ignore[misc]


class Versioned(Calm):
    """`version`: what was read; the service asks whether it still is."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else None

    @property
    def read(self) -> int | None:
        """The version that was read; None where the form did not say."""
        return self.cleaned_data.get("version")

    def later(self, first: str = "starts_on", last: str = "ends_on") -> None:
        a, b = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if a and b and b < a:
            self.add_error(last, ORDER)


class Receiver(forms.ModelChoiceField):
    def label_from_instance(self, obj: Assignment) -> str:
        return f"{obj.staff.full_name}, {obj.title}, {obj.unit}"
