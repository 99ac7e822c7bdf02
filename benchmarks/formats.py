"""``python -m benchmarks.formats``: how fast each format is read, beside its plain decoder, in paired rounds.

CPU seconds of this process, the best of several rounds. Text, code, links and what is said of an article are made, the
map is not; blocks are made where their format reads them with the text, in the second column everywhere.
"""

from __future__ import annotations

import argparse
import gc
import html.parser
import json
from collections.abc import Callable
from importlib import import_module
from time import process_time

from benchmarks import structured
from benchmarks.corpus import articles as copies_of
from copydesk.article import Article
from copydesk.formats import Fields, articles
from copydesk.source import read_source

Read = Callable[[bytes], object]


def text(copy: str, number: int) -> str:
    return copy


def markdown(copy: str, number: int) -> str:
    """The copy with a front matter, a link, emphasis and a list."""
    head, *paragraphs = copy.split("\n\n")
    out = [f'---\ntitle: "{head.strip()}"\ndate: 2026-01-02\n---', f"# {head.strip()}"]
    for n, p in enumerate(paragraphs):
        first, _, rest = p.partition(" ")
        out.append((f"*{first}* {rest}", f"[{first}](https://x.example/{number}) {rest}", f"- {p}", p)[n % 4])
    return "\n\n".join(out) + "\n"


def page(copy: str, number: int) -> str:
    """The copy as a web page: a script, navigation, a link or emphasis a paragraph, references, indented lines."""
    head, *paragraphs = copy.split("\n\n")
    body = []
    for n, p in enumerate(paragraphs):
        first, _, rest = p.replace("&", "&amp;").partition(" ")
        first = (f"<em>{first}</em>", f'<a href="https://x.example/{number}">{first}</a>', first)[n % 3]
        rest = rest.replace(" of ", "&nbsp;of\n        ", 1).replace("’", "&rsquo;")
        body.append(f'      <p class="story">{first} {rest}</p>\n')
    items = "".join(f'      <li><a href="/{n}">Section {n}</a></li>\n' for n in range(20))
    script = "window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }\n" * 10
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{head}</title>\n'
        f"<script>{script}</script>\n</head>\n<body>\n  <nav>\n    <ul>\n{items}    </ul>\n  </nav>\n"
        f"  <article>\n    <h1>{head}</h1>\n{''.join(body)}  </article>\n  <footer>{items}</footer>\n</body>\n</html>\n"
    )


def record(copy: str, number: int) -> str:
    """The copy as a line of JSON."""
    head, _, body = copy.partition("\n\n")
    value = {"id": str(number), "title": head, "url": f"https://x.example/{number}", "date": "2026-01-02", "text": body}
    return json.dumps(value, ensure_ascii=False)


def html_record(copy: str, number: int) -> str:
    """The copy as a line of JSON whose body is HTML."""
    made = page(copy, number)
    return json.dumps({"id": str(number), "title": "T", "body": made[made.index("<h1>") : made.index("</article>")]})


def _markdown_it(data: bytes) -> object:
    return import_module("markdown_it").MarkdownIt().parse(data.decode())


def _html_parser(data: bytes) -> object:
    parser = html.parser.HTMLParser()
    parser.feed(data.decode())
    return parser


FORMATS: dict[str, tuple[str, Callable[[str, int], str], Read]] = {
    "text": ("a.txt", text, bytes.decode),
    "Markdown": ("a.md", markdown, _markdown_it),
    "HTML": ("a.html", page, _html_parser),
    "JSON": ("a.json", record, json.loads),
    "JSONL": ("a.jsonl", record, lambda data: [json.loads(line) for line in data.splitlines()]),
    "JSONL of HTML": ("a.jsonl", html_record, lambda data: [json.loads(line) for line in data.splitlines()]),
    "NITF": ("a.nitf", structured.nitf, structured.element_tree),
    "RSS, CDATA": ("a.rss", structured.feed, structured.element_tree),
    "RSS, escaped": ("a.rss", structured.escaped_feed, structured.element_tree),
    "CSV": ("a.csv", structured.row, structured.csv_rows),
}


def files(path: str, made: list[str]) -> list[bytes]:
    """The files of a format: one an article, or one of all."""
    if path == "a.json":
        return [f"[{', '.join(made)}]".encode()]
    if path in structured.HEADS:
        head, tail = structured.HEADS[path]
        return [(head + "\n".join(made) + tail).encode()]
    return ["\n".join(made).encode()] if path == "a.jsonl" else [m.encode() for m in made]


def ours(path: str) -> Read:
    """The reader of a format: bytes to articles."""
    return lambda data: list(articles(read_source(path, data), Fields()))


def with_blocks(path: str) -> Read:
    """The same, and all their blocks, as rules on paragraphs ask for them."""
    return lambda data: [tuple(a.blocks) for a in articles(read_source(path, data), Fields()) if isinstance(a, Article)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    gc.set_threshold(200_000, 30, 30)  # as the command does
    copies = [f"The bridge stays shut\n\n{copy}" for _, copy in copies_of(given.articles)]
    print(f"{'MB/s, best of ' + str(given.rounds):16} {'copydesk':>9} {'blocks':>9} {'decoder':>9} {'ratio':>7}")
    for name, (path, make, decoder) in FORMATS.items():
        data = files(path, [make(copy, n) for n, copy in enumerate(copies)])
        readers = {"copydesk": ours(path), "blocks": with_blocks(path), "decoder": decoder}
        best = dict.fromkeys(readers, 1e9)
        for _ in range(given.rounds):
            for who, read in readers.items():
                start = process_time()
                for d in data:
                    read(d)
                best[who] = min(best[who], process_time() - start)
        size = sum(map(len, data)) / 1e6
        speed = {who: size / seconds for who, seconds in best.items()}
        told = " ".join(f"{speed[who]:9.1f}" for who in readers)
        print(f"{name:16} {told} {speed['copydesk'] / speed['decoder']:7.2f}")


if __name__ == "__main__":
    main()
