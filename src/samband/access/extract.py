"""What of access' models is a person's own (core/extract.py)."""

from django.utils.translation import gettext_lazy as _

from samband.core.extract import part

part("access.CareRelation", _("Enheter som deltar i din vård"), "person", hide="agreed")
part("access.Party", _("Enheter som du har gått med på i planen"), "person")
part("access.Consent", _("Ditt ja till en gemensam plan"), "person")
part("access.Capacity", _("Bedömningar av om du kan ta ställning själv"), "person")
part("access.Maturity", _("Bedömningar av hur moget ett barn är"), "person")
