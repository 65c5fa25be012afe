"""A deck as a file: saved as CSV or JSON, and read in; tried first, told row by row, and kept only when the reader says so."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samband.core import policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.core.uploads import UploadRefused, checked
from samband.core.versions import Stale
from samband.dialogue.forms import DeckFileForm
from samband.dialogue.models import Deck, DeckVersion
from samband.dialogue.rules import deckfiles
from samband.dialogue.services import decks, decks_files, decks_values
from samband.dialogue.services.decks_spoken import bad_file, changes_shown
from samband.dialogue.views.decks_draft import draft_or_404, lock_of
from samband.ui.toast import toast

FORMS = {"csv": ("text/csv; charset=utf-8", deckfiles.to_csv), "json": ("application/json", deckfiles.to_json)}
SHOWN = 60


@guarded("deck.read", Deck)
@require_safe
def export(request: Request, deck: Deck, deck_format: str) -> HttpResponse:
    """The version in use, or with `?draft=1` the draft, for those who write it."""
    version = decks.current(deck)
    if request.GET.get("draft") == "1" and policy.decide(request.actor, "deck.edit", deck):
        version = decks.draft(deck) or version
    if version is None or deck_format not in FORMS:
        raise Http404
    mime, written = FORMS[deck_format]
    answer = HttpResponse(written(decks_values.of(version)), content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{deck.slug}-{version.number}.{deck_format}"'
    return answer


@guarded("deck.create")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    return tried(request, None)


@guarded("deck.edit", Deck)
@require_http_methods(["GET", "HEAD", "POST"])
def into(request: Request, deck: Deck) -> HttpResponse:
    return tried(request, draft_or_404(deck))


def _content(request: Request, form: DeckFileForm) -> tuple[bytes, str] | None:
    """What was sent: the file, or what the trial already read of it; None with the reason at its field."""
    if kept := request.POST.get("kept", ""):
        try:
            return b64decode(kept, validate=True), request.POST.get("name", "")[:120]
        except (NotBase64, ValueError):
            form.add_error("file", _("Välj filen igen."))
            return None
    if not form.is_valid():
        return None
    try:
        found = checked(form.cleaned_data["file"], ("csv",), deckfiles.MOST_BYTES)
    except UploadRefused as refused:
        form.add_error("file", str(refused))
        return None
    return found.content, PurePath(form.cleaned_data["file"].name or "").stem[:120]


def tried(request: Request, version: DeckVersion | None) -> HttpResponse:
    """Two steps on one page: the file is answered row by row; pressing the button reads all of it in, or nothing."""
    sent = request.method == "POST"
    form = DeckFileForm(request.POST if sent else None, request.FILES if sent else None, draft=version is not None)
    found, content, whole = None, None, request.POST.get("whole") in ("on", "1")
    if sent and (content := _content(request, form)):
        try:
            found = decks_files.trial(*content, version=version, whole=whole)
        except deckfiles.BadFile as error:
            form.add_error("file", bad_file(error.code, error.value))
    if found and request.POST.get("commit") and not found.wrong:
        try:
            return committed(request, version, found, whole)
        except Stale as stale:
            version = stale.version
            form.add_error(None, _("Någon annan har sparat utkastet nyss. Provkör filen igen."))
        except ValidationError as error:
            form.refuse(error)
    fresh = form if form.errors and not found else DeckFileForm(draft=version is not None, initial={"whole": whole})
    context = {
        "form": fresh, "version": version, "deck": version.deck if version else None, "trial": found, "whole": whole,
        "name": content[1] if content else "", "kept": b64encode(content[0]).decode() if content and found else "",
        "changes": changes_shown(found.changes)[:SHOWN] if found else [], "failed": form.errors if found else None,
    }  # fmt: skip
    bad = form.errors or (found and found.wrong)
    return render(request, "dialogue/deck_import.html", context, status=422 if sent and bad else 200)


def committed(request: Request, version: DeckVersion | None, found: decks_files.Trial, whole: bool) -> HttpResponse:
    if version is None:
        made = decks_files.read_new(request.actor, found)
        toast(request, _("Kortleken är inläst som ett utkast. Läs igenom och ge ut den."))
        return redirect("dialogue:deck_draft", deck=made.deck.public_id)
    count = decks_files.read_into(request.actor, version, found, whole, lock_of(request))
    toast(
        request,
        ngettext("%(n)d ändring är inläst i utkastet.", "%(n)d ändringar är inlästa i utkastet.", count) % {"n": count},
    )
    return redirect("dialogue:deck_draft", deck=version.deck.public_id)
