"""Fields that several forms share."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from samband.core.ids import Identity, InvalidIdentity, parse_identity, valid_hsa_id, valid_org_number
from samband.core.text import sort_key
from samband.people.services.imports import cells
from samband.ui.fields import in_reach


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: Any):
        super().__init__(attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    """A day; one that does not exist is told apart from one that is badly written."""

    widget = DateInput
    default_validators = [in_reach]
    default_error_messages = {"invalid": _l("Det datumet finns inte. Skriv det som ÅÅÅÅ-MM-DD.")}


class InOrder(ModelChoiceIterator):
    """The choices in Swedish order, which a database without a Swedish collation does not know."""

    def __iter__(self) -> Iterator:
        yield ("", self.field.empty_label)
        yield from sorted((self.choice(row) for row in self.queryset), key=lambda choice: sort_key(str(choice[1])))


class Sorted(forms.ModelChoiceField):
    """A choice among few rows, sorted by their names."""

    iterator = InOrder

    def __init__(self, queryset: QuerySet, **more: Any):
        super().__init__(queryset, empty_label=_("Inget valt"), **more)


class IdentityField(forms.CharField):
    """Any of the three sorts of identity number; the cleaned value is an Identity."""

    def __init__(self, **more: Any):
        super().__init__(max_length=20, strip=True, **more)
        self.widget.attrs |= {"inputmode": "text", "autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: str) -> Identity | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_identity(text)
        except InvalidIdentity as error:
            raise ValidationError(_(error.reason)) from error


def checked_phone(value: str) -> str:
    return _cell(cells.phone, value)


def checked_postal_code(value: str) -> str:
    return _cell(cells.postal_code, value)


def checked_language(value: str) -> str:
    return _cell(cells.language, value)


def checked_hsa_id(value: str) -> str:
    if not valid_hsa_id(value):
        raise ValidationError(_(cells.HSA))
    return value


def checked_org_number(value: str) -> str:
    if value and not valid_org_number(value):
        raise ValidationError(_("Ett organisationsnummer har tio siffror, och den sista ska stämma med de andra."))
    return value.replace("-", "")


def _cell(read: cells.Reader, value: str) -> Any:
    try:
        return read(value.strip())
    except cells.Wrong as error:
        raise ValidationError(_(error.text) % error.values if error.values else _(error.text)) from error
