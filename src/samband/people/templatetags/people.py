"""Ways from a person's page to what this module keeps about her."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from samband.core import policy
from samband.people.models import Person

register = template.Library()


@register.inclusion_tag("people/parts/person_links.html", takes_context=True)
def person_links(context: template.Context, person: Person) -> dict:
    """`{% person_links person %}`: facts, contacts, relatives; only those that the reader may open."""
    ways = [
        ("person.edit", "people:person_edit", _("Uppgifter om personen")),
        ("contacts.edit", "people:contacts", _("Fasta kontakter")),
        ("relatives.edit", "people:relatives", _("Närstående och ombud")),
    ]
    actor = getattr(context.get("request"), "actor", policy.ANONYMOUS)
    return {
        "links": [
            {"label": label, "url": reverse(name, kwargs={"person": person.public_id})}
            for action, name, label in ways
            if policy.decide(actor, action, person)
        ]
    }
