"""Forms of the reviewer. A number or a name is asked for by POST and never stands in an address."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock, policy
from samband.core.ids import InvalidIdentity, parse_identity
from samband.core.policy import Actor
from samband.people.models import EarlierNumber, Person, Staff, Unit
from samband.review.models import CheckStep
from samband.review.rules.patterns import PATTERNS
from samband.review.services import log
from samband.review.services.log import Wish
from samband.review.services.practice import Figures
from samband.ui.fields import MISSING, Asking, DateInput

KINDS = [
    ("", _("Allt")), ("open", _("Öppnade en person")), ("list", _("Såg en lista")), ("act", _("Skrev eller ändrade")),
    ("review", _("Granskade loggen")), ("door", _("Inloggning och nej")),
]  # fmt: skip
OUTCOMES = [("", _("Alla")), ("allow", _("Fick ja")), ("deny", _("Fick nej"))]


class SearchForm(Asking):
    """What to search for; becomes a `Wish`. A number that nobody here has read about finds nothing, whoever's it is."""

    since = forms.DateField(label=_("Från"), widget=DateInput())
    until = forms.DateField(label=_("Till och med"), widget=DateInput())
    staff = forms.CharField(label=_("Medarbetare"), max_length=100, required=False, help_text=_("Namn eller HSA-id."))
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Enhet"), required=False, to_field_name="public_id", empty_label=_("Alla enheter")
    )
    number = forms.CharField(label=_("Personnummer"), max_length=20, required=False)
    kind = forms.ChoiceField(label=_("Vad"), choices=KINDS, required=False)
    outcome = forms.ChoiceField(label=_("Utfall"), choices=OUTCOMES, required=False)
    rule = forms.RegexField(r"^[A-Za-z0-9]{1,20}$", label=_("Regel"), required=False, help_text=_("Till exempel A7."))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.several: list[Staff] = []
        self.unknown = False
        self.fields["unit"].queryset = log.units_here(actor)  # type: ignore[attr-defined]
        self.fields["number"].widget.attrs["autocomplete"] = "off"

    def clean_staff(self) -> Staff | None:
        words = self.cleaned_data["staff"].split()
        if not words:
            return None
        rows = log.staff_here(self.actor)
        for word in words:
            shown = word.capitalize()  # SQLite knows å, ä and ö in one case only
            rows = rows.filter(
                Q(given_name__istartswith=word) | Q(family_name__istartswith=word) | Q(given_name__startswith=shown)
                | Q(family_name__startswith=shown) | Q(hsa_id__iexact=word)
            )  # fmt: skip
        found = list(rows.order_by("sort_name")[:21])
        if not found:
            raise forms.ValidationError(_("Ingen hos er heter så."))
        if len(found) > 1:
            self.several = found[:20]
        return found[0]

    def clean_number(self) -> Person | None:
        text = self.cleaned_data["number"].strip()
        if not text:
            return None
        try:
            number = parse_identity(text).number
        except InvalidIdentity as error:
            raise forms.ValidationError(_("Skriv personnumret med tolv siffror.")) from error
        earlier = EarlierNumber.objects.filter(identity_number=number).values("person")
        rows = policy.scoped(self.actor, "audit.person", Person.objects.all())
        person = rows.filter(Q(identity_number=number) | Q(pk__in=earlier)).first()
        self.unknown = person is None
        return person

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            self.add_error("until", _("Till och med ska vara samma dag eller senare."))
        if since and since < clock.today() - timedelta(366 * 20):
            self.add_error("since", _("Så långt tillbaka går ingen logg."))
        return data

    def wish(self) -> Wish:
        data = self.cleaned_data
        return Wish(
            data["since"], data["until"], data["staff"], data["unit"], data["number"], data["kind"], "", data["rule"].upper()
            if data["rule"] != "default" else "default", data["outcome"],
        )  # fmt: skip


class StepForm(Asking):
    """What was done with the check. Who was told, and what was found, are asked for where they belong."""

    kind = forms.ChoiceField(
        label=_("Vad har du gjort?"),
        widget=forms.RadioSelect,
        choices=[
            (CheckStep.Kind.ASKED, _("Frågat chefen eller medarbetaren")),
            (CheckStep.Kind.JUSTIFIED, _("Läsningen var befogad")),
            (CheckStep.Kind.UNJUSTIFIED, _("Läsningen var inte befogad, och är anmäld")),
            (CheckStep.Kind.NOTE, _("Bara en anteckning")),
        ],
    )
    told = forms.CharField(
        label=_("Vem frågade du, eller till vem anmälde du?"), max_length=200, required=False,
        help_text=_("Namn och roll, till exempel verksamhetschefen."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Vad kom du fram till?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class WhyForm(Asking):
    words = forms.CharField(label=_("Varför?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class InterestForm(Asking):
    why = forms.CharField(label=_("Varför är personen av allmänt intresse?"), max_length=200)


class PracticeForm(Asking):
    """Every figure of the patterns, and the size of the sample."""

    sample = forms.IntegerField(label=_("Stickprov per enhet och månad"), min_value=1, max_value=200)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for pattern in PATTERNS.values():
            for param in pattern.params:
                self.fields[f"{pattern.id}-{param.key}"] = forms.IntegerField(
                    label=param.label, min_value=param.least, max_value=param.most,
                    error_messages={"required": MISSING},
                )  # fmt: skip

    def figures(self) -> Figures:
        return {
            p.id: {param.key: float(self.cleaned_data[f"{p.id}-{param.key}"]) for param in p.params}
            for p in PATTERNS.values()
        }
