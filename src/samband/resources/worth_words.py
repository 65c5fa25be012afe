"""What each figure of the report is called, in which unit it is, and why it is counted as it is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# key: (name, unit, why). Units: min (minutes), n (a number), w (weighted minutes), p (persons' mean)
FIGURES: dict[str, tuple[Promise, str, Promise]] = {
    "cost": (
        _("Planens pris"),
        "w",
        _(
            "Allt som planen väger in, i minuter på vägen: en minut för sen, övertid, ett besök utan plats och så "
            "vidare har var sitt pris. Det är priset som delas rättvist, och det säger inget om kronor."
        ),
    ),
    "travel": (
        _("Tid på vägen"),
        "min",
        _("Från passets början till dess slut, med det färdsätt som den som kör har."),
    ),
    "tardiness": (
        _("Försening"),
        "min",
        _(
            "Minuter efter den senaste tid då besöket skulle ha börjat, lagt ihop över alla besök. En minut hos "
            "en person räknas lika var hon än bor."
        ),
    ),
    "late": (
        _("Besök som börjar sent"),
        "n",
        _("Besök som börjar minst en minut efter den senaste tid som planen lovar."),
    ),
    "unplaced": (
        _("Besök utan plats"),
        "n",
        _(
            "Besök som ingen hinner eller får göra. Ett besök som kräver flera organisationers kompetens får "
            "aldrig plats när de planerar var för sig."
        ),
    ),
    "overtime": (_("Övertid"), "min", _("Minuter efter passets slut tills den som arbetar är tillbaka.")),
    "crossing": (
        _("Besök hos en annan organisations personer"),
        "n",
        _(
            "Hur mycket av arbetet som görs av någon annan än den organisation som har besöket. Inget mål i sig: "
            "det visar hur mycket som faktiskt delas."
        ),
    ),
    "evening": (_("Läkarbesök efter 17.00"), "n", _("Läkares besök som börjar klockan 17.00 eller senare.")),
    "continuity": (
        _("Olika personal per person"),
        "p",
        _(
            "Hur många olika en person möter på 14 dagar, i genomsnitt: det nationella måttet. Är perioden "
            "kortare gäller det de dagar som är räknade."
        ),
    ),
}
# What the price is made of: the planner's components.
PRICES: dict[str, Promise] = {
    "travel": _("Tid på vägen"),
    "tardiness": _("Försening"),
    "waiting": _("Väntan mellan besök"),
    "overtime": _("Övertid"),
    "unserved": _("Besök utan plats"),
    "missed_breaks": _("Raster som uteblir"),
    "preferences": _("Någon annan än den som önskas, eller än enhetens egna"),
    "unwanted": _("Någon som helst inte ska komma"),
    "continuity": _("Någon som personen inte känner"),
    "language": _("Fel språk"),
    "crossing": _("Någon från en annan organisation"),
    "same_worker": _("Flera olika hos samma person"),
}
BINS = (
    _("Minst en timme mindre försening"),
    _("10 minuter till en timme mindre"),
    _("Ingen skillnad som märks"),
    _("10 minuter till en timme mer"),
    _("Minst en timme mer försening"),
)
HOW = (
    _(
        "Samma besök och samma personal planeras för varje uppsättning av organisationer: en för sig, två och "
        "två, och alla tillsammans. Det som har börjat eller lovats spelar ingen roll."
    ),
    _(
        "En uppsättnings plan börjar alltid som det bästa av delarnas planer sida vid sida och kan bara bli "
        "bättre. Den som planerar ensam får söka "
        "tills det inte ger mer, så att den gemensamma planen inte ser bättre ut bara för att den har sökt längre."
    ),
    _(
        "De villkor som enheterna har satt för att låna ut personal gäller även här. Utan villkor gör "
        "personalen bara sin egen organisations besök, och då vinns bara de besök som kräver flera."
    ),
    _(
        "Den rättvisa delen är Shapleys värde (1953): vad en organisation tillför dem som kom före, i "
        "genomsnitt över alla ordningar de kan komma i. Allt delas ut, lika behandlas lika, och den som inte "
        "tillför något får inget."
    ),
    _("Vad som är bäst för personerna står först. Vem som ska betala står för sig, sist, och ändrar inget i planen."),
)
