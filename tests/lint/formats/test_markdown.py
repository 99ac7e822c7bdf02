import itertools
import textwrap
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import Article, Edit
from copydesk.fix import splice
from copydesk.formats import Fields, articles
from copydesk.formats.proof import prove, verify_map
from copydesk.offsets import Span
from copydesk.source import UnreadableError, read_source


def read(data: str) -> Article:
    (article,) = articles(read_source("story.md", textwrap.dedent(data).encode()), Fields())
    assert isinstance(article, Article)
    verify_map(article)
    return article


def shown(data: str) -> list[tuple[str, str]]:
    article = read(data)
    return [(b.kind, article[b.span]) for b in article.blocks]


def edited(article: Article, old: str, new: str) -> str | None:
    start = article.text.index(old)
    try:
        edit = article.to_file(Edit(Span(start, start + len(old)), new))
    except ValueError:
        return None
    return splice(article.file.text, [edit]) if edit else None


STORY = """\
---
layout: post
title: 'Harbour: "it''s open", says Åse'
description: >-
  The harbour stays open,
  the board said.
date: 2024-03-05 06:30:00 +0100
author: R. Lindqvist
lang: en
tags: [harbour, "sea"]
copydesk-ignore: [names/spelling]
---
<!-- copydesk: ignore -->
# The *harbour* stays **open** {#top}

The harbour board said on Monday it would _not_ close the quay,
despite a [report](https://example.org/a_(b) "The report") by the *Pilot*.  
A new line. AT&amp;T &amp; Co. paid 5 \\* 3 = 15&nbsp;kronor, snake_case, 2 * 3 and 4 * 5.

![A ferry at the quay](/img/ferry.jpg "Ferry")
{: .full }

> "We never said so," she said.
> More here
lazy line.

- First item with `code` in it
- Second item
  continued here
  1. Nested one
  2. Nested two

     with a second paragraph

* [ ] task

| Year | Ships |
|------|------:|
| 2022 | 1,200 |
| 2023 | 1,300 *est.* |

```python
x = "Â"
```

    indented code

Setext heading
--------------

See [the list][list] and [list] and <https://example.org/x> or https://example.org/y_z,
{{< figure src="a.png" >}} not {{ page.title }}.[^1] Footer ~~struck~~ text.

[list]: https://example.org/list
  "Title"
[^1]: A note here.

<figure class="x">
  <img src="a.png" alt="no">
  <figcaption>A caption &amp; more</figcaption>
</figure>

{% highlight python %}
print(1)
{% endhighlight %}

<p>An <b>HTML</b> paragraph *not emphasised*.</p>

***bold italic*** and **a *b* c** and [![alt](x.png)](y).

***
Last line\\
with break
"""  # noqa: W291 - two blanks at a line's end are Markdown

TOML = '''\
+++
title = "The \\"ferry\\" \\u00e9"
date = 2024-03-05
draft = false
description = """
It was late.
Very late."""
[params]
title = "no copy"
+++
> - A quoted item
>   goes on
> - Another
>
> # Quoted heading
> Text under it

1. One
2. Two

   > deep quotation
   > - deeper item
   >   ends
'''

JSON = """\
{
  "title": "Caf\\u00e9 closes",
  "lang": "fr"
}

The caf&eacute; closed&mdash;at last.
Second line with <em>tags</em> and a<br>break.
"""

QUOTED = """\
---
title: "The \\"late\\" ferry \\u2013 again"
subtitle: |
  Line one
  line two: yes
source: {name: The Pilot}
---

Text *and*\tmore.\u2028Same paragraph.
   indented a little
"""

BARE = "No front matter, just a line with ümlauts and \U0001f600.\n\nA second one"

SAMPLES = [STORY, TOML, JSON, QUOTED, BARE]


def test_a_story_as_its_reader_sees_it() -> None:
    got = shown(STORY)
    assert got[:5] == [
        ("headline", 'Harbour: "it\'s open", says Åse'),
        ("paragraph", "The harbour stays open, the board said."),
        ("heading", "The harbour stays open"),
        (
            "paragraph",
            "The harbour board said on Monday it would not close the quay,\ndespite a report by the Pilot.  \n"
            "A new line. AT&T & Co. paid 5 * 3 = 15\u00a0kronor, snake_case, 2 * 3 and 4 * 5.",
        ),
        ("caption", "A ferry at the quay"),
    ]
    assert got[5:] == [
        ("quotation", '"We never said so," she said.\nMore here\nlazy line.'),
        ("item", "First item with code in it"),
        ("item", "Second item\ncontinued here"),
        ("item", "Nested one"),
        ("item", "Nested two"),
        ("item", "with a second paragraph"),
        ("item", "task"),
        ("table", "Year | Ships"),
        ("table", "2022 | 1,200"),
        ("table", "2023 | 1,300 est."),
        ("code", 'x = "Â"'),
        ("code", "indented code"),
        ("heading", "Setext heading"),
        (
            "paragraph",
            "See the list and list and https://example.org/x or https://example.org/y_z,\n not . Footer struck text.",
        ),
        ("paragraph", "A note here."),
        ("caption", "A caption & more"),
        ("paragraph", "An HTML paragraph *not emphasised*."),
        ("paragraph", "bold italic and a b c and alt."),
        ("paragraph", "Last line\nwith break"),
    ]


