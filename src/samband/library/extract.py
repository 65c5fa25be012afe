"""What of the library's models is a person's own (core/extract.py)."""

from django.utils.translation import gettext_lazy as _

from samband.core.extract import part

part("library.DefinitionVersion", _("Mallar som du har godkänt som personal"), "approved_by__staff__user__person",
     hide="parts lock")  # fmt: skip
part("library.UsedPart", _("Det som planen tog ur en mall"), "plan__person")
part("library.CheckItem", _("Att ta upp eller ordna"), "plan__person")
part("library.InfoText", _("Information till dig"), "plan__person")
