"""The import's codes in words, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samband.regions.rules.reading import MOST_BYTES, Unreadable

NOTES: dict[str, Promise] = {
    "encoding": gettext_lazy("Filen är inte i UTF-8; den är läst med den här teckenkodningen"),
    "control": gettext_lazy("Styrtecken som inte hör hemma i text är borttagna"),
    "long": gettext_lazy("Raden är för lång och är avkortad"),
    "before": gettext_lazy("Står före regionens första rubrik; hör inte till något avsnitt"),
    "unknown": gettext_lazy("Ingen av de 21 regionerna heter så; läses men sparas inte"),
    "again": gettext_lazy("Regionen har redan haft sin redovisning; den här läggs till"),
    "orphan": gettext_lazy("Underpunkt utan punkt ovanför"),
    "table": gettext_lazy("Tabell; raden är läst som text"),
    "picture": gettext_lazy("Kort rad för sig, troligen text ur en bild"),
    "slip": gettext_lazy("Skrivfel i källan, läst som rättat; källans ord står kvar bredvid"),
    "more": gettext_lazy("Fler rader som inte gick att förstå"),
}


def note(code: str) -> str:
    """What was not understood, or read in another way than it stands."""
    return str(NOTES.get(code, code))


def refused(error: Unreadable) -> str:
    """Why the file was not read at all, and what was expected."""
    if error.code == "empty":
        return _("Filen är tom.")
    if error.code == "big":
        return _("Filen är för stor: högst %(n)d megabyte.") % {"n": MOST_BYTES // 1_000_000}
    if error.code == "binary":
        return _("Filen är inte vanlig text. Spara dokumentet som text (.txt) i UTF-8 och välj den filen.")
    return _(
        "Dokumentet har inte den form som väntas: för varje region en rad med regionens namn, och under den rubriker som "
        "”Inriktning, målbild och målområden” med punkter. Ingen sådan region hittades."
    )
