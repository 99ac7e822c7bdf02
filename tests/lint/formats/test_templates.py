"""Templates of site generators are no articles."""

from pathlib import Path

import pytest

from copydesk.config import Config
from copydesk.reading import read

STORY = "<article><h1>Ferry runs aground</h1><p>The ferry ran aground at noon on Sunday.</p>{}</article>"


@pytest.mark.parametrize(
    "tag",
    [
        "{{ .Content }}",
        "{{- range .Pages }}",
        '{{ define "main" }}',
        "{{ content }}",
        "{{ page.title | escape }}",
        "{% if a %}",
        "{%- for p in posts %}",
        "{{#each posts}}",
        "{{> footer}}",
        "<%= title %>",
        "<?php the_title(); ?>",
        "<?= $title ?>",
    ],
)
@pytest.mark.parametrize("place", ["<p>{}</p>", '<a href="{}">More</a>'])
def test_a_template_holds_no_article(tag: str, place: str) -> None:
    got = read("a.html", Config(Path.cwd()), STORY.format(place.format(tag)).encode())
    assert (got.articles, got.errors) == ((), ())


@pytest.mark.parametrize(
    "sound",
    [
        "<p>Dear {{first_name}},</p>",
        "<script>var t = '{{ .Title }}';</script>",
        "<script type='text/template'>{% if a %}</script>",
        "<pre>{% if a %}</pre><p>So he wrote <code>{{ .Title }}</code>.</p>",
        "<p>He got 5% {more} than {{ that }}.</p>",
    ],
)
def test_a_page_with_code_or_an_unfilled_field_is_an_article(sound: str) -> None:
    got = read("a.html", Config(Path.cwd()), STORY.format(sound).encode())
    assert [a.blocks[0].kind for a in got.articles] == ["headline"]


def test_a_feed_that_is_a_template_is_no_error() -> None:
    feed = b"---\nlayout: none\n---\n<?xml version='1.0'?><rss>{% for p in site.posts %}<item></item>{% endfor %}</rss>"
    assert read("feed.xml", Config(Path.cwd()), feed)[1:] == ((), ())
    assert read("feed.xml", Config(Path.cwd()), b"<rss><item></rss>").errors
