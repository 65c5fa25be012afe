"""Reading what other providers wrote: tell the person, say why, open for the day (A4–A9, A11); blocked: ask them to lift (A10)."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import audit, policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.models import Person
from samband.records.forms import AnswerForm, BlockForm, InformForm, LiftForm, OthersForm
from samband.records.models import LiftRequest
from samband.records.services import facts, lifting, sharing
from samband.records.services import shown as services
from samband.records.services.lifting import Refused
from samband.records.views.base import form_page, records_url
from samband.ui.toast import toast

PAGE = 40


@guarded("record.others", Person)
@require_http_methods(["GET", "HEAD", "POST"])
def open_others(request: Request, person: Person) -> HttpResponse:
    """Why the data is needed now, and on which ground."""
    known = facts.around(request.actor, person.pk)
    stands = services.who_reads(known)
    form = OthersForm(
        request.POST or None, social=stands["social"], consent=stands["consent"], incapable=stands["incapable"]
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sharing.open_others(
                request.actor, person, data["ground"], data["why"], data.get("explored", ""), form.spoken()
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Öppet för dig i dag. Personen ser att du har läst, och varför."))
            return redirect(records_url(person))
    title = _("Läs vad andra vårdgivare har skrivit")
    return form_page(
        request, person, form, title, _("Läs"), template="records/others.html", stands=stands, inform=InformForm()
    )


@guarded("record.block_note", Person)
@require_POST
def inform(request: Request, person: Person) -> HttpResponse:
    """The person has been told (A4)."""
    try:
        sharing.inform(request.actor, person, request.POST.get("form", ""))
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        toast(request, _("Antecknat: personen vet vad det innebär."))
    return redirect("records:others", person=person.public_id)


@guarded("record.block_note", Person)
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: Request, person: Person) -> HttpResponse:
    """The person objects, and staff write it down (A5). Only what the own provider wrote: whose else there is does not show (A6)."""
    organization, social = facts.provider_of(request.actor)
    mine = [row for row in services.providers(person) if (row.organization.pk, row.social) == (organization, social)]
    units = [(f"unit:{unit.public_id}", str(unit)) for row in mine for unit, _block in row.units]
    choices = [("all", _("Allt som %(name)s har skrivit, mot andra vårdgivare") % {"name": row.name}) for row in mine]
    form = BlockForm(request.POST or None, providers=[*choices, *_towards_own(units)])
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["provider"]
        unit = next((u for row in mine for u, _b in row.units if chosen == f"unit:{u.public_id}"), None)
        try:
            sharing.block(request.actor, person, mine[0].organization, social, unit, form.cleaned_data["said"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Spärrat. Bara personen själv kan ta bort spärren."))
            return redirect(records_url(person))
    lead = _("Spärren gäller genast. Skriv vad personen sade.")
    return form_page(request, person, form, _("Personen vill spärra"), _("Spärra"), lead=lead, danger=True)


def _towards_own(units: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, _("Det som %(unit)s har skrivit, mot våra andra enheter") % {"unit": name}) for key, name in units]


@guarded("record.lift_ask", Person)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, person: Person) -> HttpResponse:
    """An emergency: who blocked is shown once the danger is written down, and they are asked (A10)."""
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = lifting.ask(request.actor, person, form.cleaned_data["why"])
        except ValidationError as error:
            form.refuse(error)
        else:
            names = ", ".join(services.name_of(row.block.organization, row.block.social) for row in made)
            toast(request, _("Frågan har gått till %(names)s. Du ser svaret här.") % {"names": names})
            return redirect(records_url(person))
    lead = _(
        "Ingen läser spärrade uppgifter på egen hand. Vårdgivaren som har dem avgör. Ring dem också om det är bråttom."
    )
    return form_page(request, person, form, _("Be om att spärren hävs"), _("Fråga"), lead=lead)


@guarded("record.lift_list")
@require_safe
def lifts(request: Request) -> HttpResponse:
    """Questions to this provider: those that wait first."""
    rows = policy.scoped(request.actor, "record.lift_answer", LiftRequest.objects.select_related("person", "unit"))
    pages = Paginator(rows.order_by("answered_at", "-at", "-pk"), PAGE).get_page(request.GET.get("page"))
    audit.seen(request, "record.lift_list", {row.person_id for row in pages}, view="records:lifts")
    return render(request, "records/lifts.html", {"pages": pages})


@guarded("record.lift_answer", LiftRequest)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, row: LiftRequest) -> HttpResponse:
    """Lift, or say why the block stands."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lifting.answer(request.actor, row, form.cleaned_data["answer"] == "lift", form.cleaned_data["words"])
        except ValidationError as error:
            form.refuse(error)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            toast(request, _("Svaret är skickat."))
            return redirect("records:lifts")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "records/lift.html", {"row": row, "form": form}, status=status)


@guarded("record.lift_withdraw", LiftRequest)
@require_POST
def withdraw(request: Request, row: LiftRequest) -> HttpResponse:
    try:
        lifting.withdraw(request.actor, row)
    except Refused as refused:
        toast(request, str(refused))
    else:
        toast(request, _("Frågan är återtagen."))
    return redirect(records_url(row.person))
