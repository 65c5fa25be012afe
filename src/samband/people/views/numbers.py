"""Another number for a person who is known, with a reason; the numbers she had before."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samband.core.fresh import fresh
from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.forms.accounts import NumberForm
from samband.people.models import Person
from samband.people.services import numbers
from samband.people.services.lock import Conflict, mark
from samband.people.views.persons import person_context
from samband.ui.toast import toast

FIELDS = ("identity_number",)


@guarded("person.renumber", Person)
@fresh("person.renumber")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, person: Person) -> HttpResponse:
    """The form and the history. The number that was read travels as a mark, not as itself."""
    form = NumberForm(request.POST or None, initial={"seen": mark(person, FIELDS)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        seen = person.identity_number if data["seen"] == mark(person, FIELDS) else ""
        try:
            row = numbers.change(
                request.actor, person, seen, data["identity"], data["cause"], data["why"], data["confirmed"]
            )
        except Conflict:
            form.add_error(
                None, _("Någon annan har bytt numret nyss. Ingenting är ändrat; se vilket nummer som gäller nu.")
            )
        except ValidationError as error:
            found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            for name, messages in found.items():
                form.add_error(name or None, messages)
        else:
            undo = reverse("people:number_undo", args=[person.public_id, row.public_id])
            toast(request, _("Numret är bytt. Det förra finns kvar i historiken."), undo)
            return redirect("people:number", person=person.public_id)
    if "confirmed" not in form.errors and not form.data.get("confirmed"):
        del form.fields["confirmed"]
    context = person_context(request, person, "facts") | {"form": form, "earlier": person.earlier_numbers.all()}
    return render(request, "people/number.html", context, status=422 if form.errors else 200)


@guarded("person.renumber", Person)
@fresh("person.renumber")
@require_POST
def undo(request: Request, person: Person, earlier: UUID) -> HttpResponse:
    """The number before, back again."""
    row = person.earlier_numbers.filter(public_id=earlier).first()
    try:
        if row is None:
            raise ValidationError(_("Det finns inget att ångra."))
        numbers.take_back(request.actor, person, row)
    except (ValidationError, Conflict) as error:
        toast(request, " ".join(getattr(error, "messages", [_("Det finns inget att ångra.")])))
    else:
        toast(request, _("Ångrat: numret är som innan."))
    return redirect("people:number", person=person.public_id)
