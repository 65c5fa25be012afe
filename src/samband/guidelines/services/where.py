"""The codes of places as a reader chooses them: a plan's pictures and competences, known here by name only.

The plan stands on the same floor: its own lists cannot be asked. A test holds these against them.
"""

from django.utils.translation import gettext_lazy as _

from samband.guidelines.models import GuidelineUse

ICONS = [
    ("drop", _("Droppe")), ("pill", _("Medicin")), ("scale", _("Våg")), ("cutlery", _("Mat")), ("sock", _("Strumpor")),
    ("walk", _("Promenad")), ("leaf", _("Ute")), ("bandage", _("Sår")), ("tooth", _("Tand")), ("flask", _("Prov")),
    ("phone", _("Telefon")), ("people", _("Möte")), ("lungs", _("Andning")), ("heart", _("Hjärta")),
    ("brain", _("Psykisk hälsa")), ("school", _("Skola")), ("bell", _("Larm")), ("bed", _("Sömn")),
]  # fmt: skip
PICTURES = [
    ("p-scale", _("Våg")), ("p-lungs", _("Andning")), ("p-bed", _("Säng")), ("p-heart", _("Hjärta")),
    ("p-thermometer", _("Feber")), ("p-drop", _("Droppe")), ("p-dizzy", _("Yrsel")), ("p-tooth", _("Tand")),
    ("p-pill", _("Medicin")), ("p-fall", _("Fall")), ("p-phone", _("Telefon")), ("p-night", _("Natt")),
    ("p-sad", _("Nedstämd")), ("p-wound", _("Sår")), ("p-food", _("Mat")), ("p-home", _("Hemma")), ("p-people", _("Närstående")),
]  # fmt: skip
COMPETENCES = [
    ("assistant", _("Undersköterska")), ("delegated", _("Delegering")), ("nurse", _("Sjuksköterska")),
    ("physician", _("Läkare")), ("therapist", _("Fysio- eller arbetsterapeut")), ("dental", _("Tandvård")),
    ("other", _("Annan")),
]  # fmt: skip
NAMES = {**dict(ICONS), **dict(PICTURES), **dict(COMPETENCES)}


def spoken(use: GuidelineUse) -> str:
    """`Insats med bilden Sår, där det står ”omläggning”`: the place in words."""
    said = str(use.get_kind_display())
    if use.value:
        name = str(NAMES.get(use.value, use.value))
        said += (
            ": " + name
            if use.kind in ("competence", "need", "step")
            else " " + str(_("med bilden %(name)s") % {"name": name})
        )
    if use.words:
        said += ", " + str(_("där det står ”%(words)s”") % {"words": use.words})
    return said
