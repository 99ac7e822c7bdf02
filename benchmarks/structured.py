"""Copy as XML and tables, for ``benchmarks.formats``, and the plain decoders beside them."""

from __future__ import annotations

import csv
import io
from html import escape
from xml.etree import ElementTree

HEADS = {
    "a.rss": ('<?xml version="1.0"?>\n<rss version="2.0"><channel><title>The Pilot</title>\n', "</channel></rss>\n"),
    "a.csv": ("id,title,date,text\n", ""),
}
"""What stands before and after the articles of a file that holds several."""


def nitf(copy: str, number: int) -> str:
    """The copy as a document of NITF, its lines wrapped and names marked up."""
    head, *paragraphs = escape(copy, quote=False).split("\n\n")
    body = "".join(
        f"      <p>{first} <person>{second}</person>\n        {rest}</p>\n"
        for first, second, rest in ([*p.split(" ", 2), "", ""][:3] for p in paragraphs)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<nitf>\n  <head><docdata><doc-id id-string="{number}"/>'
        f'<date.issue norm="20260102"/></docdata></head>\n  <body>\n    <body.head><hedline><hl1>{head}</hl1></hedline>'
        f"</body.head>\n    <body.content>\n{body}    </body.content>\n  </body>\n</nitf>\n"
    )


def _item(copy: str, number: int, in_cdata: bool) -> str:
    head, *paragraphs = escape(copy, quote=False).split("\n\n")
    body = "\n".join(f"<p>{p}</p>" for p in paragraphs)
    body = f"<![CDATA[{body}]]>" if in_cdata else escape(body)
    about = f"<title>{head}</title><link>https://x.example/{number}</link><guid>{number}</guid>"
    return f"<item>{about}<description>{body}</description></item>"


def feed(copy: str, number: int) -> str:
    """The copy as an item of RSS, its HTML in CDATA."""
    return _item(copy, number, True)


def escaped_feed(copy: str, number: int) -> str:
    """The copy as an item of RSS, its HTML spelled as references."""
    return _item(copy, number, False)


def row(copy: str, number: int) -> str:
    """The copy as a row of CSV."""
    head, _, body = copy.partition("\n\n")
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="").writerow([number, head, "2026-01-02", body])
    return out.getvalue()


def element_tree(data: bytes) -> object:
    """XML as Python's own parser reads it, in C."""
    return ElementTree.fromstring(data)


def csv_rows(data: bytes) -> object:
    """A table as Python's own parser reads it, in C."""
    return list(csv.reader(io.StringIO(data.decode(), newline="")))
