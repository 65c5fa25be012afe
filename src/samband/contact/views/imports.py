"""Shifts from a file: read, told row by row, then kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samband.contact.forms import FileForm
from samband.contact.models import Rota
from samband.contact.rules import files
from samband.contact.services import imports
from samband.contact.services.spoken import stretch
from samband.core.policy import guarded
from samband.core.uploads import UploadRefused, checked
from samband.ui.toast import toast


@guarded("rota.edit", Rota, log=False)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, rota: Rota) -> HttpResponse:
    """Two steps on one page: the file is answered row by row; pressing the button reads all of it in, or nothing."""
    if request.method == "GET":
        return render(request, "contact/import.html", {"rota": rota, "form": FileForm()})
    text, name = request.POST.get("text", ""), request.POST.get("name", "")[:200]
    form = FileForm(request.POST, request.FILES)
    if text:
        content = text.encode()
    elif form.is_valid():
        try:
            found = checked(form.cleaned_data["file"], ("calendar", "csv"), files.MOST_BYTES)
        except UploadRefused as refused:
            form.add_error("file", str(refused))
            return render(request, "contact/import.html", {"rota": rota, "form": form}, status=refused.status)
        content, name = found.content, found.name
    else:
        return render(request, "contact/import.html", {"rota": rota, "form": form}, status=422)
    try:
        rows = files.read(name, content)
    except files.BadFile as error:
        form.add_error("file", imports.bad_file(error.code))
        return render(request, "contact/import.html", {"rota": rota, "form": form}, status=422)
    lines = imports.report(rota, rows)
    wrong = sum(line.state == "act" for line in lines)
    new = sum(line.new for line in lines)
    if request.POST.get("commit") and not wrong and new:
        made = imports.commit(request.actor, rota, rows, name)  # type: ignore[attr-defined]
        toast(request, ngettext("%(n)d pass är inläst.", "%(n)d pass är inlästa.", made) % {"n": made})
        return redirect("contact:rota", rota=rota.public_id)
    shown = [
        {"line": line, "when": stretch(line.row.start, line.row.end) if line.row.start and line.row.end else ""}
        for line in lines[:500]
    ]
    context = {
        "rota": rota, "form": FileForm(), "lines": shown, "wrong": wrong, "new": new, "total": len(lines), "name": name,
        "known": sum(line.state == "unknown" for line in lines), "text": content.decode("utf-8-sig", errors="replace"),
        "said": _("Provkörning: ingenting är sparat än."),
    }  # fmt: skip
    return render(request, "contact/import.html", context, status=422 if wrong else 200)