def test_front_matter_says_what_the_article_is() -> None:
    a = read(STORY)
    assert a.id is None
    assert (a.meta.byline, a.meta.language, a.meta.ignore) == ("R. Lindqvist", "en", ("names/spelling",))
    assert a.meta.date == "2024-03-05T06:30:00+01:00"
    assert read(TOML).meta.date == "2024-03-05"
    assert read(QUOTED).meta.source == "The Pilot"
    assert read(JSON).meta.language == "fr"


def test_titles_of_all_front_matters_are_headlines() -> None:
    assert shown(TOML)[0] == ("headline", 'The "ferry" é')
    assert read(TOML).text.split("\n\n")[1] == "It was late.\nVery late."
    assert shown(QUOTED)[0] == ("headline", 'The "late" ferry – again')
    assert read(QUOTED).text.split("\n\n")[1].strip() == "Line one\nline two: yes"
    assert shown(JSON)[0] == ("headline", "Café closes")


def test_containers_keep_their_marks_out_of_the_text() -> None:
    assert shown(TOML)[3:] == [
        ("quotation", "A quoted item\ngoes on"),
        ("quotation", "Another"),
        ("heading", "Quoted heading"),
        ("quotation", "Text under it"),
        ("item", "One"),
        ("item", "Two"),
        ("quotation", "deep quotation"),
        ("quotation", "deeper item\nends"),
    ]


def test_code_and_addresses_are_marked() -> None:
    a = read(STORY)
    assert [a[c] for c in a.code] == [
        "code", 'x = "Â"', "indented code", "https://example.org/x", "https://example.org/y_z",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("**a**b *c*", "ab c"),
        ("*a**b*", "a**b"),
        ("a*b*c a_b_c _d_", "abc a_b_c d"),
        ("**bold*", "*bold"),
        ("5*3*2", "532"),
        ("** not bold **", "** not bold **"),
        ("*(see **this**)*", "(see this)"),
        ("\\*a\\* \\a", "*a* \\a"),
        ("`` a`b `` c", "a`b c"),
        ("`a *b* `c", "a *b* c"),
        ("`open *b*", "`open b"),
        ("[a](<x y> 'T') [b](x(y)z) [c]( ) [d] [e](x y)", "a b c [d] [e](x y)"),
        ("[a [b](x) c](y)", "[a b c](y)"),
        ("![a [b](x)](y) d", "a b d"),
        ("*a [b* c](d)", "*a b* c"),
        ("[sic] and [x][y] and [^1]", "[sic] and [x][y] and [^1]"),
        ("&lt;b&gt; &bogus; &#8217; &#x1F600;", "<b> &bogus; ’ 😀"),
        ("a < b > c <b> <3", "a < b > c  <3"),
        ("a <!-- no\ncopy --> b", "a  b"),
        ("a <!-- b", "a <!-- b"),
        ("<a@example.org> x", "a@example.org x"),
        ("a<br/>b<br>\nc", "a\nb\nc"),
        ("a {% if x %}b{% endif %} {{ c }} {{< d", "a b  {{< d"),
        ("[a](b){:target=x} {c}", "a {c}"),
        ("~~a~~ ~b~ a~b", "a ~b~ a~b"),
        ("# a #", "a"),
        ("#a", "#a"),
        ("a\n===", "a"),
        ("a\n    b", "a\n    b"),
        ("1986\\. A great year", "1986. A great year"),
        ("*[HTML]: Hyper\n\na", "a"),
        ("::: note\na\n:::\n: b", "a\n\n: b"),
        ("a | b\n--|--\n`c` \\| | d", "a | b\n\nc | | d"),
    ],
)
def test_inline_markup(data: str, text: str) -> None:
    assert read(data).text == text


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        ("A [*report* `x`](/a) and [b](<c> 'd').", ["report x", "b"]),
        ("A [report][1], [1][], [1].\n\n[1]: /a", ["report", "1", "1"]),
        ("See <https://x.org/a> and https://x.org/b.", ["https://x.org/a", "https://x.org/b"]),
        ("[https://x.org](https://x.org)", ["https://x.org"]),
        ("> a [b\n> c](/d)", ["b\nc"]),
        ('One <a class="x" href="/a">two *three*</a>.', ["two three"]),
        ("<p>One <a href='/a'>two</a></p>", ["two"]),
        ("---\ntitle: A title\n---\na [b](/c)", ["b"]),
        ("[top](#top), [note][1], <a href='#x'>x</a>, <a name=x>y</a>\n\n[1]: #a", []),
        ("[mail](mailto:a@b.org) <a@b.org> [b]()", []),
        ("![a](b.png) [![c](d.png)](/e) ![f [g](h)](i.png)", []),
        ("A note[^1] and [words][^1].\n\n[^1]: The note.", []),
    ],
)
def test_links_are_the_texts_that_lead_to_a_page(data: str, texts: list[str]) -> None:
    article = read(data)
    assert [article[k] for k in article.links] == texts


