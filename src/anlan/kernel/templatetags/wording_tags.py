"""Template tag for words: `{% word "follow.title" %}` in the language of the page."""

from typing import Any

from django import template

from anlan.kernel.wording import LANGUAGES, word

register = template.Library()


@register.simple_tag(takes_context=True, name="word")
def word_tag(context: template.Context, key: str, **facts: Any) -> str:
    """Return the message `key` in the page's `language`, with `facts` filled in."""
    return word(key, str(context.get("language", LANGUAGES[0])), **facts)
