"""Writing on the own pages: the person's words and goals, what she or those near her do when something happens (P3, P4)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from samband.core import policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.models import Person
from samband.plans.models import Goal, Situation
from samband.plans.models.careplan import TEXT, WORDS, Part
from samband.plans.services import editing as plans
from samband.ui.toast import toast
from samband.web.services import editing, own
from samband.web.views.own import page

Save = Callable[[dict[str, str], int], object]
writing = require_http_methods(["GET", "POST"])


def area(label: Any, hint: Any = "", length: int = WORDS, missing: Any = "", voice: bool = False) -> forms.CharField:
    """A text of several lines; `missing` is what is said when it is empty, none where it may be."""
    attrs = {"rows": 6, **({"class": "voice-field"} if voice else {})}
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=length,
        required=bool(missing),
        error_messages={"required": missing} if missing else None,
        widget=forms.Textarea(attrs),
    )


class WordsForm(forms.Form):
    words = area(
        gettext_lazy("Vad är viktigt för dig?"),
        gettext_lazy("Skriv som du säger det. Alla som är med i planen läser det först av allt."),
        voice=True,
    )


class GoalForm(forms.Form):
    words = area(
        gettext_lazy("Målet med dina ord"),
        gettext_lazy("Vad vill du kunna göra?"),
        missing=gettext_lazy("Skriv vad du vill kunna göra."),
        voice=True,
    )
    know_how = area(gettext_lazy("Hur märker du att det går åt rätt håll?"))


class PersonStepsForm(forms.Form):
    steps_person = area(
        gettext_lazy("Så gör jag"),
        gettext_lazy("Ett steg på varje rad."),
        TEXT,
        missing=gettext_lazy("Skriv minst ett steg."),
    )


class RelativeStepsForm(forms.Form):
    steps_relative = area(gettext_lazy("Så gör vi som står nära"), gettext_lazy("Ett steg på varje rad."), TEXT)


def edit(request: Request, mine: own.Own, form_class: type[forms.Form], part: Part, save: Save, **shown: Any):
    """One form for all of them: show, save under the lock, or show what somebody else wrote in between."""
    back = shown["back"]
    names = list(form_class.base_fields)
    first = {name: getattr(part, name) for name in names}
    if request.method == "GET":
        return form_page(request, mine, form_class(initial=first), part.version, shown)
    form = form_class(request.POST)
    version = _version(request, part)
    if not form.is_valid():
        return form_page(request, mine, form, version, shown, 422)
    wanted = editing.chosen(request, part, form.cleaned_data)
    try:
        if wanted:
            save(wanted, version)
    except plans.Conflict as conflict:
        labels = {name: str(form.fields[name].label) for name in names}
        merge = editing.merge_of(conflict, labels)
        return page(request, "web/merge.html", mine, merge=merge, form=form, status=409, **shown)
    except ValidationError as error:
        form.add_error(None, error)
        return form_page(request, mine, form, version, shown, 422)
    toast(request, _("Sparat."))
    return redirect(back)


def form_page(request: Request, mine: own.Own, form: forms.Form, version: int, shown: dict, status: int = 200):
    return page(request, "web/edit.html", mine, form=form, version=version, status=status, **shown)


def _version(request: Request, part: Part) -> int:
    """The version that the form was made from; a broken one counts as the first, so that nothing is overwritten."""
    raw = request.POST.get("version", "")
    return min(int(raw), part.version) if raw.isdecimal() and raw.isascii() and len(raw) < 10 and int(raw) else 1


@guarded("own.write")
@writing
def words(request: Request) -> HttpResponse:
    """What matters to me, written by me."""
    mine = own.open_page(request, "my_words", log=False)
    plan = _plan(mine)
    policy.require(request.actor, "words.edit", plan)
    return edit(
        request, mine, WordsForm, plan,
        lambda changes, version: plans.write_words(request.actor, plan, changes["words"], version, note=_note(mine)),
        title=_("Viktigt för mig") if mine.mine else _("Viktigt för %(name)s") % {"name": mine.person.given_name},
        back=reverse("web:my_plan"),
    )  # fmt: skip


def _note(mine: own.Own) -> str:
    """Who wrote down somebody else's words (P3)."""
    return "" if mine.mine else _("Nedskrivet av %(name)s") % {"name": mine.actor.name}


@guarded("own.write")
@writing
def goal(request: Request, goal=None) -> HttpResponse:
    """A goal in my own words: a new one, or one that I change."""
    mine = own.open_page(request, "my_goal", log=False)
    plan = _plan(mine)
    if goal is None:
        policy.require(request.actor, "plan.edit", plan)
        row = Goal(plan=plan)
    else:
        rows = policy.scoped(request.actor, "goal.edit", Goal.objects.filter(plan=plan))
        row = get_object_or_404(rows, public_id=goal)
        policy.require(request.actor, "goal.edit", row)

    def save(changes: dict[str, str], version: int) -> object:
        if row.pk is None:
            return plans.add(request.actor, Goal(plan=plan, **changes))
        return plans.change(request.actor, row, changes, version)

    title = _("Nytt mål") if row.pk is None else _("Målet")
    return edit(request, mine, GoalForm, row, save, title=title, back=reverse("web:my_plan"))


@guarded("own.write")
@writing
def situation(request: Request, situation) -> HttpResponse:
    """My own steps in a situation; for somebody near, the part of those who stand near (P4)."""
    mine = own.open_page(request, "my_situation_edit", log=False)
    rows = policy.scoped(request.actor, "own.write", Situation.objects.filter(plan=mine.plan))
    row = get_object_or_404(rows, public_id=situation)
    return edit(
        request, mine, PersonStepsForm if mine.mine else RelativeStepsForm, row,
        lambda changes, version: plans.change(request.actor, row, changes, version),
        title=_("Om något händer"), voice=row.trigger, back=reverse("web:my_situation", args=[row.public_id]),
    )  # fmt: skip


def _plan(mine: own.Own):
    if mine.plan is None:
        from django.http import Http404

        raise Http404
    return mine.plan


@guarded("own.write")
@writing
def reading(request: Request) -> HttpResponse:
    """How I want information: plain, large, or read aloud. For the person; those near her choose in their own browser."""
    mine = own.open_page(request, "my_reading", log=False)
    if not mine.mine:
        raise policy.Denied(policy.deny("A13", "Personen väljer själv.", "The person chooses for herself."))
    if request.method == "POST":
        how = request.POST.get("how", "")
        if how in Person.Information.values:
            editing.read_as(request.actor, mine.person, how)
            toast(request, _("Sparat. Så här ser det ut nu."))
        return redirect("web:my_reading")
    return page(request, "web/reading.html", mine, choices=Person.Information.choices)