@pytest.mark.parametrize(
    "data", ["", "\n \n", "---\nlayout: x\n---\n", "<!-- a\n\nb -->", "[a]: b", "***\n", "{{< x >}}"]
)
def test_files_that_show_nothing_hold_no_article(data: str) -> None:
    assert list(articles(read_source("a.md", data.encode()), Fields())) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("---\na: [b\n---\nx", r"not YAML.*line"),
        ("---\na: 'b\n---\nx", "not YAML"),
        ("+++\na = b\n+++\nx", "not TOML.*line"),
    ],
)
def test_broken_front_matter_is_unreadable(data: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read(data)


def test_a_rule_between_paragraphs_is_no_front_matter() -> None:
    assert [text for _, text in shown("---\n\nA paragraph: with\n\n more")] == ["A paragraph: with", "more"]
    assert [text for _, text in shown("+++ is a title")] == ["+++ is a title"]
    assert [text for _, text in shown("{{ x }} starts")] == ["starts"]


@pytest.mark.parametrize(
    ("data", "old", "new", "written"),
    [
        ("a word b", "word", "5 * 3", "a 5 * 3 b"),
        ("a word b", "word", "*w*", "a \\*w\\* b"),
        ("a word b", "word", "AT&T [sic]", "a AT&T [sic] b"),
        ("a word b", "word", "&amp;", "a &amp;amp; b"),
        ("a word b", "word", "<b>", "a \\<b\\> b"),
        ("word b", "word", "1.", "1\\. b"),
        ("word b", "word", "#", "\\# b"),
        ("[word](x) b", "word", "a]b", "[a\\]b](x) b"),
        ("a | b\n--|--\nc | word", "word", "e|f", "a | b\n--|--\nc | e\\|f"),
        ("a &amp; b", "&", "and", "a and b"),
        ("> a word\n> b", "word\nb", "x", "> a x"),
        ("a word b", "word", "{{ x }}", None),
        ("a **word** b", "word", " w", None),
        ("a *word* b", "a word", "x", None),
        ("[word] b\n\n[word]: x", "word", "w", None),
        ("# word", "word", "a\nb", None),
        ("- word", "word", "a\n\nb", None),
        ("---\ntitle: A word\n---\nb", "word", "’", "---\ntitle: A ’\n---\nb"),
        ("---\ntitle: A word\n---\nb", "word", "x: y", None),
        ("---\ntitle: 'A word'\n---\nb", "word", "it's", "---\ntitle: 'A it''s'\n---\nb"),
        ('---\ntitle: "A word"\n---\nb', "word", '"é"', '---\ntitle: "A \\"é\\""\n---\nb'),
        ('+++\ntitle = "A word"\n+++\nb', "word", '"é"', '+++\ntitle = "A \\"é\\""\n+++\nb'),
    ],
)
def test_new_text_is_escaped_where_it_would_be_markup(data: str, old: str, new: str, written: str | None) -> None:
    assert edited(read(data), old, new) == written


def removed(data: str, first: int, last: int | None = None) -> str | None:
    article = read(data)
    edit = article.to_file(article.removal(first, last))
    return splice(article.file.text, [edit]) if edit else None


def test_a_block_is_removed_with_its_marks() -> None:
    assert removed("# A\n\nB\n\nC\n", 0) == "B\n\nC\n"
    assert removed("a\n\n> b\n> c\n\nd\n", 1) == "a\n\nd\n"
    assert removed("a\n\n> b\n> c\n", 1) == "a\n"
    assert removed("- a\n- b\n- c\n", 1) == "- a\n- c\n"
    assert removed("a\n\n![b](c)\n\nd\n", 1) == "a\n\nd\n"
    assert removed("| a |\n|---|\n| b |\n| c |\n", 1) == "| a |\n|---|\n| c |\n"
    assert removed("a\n\nb\n\nc\n\nd\n", 1, 2) == "a\n\nd\n"


def test_a_removal_takes_no_definition_or_comment_along() -> None:
    assert removed("[a] b\n\nc\n\n[a]: x\n\nd\n", 1) == "[a] b\n\n[a]: x\n\nd\n"
    assert removed("a\n\nb\n\n<!-- copydesk: ignore-end -->\n", 1) == "a\n\n<!-- copydesk: ignore-end -->\n"


def test_a_removal_that_would_change_another_block_is_refused() -> None:
    assert removed("a\n# b\nc\n", 1) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_random_edits_come_back(sample: str, end: str) -> None:
    if sample == TOML and end == "\r":
        return  # TOML knows no such line end
    proven = prove("story.md", sample.replace("\n", end).encode(), Random(7), 260)
    assert proven.made > 120, proven


@pytest.mark.parametrize("sample", SAMPLES)
def test_line_ends_do_not_change_what_is_shown(sample: str) -> None:
    assert read(sample.replace("\n", "\r\n")).text == read(sample).text


PIECES = st.sampled_from([
    "word", "a b", " ", "\n", "\n\n", "*", "**", "_", "`", "```\n", "[", "](x)", "]", "![", "<b>", "</p>", "<!--",
    "-->", "# ", "> ", "- ", "1. ", "    ", "\t", "|", "|-|", "\n---\n", "===", "{{", "}}", "{%", "%}", "{:", "}",
    "&amp;", "&", "\\", "~~", "[^1]", "[x]: y\n", "http://x.org/", "<br>", "<a href=x>",
    "</a>", "+++\n", "\r\n", "<pre>", "\u2028", "😀",
])  # fmt: skip


@given(st.lists(PIECES, max_size=24).map("".join))
def test_anything_is_read_and_its_map_is_right(data: str) -> None:
    try:
        found = list(articles(read_source("a.md", data.encode()), Fields()))
    except UnreadableError:
        return
    for article in found:
        assert isinstance(article, Article)
        verify_map(article)
        assert article.text.strip()
        assert all(a.span.end < b.span.start for a, b in itertools.pairwise(article.blocks))
        assert all(0 <= k.start < k.end <= len(article.text) for k in article.links)
        assert all(a.end <= b.start for a, b in itertools.pairwise(article.links))
        prove("a.md", data.encode(), Random(len(data)), 3)


@pytest.mark.parametrize(
    "worst",
    [
        "[" * 20_000, "[a](" * 10_000, "*a _b " * 10_000, "``" + "`a" * 10_000, "<!--" * 10_000, "{{" * 10_000,
        "> " * 5_000, "- " * 5_000 + "a", '<a "' * 10_000, "![" * 10_000 + "]" * 10_000, "a" + " " * 50_000 + "b",
        "|a" * 10_000 + "\n" + "|-" * 10_000, "- a\n" * 10_000, "&a" * 20_000, "*" * 40_000, "# a" + " #" * 20_000,
        "{% raw %}\n" * 5_000, "[x]: y\n" * 5_000, "~~a" * 10_000, "https://" * 10_000, 'a](b "' * 10_000,
        "- " + " " * 20_000 + "x", ("-" + " " * 30_000 + "x\n") * 2 + "|", "<p>" * 10_000, "<!-- a\n" * 5_000,
        "[a]: b\n\n" + "[a" * 10_000 + "]" * 10_000, "a\n|-\n" * 5_000, "<p><!--" * 10_000, "*a **b " * 10_000,
    ],
    ids=lambda worst: worst[:8].strip(),
)  # fmt: skip
def test_the_worst_input_is_read(worst: str) -> None:
    for article in articles(read_source("a.md", worst.encode()), Fields()):
        assert isinstance(article, Article)
        assert len(article.text) <= 2 * len(worst)


def test_a_title_in_the_wrong_encoding_is_read() -> None:
    """C1 controls, which YAML forbids, are what is left of quotation marks."""
    article = read('---\ntitle: "Say \x93so\x94"\n---\nText.\n')
    assert article.text.startswith("Say \x93so\x94\n")
