from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Every field of every form is drawn by one template of ours."""

    field_template_name = "forms/field.html"
