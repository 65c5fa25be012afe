"""What of resources' models is a person's own (core/extract.py)."""

from django.utils.translation import gettext_lazy as _

from samband.core.extract import not_in_it, part

part("resources.Visit", _("Besök hos dig"), "person", hide="key gaps")
part("resources.VisitItem", _("Det som gjordes eller ska göras vid besöken"), "visit__person")
part("resources.VisitPart", _("Vem som gör vad vid besöken"), "visit__person", hide="acts")
part(
    "resources.Placement", _("När besöken är planerade"), "part__visit__person", hide="order travel locked locked_time"
)
part("resources.Unplaced", _("Besök som inte fick plats i en plan"), "visit__person", hide="reasons carried")
part("resources.VisitReport", _("Hur besöken gick"), "part__visit__person")
part("resources.VisitRequest", _("Besök som någon bad om"), "person")
part(
    "resources.Happening",
    _("Ändringar av dagen som rörde dina besök"),
    "visit__person",
    "request__person",
    hide="touched",
)
part("resources.Tie", _("Vem du helst vill att det är, eller inte"), "person")
part("resources.ActionTerms", _("Vad planeringen vet om dina insatser"), "action__plan__person")
part("resources.Delegation", _("Delegeringar som gäller bara hos dig"), "person")

STAFF = _("Personalens arbetstid och uppdrag: det handlar om dem och inte om dig.")
for label in ("Competence", "DayPlan", "Move", "PlanJob", "TeamMember", "WorkProfile", "WorkShift", "WorthReport"):
    not_in_it(f"resources.{label}", STAFF)
