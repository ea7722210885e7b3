"""How every form of the pages is written: in the pieces of the design system."""

from django.forms.renderers import TemplatesSetting


class UswdsRenderer(TemplatesSetting):
    """``{{ form }}`` and ``{{ form.field.as_field_group }}``, by the templates of the shell.

    Label, hint, mark of a required field and error are tied to their control, for eyes and for
    screen readers; the form begins with a summary of what is to mend.
    """

    form_template_name = "access/forms/form.html"
    field_template_name = "access/forms/field.html"
