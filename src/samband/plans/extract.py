"""What of the plans' models is a person's own (core/extract.py)."""

from django.utils.translation import gettext_lazy as _

from samband.core.extract import part

part("plans.CarePlan", _("Din plan"), "person")
part("plans.Goal", _("Dina mål"), "plan__person")
part("plans.Action", _("Det som görs"), "plan__person")
part("plans.Participant", _("De som kommer med"), "action__plan__person")
part("plans.OccurrenceState", _("Vad det blev av det som skulle göras"), "action__plan__person", hide="before")
part("plans.Situation", _("Om något händer"), "plan__person")
part("plans.FollowUp", _("Uppföljningar"), "plan__person")
part("plans.PlanEvent", _("Händelser i planen"), "plan__person")
part("plans.Approval", _("Dina svar på planen"), "plan__person")
part(
    "plans.RelativeNote", _("Det som närstående har skrivit i sin del"), "plan__person", action="note.read",
    left_out=_("Det som en närstående har skrivit för egen del, där reglerna inte låter dig läsa det (P4)."),
)  # fmt: skip
part("plans.Proposal", _("Förslag och frågor om det som görs"), "action__plan__person", hide="changes")
part("plans.Handover", _("Överlämningar mellan enheter"), "plan__person")
part("plans.HandoverItem", _("Det som lämnas över"), "handover__plan__person")
part(
    "plans.Revision", _("Ändringar av planen"), "plan__person", hide="changes",
    left_out=_(
        "Vad en text i planen löd innan den ändrades eller ströks. Det läser bara personalen, med ett skäl (A17). Fråga enheten."
    ),
)  # fmt: skip
part("plans.Correction", _("Rättelser i planen"), "plan__person", hide="digest")
