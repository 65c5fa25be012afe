"""Django forms drawn with Samband's parts: summary first, label, hint, field, error at its place."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """`{{ form }}` draws the whole form, `{{ form.name.as_field_group }}` one field."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    formset_template_name = "ui/forms/formset.html"
