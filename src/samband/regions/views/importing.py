"""A document of the regions from a file: read, told line by line, then kept."""

from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samband.core.policy import guarded
from samband.core.uploads import UploadRefused, checked
from samband.regions.import_form import ImportForm
from samband.regions.models import Source
from samband.regions.rules.reading import Unreadable, read
from samband.regions.services import importing, spoken
from samband.ui.toast import toast

MOST = 2_000_000
SHOWN = 200
TEMPLATE = "regions/import.html"


@guarded("region.edit", log=False)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Two steps on one page: the file is answered line by line; pressing the button reads all of it in, or nothing."""
    sources = Source.objects.filter(kind=Source.Kind.DOCUMENT)[:20]
    context = {"form": ImportForm(), "sources": sources}
    if request.method == "GET":
        return render(request, TEMPLATE, context)
    if request.POST.get("text"):
        return _commit(request, context)
    form = ImportForm(request.POST, request.FILES)
    context["form"] = form
    if not form.is_valid():
        return render(request, TEMPLATE, context, status=422)
    try:
        found = checked(form.cleaned_data["file"], ("text",), MOST)
        outcome = importing.preview(found.content)
    except UploadRefused as refused:
        form.add_error("file", str(refused))
        return render(request, TEMPLATE, context, status=refused.status)
    except Unreadable as error:
        form.add_error("file", spoken.refused(error))
        return render(request, TEMPLATE, context, status=422)
    context |= _told(outcome, found.name, form.cleaned_data["as_of"])
    return render(request, TEMPLATE, context | {"text": "\n".join(read(found.content).rows), "form": ImportForm()})


def _commit(request: HttpRequest, context: dict) -> HttpResponse:
    content, name = request.POST["text"].encode(), request.POST.get("name", "")[:200]
    form = ImportForm({"as_of": request.POST.get("as_of", "")})
    try:
        day = date.fromisoformat(request.POST["as_of"]) if request.POST.get("as_of") else None
        outcome = importing.run(request.actor, content, name, day)  # type: ignore[attr-defined]
    except Unreadable as error:
        form.add_error("file", spoken.refused(error))
    except ValidationError as error:
        form.add_error("as_of", error.messages[0])
    except ValueError:
        form.add_error("as_of", _("Skriv dagen som 2020-08-31."))
    else:
        regions = len(outcome.parsed.accounts)
        said = ngettext("%(n)d region är inläst.", "%(n)d regioner är inlästa.", regions) % {"n": regions}
        toast(request, _("Filen var redan inläst. Ingenting är ändrat.") if outcome.same else said)
        return redirect("regions:import")
    return render(request, TEMPLATE, context | {"form": form}, status=422)


def _told(outcome: importing.Outcome, name: str, day: date | None) -> dict:
    """What the page says of the file before it is kept."""
    rows = [
        {
            "account": account,
            "points": account.counts("prioriterade").total,
            "missing": [odd for odd in account.odd if odd.missing],
            "year": next((goal.year for goal in account.goals if not goal.joint), None),
        }
        for account in outcome.parsed.accounts
    ]
    notes = [{"line": note.line, "what": spoken.note(note.what), "text": note.text} for note in outcome.notes]
    return {
        "outcome": outcome, "rows": rows, "notes": notes[:SHOWN], "notes_left": max(0, len(notes) - SHOWN), "name": name,
        "as_of": day or outcome.parsed.as_of, "chosen_day": day, "conflicts": outcome.conflicts,
    }  # fmt: skip
