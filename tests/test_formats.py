"""A damaged file of each format, from the command line: found where it stands, fixed, read by others."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

DAMAGED = "Mayor Ã…se said it isnâ€™t over."
SOUND = "Mayor Åse said it isn’t over."
HTML = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bridge</title>
<meta name="author" content="R. Li"><meta property="og:site_name" content="The Pilot">
<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-01-02"}</script>
</head><body><nav><ul><li><a href="/">isnâ€™t copy</a></ul></nav>
<article><h1>Bridge stays shut</h1>
<p>One &amp; two. <b>Mayor</b> Ã…se said it isnâ€™t over.
<figure><img src="b.jpg" alt="Mayor Ã…se said it isnâ€™t over."><figcaption>The bridge</figcaption></figure>
<pre>isnâ€™t touched</pre></article></body></html>
"""


def text_of(raw: str) -> str:
    """The article of a page, as lexbor reads it."""
    (article,) = LexborHTMLParser(raw).css("article")
    return str(article.text())


FILES: dict[str, tuple[str, Callable[[str], str]]] = {
    "a.txt": (f"Bridge stays shut\n\n{DAMAGED}\n", str),
    "a.md": (
        f'---\ntitle: "Bridge"\n---\n# Bridge\n\n*{DAMAGED}*\n\n`isnâ€™t touched`\n',
        lambda raw: "".join(c.content for t in MarkdownIt().parse(raw) for c in t.children or ()),
    ),
    "a.json": (json.dumps({"title": "Bridge", "body": f"<p>{DAMAGED}</p>"}), lambda raw: json.loads(raw)["body"]),
    "a.jsonl": (
        json.dumps({"title": "Bridge", "body": DAMAGED}, ensure_ascii=False) + "\n" + json.dumps({"text": "Two."}),
        lambda raw: json.loads(raw.split("\n")[0])["body"],
    ),
    "a.html": (HTML, text_of),
    "a.xhtml": (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{DAMAGED}<br/>R&amp;D</p></body></html>',
        lambda raw: "".join(etree.fromstring(raw).itertext()),
    ),
}


def copydesk(*args: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "copydesk", *args, "--isolated", "--select", "characters"],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.mark.parametrize(("path", "end"), [*((path, "\n") for path in FILES), ("a.html", "\r\n"), ("a.jsonl", "\r\n")])
def test_found_fixed_and_read_by_another(path: str, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    raw, reads = FILES[path]
    Path(path).write_bytes(raw.replace("\n", end).encode())
    before = Path(path).read_bytes()
    assert SOUND not in reads(raw)

    found = [json.loads(line) for line in copydesk("check", path, "--output-format", "jsonl").splitlines()]
    text = before.decode()
    at = {len(text[: f["start"]].encode()) for f in found}
    sought = "isnâ€™t over" if "isnâ€™t" in text else json.dumps("â€™t over")[1:-1]
    grep = subprocess.run(["grep", "-obUaF", sought, path], capture_output=True, text=True, check=True).stdout
    offset = len(b"isn") if "isnâ€™t" in text else 0
    assert {int(line.split(":")[0]) + offset for line in grep.splitlines()} <= at

    copydesk("fix", path)
    after = Path(path).read_bytes()
    assert SOUND in reads(after.decode().replace(end, "\n"))
    for kept in ("isnâ€™t touched", "isnâ€™t copy", "&amp;", "R&amp;D", "<pre>", "</figure>"):
        assert (kept in after.decode()) == (kept in text)
    assert after.count(end.encode()) == before.count(end.encode())
    copydesk("fix", path)
    assert Path(path).read_bytes() == after


def test_utf_16_with_its_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.html").write_bytes(HTML.replace("\n", "\r\n").encode("utf-16"))
    copydesk("fix", "a.html")
    after = Path("a.html").read_bytes()
    assert after[:2] == HTML.encode("utf-16")[:2]
    assert SOUND in text_of(after.decode("utf-16"))


def test_suppression_comments_hold_in_html(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ignore = "<!-- copydesk: ignore[characters/mojibake] as it was printed -->"
    Path("a.html").write_text(f"<p>{DAMAGED}</p>{ignore}<p>{DAMAGED}</p><p>{DAMAGED}</p>", encoding="utf-8")
    found = [json.loads(line) for line in copydesk("check", "a.html", "--output-format", "jsonl").splitlines()]
    block = len(f"<p>{DAMAGED}</p>")
    second = block + len(ignore)
    assert {(f["start"] > block) + (f["start"] > second + block) for f in found} == {0, 2}


def test_the_input_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.html").write_text(HTML, encoding="utf-8")
    assert copydesk("check", "a.html", "--explain-input").splitlines() == [
        "a.html: html, utf-8 (as it is valid), LF line ends, 1 article",
        "",
        "article (the file)",
        "  source: The Pilot",
        "  title: Bridge",
        "  date: 2026-01-02",
        "  language: en",
        "  byline: R. Li",
        "       6:14  headline     Bridge stays shut",
        "        7:4  paragraph    One & two. Mayor Ã…se said it isnâ€™t over.",
        "       8:31  alternative  Mayor Ã…se said it isnâ€™t over.",
        "       8:77  caption      The bridge",
        "        9:6  code         isnâ€™t touched",
        "        9:6  masked       isnâ€™t touched",
    ]
    (told,) = copydesk("check", "a.html", "--explain-input", "--output-format", "json").splitlines()
    assert [b["kind"] for b in json.loads(told)["articles"][0]["blocks"]][-1] == "code"


def test_what_cannot_be_read_is_told_and_ends_with_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text('{"text": "x"', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "copydesk", "check", "--isolated", "--explain-input", "a.json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "a.json: error: is cut short" in done.stderr
