"""Templates of site generators, which are kept beside articles under the same suffixes and are none."""

from __future__ import annotations

import re

from copydesk.compiled import compiled

_TAG = compiled(
    r"\{%-?\s*\w[^%{}]*%\}|<%|<\?(?:php\b|=)"  # Jinja, Liquid, Twig; ERB, JSP; PHP
    r"|\{\{-?\s*(?:[.$#/>^&!]"  # Go, Handlebars, Mustache
    r"|(?:define|block|template|partial|range|with|if|else|end|include|yield)\b"
    r"|(?:content|page|site|post|article|request|config)\b\s*[.|}])[^{}]*\}"
)
_APART = compiled(r"<(script|style|pre|code|textarea)\b[^>]*>.*?</\1\s*>", re.I | re.S)
"""Where a finished page may hold such tags: in scripts, and as samples of code."""


def is_template(raw: str) -> bool:
    """Whether markup has tags in it that a program replaces before anybody reads it."""
    return _TAG.search(raw) is not None and _TAG.search(_APART.sub("", raw)) is not None
