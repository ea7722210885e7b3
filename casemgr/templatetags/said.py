"""What people wrote, shown safely: paragraphs, and the names that were told."""

import re
from collections.abc import Collection

from django import template
from django.utils.html import conditional_escape, linebreaks
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def said(text: str, told: Collection[str]) -> SafeString:
    """The text in paragraphs; of the names called in it, those that were told stand out.

    >>> str(said("<b> @ana and @otto", {"ana"}))
    '<p>&lt;b&gt; <strong class="mention">@ana</strong> and @otto</p>'
    """
    shown = linebreaks(conditional_escape(text))
    if told:
        # Longest first: of @ana and @ana.b the longer one is the one that was meant.
        names = "|".join(re.escape(name) for name in sorted(told, key=len, reverse=True))
        pattern = rf"(?<![\w.@+-])@({names})(?![\w@+-])"
        shown = re.sub(pattern, r'<strong class="mention">@\1</strong>', shown)
    # Escaped above; what is added holds usernames only, which have no markup in them.
    return mark_safe(shown)  # noqa: S308
