"""The five things that may be missing: what each number is called and how it is counted, one sentence each.

Order: how soon somebody may be harmed. The queries are in `gaps` (four of them) and `today` (one).
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A number on the board and its list.

    `rule` says how it is counted, `none` what is true when it is zero (`zero` the same, short). `state` is its mark when
    it is not zero, `key` opens its list, `of_plan` tells that only readers of the plan see it (P2).
    """

    slug: str
    key: str
    title: Any
    rule: Any
    none: Any
    zero: Any
    state: str
    what: Any
    since: Any
    of_plan: bool


NEXT_STEP = Kind(
    slug="next-step",
    key="1",
    title=_("Nästa steg försenat"),
    rule=_(
        "Planens nästa steg är en insats som skulle ha varit gjord och inte är markerad som klar. "
        "Är det en uppföljning som är sen räknas den under Plan inte uppföljd."
    ),
    none=_("Inget nästa steg är försenat"),
    zero=_("inget är sent"),
    state="act",
    what=_("Steg"),
    since=_("Sent"),
    of_plan=True,
)
TODAY = Kind(
    slug="unassigned",
    key="2",
    title=_("I dag utan ansvarig"),
    rule=_(
        "En insats ska göras i dag, är varken gjord eller inställd, och ingen enhet eller person har den: "
        "planen säger ingen än, eller någon har lämnat dagens tillfälle."
    ),
    none=_("Allt som ska göras i dag har någon som är ansvarig"),
    zero=_("allt har någon ansvarig"),
    state="act",
    what=_("Insats"),
    since=_("När"),
    of_plan=True,
)
NO_PLAN = Kind(
    slug="no-plan",
    key="3",
    title=_("Utan gemensam plan"),
    rule=_(
        "Någon av era enheter deltar i personens vård nu, och personen har varken en plan som gäller eller ett utkast. "
        "Tiden räknas från den dag då vården hos er började."
    ),
    none=_("Alla har en gemensam plan"),
    zero=_("alla har en plan"),
    state="warn",
    what=_("Enhet"),
    since=_("Sedan"),
    of_plan=False,
)
NO_CONTACT = Kind(
    slug="no-contact",
    key="4",
    title=_("Saknar en fast kontakt"),
    rule=_(
        "Fast vårdkontakt eller fast läkarkontakt är inte utsedd i dag, eller fast omsorgskontakt "
        "där hemtjänst, särskilt boende eller socialtjänst deltar. "
        "Tiden räknas från den dag då en kontakt senast upphörde utan att någon ny utsågs, "
        "annars från den dag då vården hos er började."
    ),
    none=_("Alla har de fasta kontakter som de ska ha"),
    zero=_("alla har sina"),
    state="warn",
    what=_("Saknar"),
    since=_("Sedan"),
    of_plan=False,
)
FOLLOW_UP = Kind(
    slug="follow-up",
    key="5",
    title=_("Plan inte uppföljd"),
    rule=_("Planen gäller, och den tidigaste uppföljning som inte är gjord skulle ha varit före i dag."),
    none=_("Ingen plan väntar på en uppföljning som är sen"),
    zero=_("ingen är sen"),
    state="warn",
    what=_("Skulle ha följts upp"),
    since=_("Sen"),
    of_plan=True,
)
KINDS = (NEXT_STEP, TODAY, NO_PLAN, NO_CONTACT, FOLLOW_UP)
BY_SLUG = {kind.slug: kind for kind in KINDS}
