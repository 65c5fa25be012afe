"""The pictures that one may choose for an action and for a situation."""

from django.utils.translation import gettext_lazy as _

ICONS = [
    ("", _("Ingen särskild")), ("drop", _("Droppe")), ("pill", _("Medicin")), ("scale", _("Våg")), ("cutlery", _("Mat")),
    ("sock", _("Strumpor")), ("walk", _("Promenad")), ("leaf", _("Ute")), ("bandage", _("Sår")), ("tooth", _("Tand")),
    ("flask", _("Prov")), ("phone", _("Telefon")), ("people", _("Möte")), ("lungs", _("Andning")), ("heart", _("Hjärta")),
    ("brain", _("Psykisk hälsa")), ("school", _("Skola")), ("bell", _("Larm")), ("bed", _("Sömn")),
]  # fmt: skip
PICTURES = [
    ("p-question", _("Ingen särskild")), ("p-scale", _("Våg")), ("p-lungs", _("Andning")), ("p-bed", _("Säng")),
    ("p-heart", _("Hjärta")),
    ("p-thermometer", _("Feber")), ("p-drop", _("Droppe")), ("p-dizzy", _("Yrsel")), ("p-tooth", _("Tand")), ("p-pill", _("Medicin")),
    ("p-fall", _("Fall")), ("p-phone", _("Telefon")), ("p-night", _("Natt")), ("p-sad", _("Nedstämd")), ("p-wound", _("Sår")),
    ("p-food", _("Mat")), ("p-home", _("Hemma")), ("p-people", _("Närstående")),
]  # fmt: skip
