"""What the forms of several modules have in common: a day and a time as the browser knows them, and a refusal at its field."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

YEARS = range(1000, 9000)
MISSING = gettext_lazy("Fyll i den här uppgiften.")


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any):
        super().__init__(format="%Y-%m-%d", **kwargs)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any):
        super().__init__(format="%H:%M", **kwargs)


def in_reach(day: date) -> None:
    """A day that can be reckoned with: the year 9999 has no tomorrow, and no hour in another zone."""
    if day.year not in YEARS:
        raise ValidationError(_("Den dagen går inte att räkna med. Är året rätt?"))


class Refusing(forms.BaseForm):
    """A form that takes a refusal from the services and puts it at its fields. Its days are within reach."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.validators = [*field.validators, in_reach]

    def refuse(self, error: ValidationError) -> None:
        """Each sentence at its field; what has none, or belongs to no field here, at the top."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, messages in error.message_dict.items():
            place = self.place_of(name)
            for message in messages:
                self.add_error(place if place in self.fields else None, message)

    def place_of(self, name: str) -> str | None:
        """The form's name for a field of the model."""
        return None if name == "__all__" else name


class Asking(Refusing, forms.Form):
    """What is missing is said by us, not by the browser, and each field keeps the same sentence for it."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = MISSING
