"""Forms say what is wrong first, then at its place, tied together for those who hear the page."""

import re

from django import forms
from django.template import Context, Template


class Sample(forms.Form):
    what = forms.CharField(label="Nästa steg", help_text="Skriv så att hon förstår.")
    note = forms.CharField(label="Anteckning", required=False, widget=forms.Textarea)
    how = forms.ChoiceField(label="Hur?", choices=[("m", "Muntligt"), ("s", "Skriftligt")], widget=forms.RadioSelect)
    yes = forms.BooleanField(label="Hon har sagt ja")
    secret = forms.CharField(widget=forms.HiddenInput)


def html(data=None) -> str:
    return str(Sample(data))


def test_a_clean_form_has_no_summary_and_no_red():
    page = html()
    assert "summary" not in page
    assert "field-error" not in page
    assert 'id="id_what_helptext"' in page
    assert 'aria-describedby="id_what_helptext"' in page
    assert "(om du vill)" in page


def test_errors_come_first_with_links_that_lead_to_their_fields():
    page = html({"what": ""})
    assert page.index('class="summary"') < page.index('name="what"')
    targets = re.findall(r'href="#([^"]+)"', page)
    assert targets == ["id_what", "id_how_field", "id_yes"]
    for target in targets:
        assert f'id="{target}"' in page
    assert "4 saker behövs" in page


def test_a_field_with_an_error_names_it():
    page = html({"what": ""})
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_what_helptext id_what_error"' in page
    assert 'id="id_what_error"' in page


def test_a_group_has_a_legend():
    page = html()
    assert re.search(r"<fieldset[^>]*>\s*<legend>Hur\?", page)
    assert 'type="hidden" name="secret"' in page


def test_what_was_written_is_escaped():
    page = html({"what": '"><script>', "note": "</textarea><script>"})
    assert "<script>" not in page


def test_summary_alone_for_fields_drawn_one_by_one():
    page = Template('{% include "ui/forms/summary.html" %}').render(
        Context({"form": Sample({"what": "x", "how": "m", "secret": "s"})})
    )
    assert "En sak behövs innan du kan spara" in page


def test_a_choice_not_made_yet_says_so_in_words():
    form = type(
        "One", (forms.Form,), {"who": forms.ChoiceField(label="Vem", choices=[("", "---------"), ("a", "Ida")])}
    )
    assert "Välj …" in str(form())
    assert "---------" not in str(form())
