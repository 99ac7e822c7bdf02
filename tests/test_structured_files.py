"""Damaged files of every format, from the command line: found where grep finds them, fixed, read by other parsers."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lxml import etree

CLEAN = "The café doesn’t open before Tuesday, the mayor said in a statement about the harbour."
DAMAGED = "The cafÃ© doesnâ€™t open before Tuesday, the mayor said in a statement about the harbour."
NITF = (
    '<?xml version="1.0" encoding="{}"?>\n<nitf><body><body.content><p>Año.</p>\n<p>{}</p></body.content></body></nitf>'
)
ESCAPED = DAMAGED.replace("â€™", "&#226;&#8364;&#8482;")
RSS = '<rss xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><item><title>T</title>{}</item></channel></rss>'
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>T</title><content{}>{}</content></entry></feed>'
)
G2 = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentMeta><headline>H</headline></contentMeta><contentSet>'
    '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{}</p></body></html></inlineXML></contentSet></newsItem>'
)
WXR = (
    '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
    "<item><title>T</title><content:encoded><![CDATA[<!-- wp:paragraph -->\n<p>{}</p>\n<!-- /wp:paragraph -->]]>"
    "</content:encoded><wp:post_type>post</wp:post_type></item></channel></rss>"
)

RDF = (
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    "<item><title>T</title><description>{}</description></item></r:RDF>"
)
G2_NITF = (
    '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="1"><contentMeta/><contentSet>'
    '<inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content><p>{}</p></body.content></body>'
    "</nitf></inlineXML></contentSet></newsItem></itemSet></newsMessage>"
)
G2_TEXT = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentMeta/><contentSet>'
    '<inlineData contenttype="text/plain">{}</inlineData></contentSet></newsItem>'
)
NITF_RU = NITF.replace("{}", "windows-1251", 1).replace("Año", "Год")
PAGE = '<html lang="en"><head><meta charset="iso-8859-7"><title>T</title></head><body><p>{}</p></body></html>\n'
NUMBERED = DAMAGED.replace("Ã©", "&#195;&#169;").replace("â€™", "&#226;&#8364;&#8482;")
NUMBERED_CLEAN = CLEAN.replace("é", "&#233;").replace("’", "&#8217;")
NINJS_1 = '{{"uri": "urn:a:1", "headline": "T", "body_text": "{}", "body_sms": "Año."}}'
NINJS_2 = (
    '{{"uri": "urn:a:2", "headlines": [{{"value": "T"}}],'
    ' "bodies": [{{"contenttype": "text/html", "value": "<p>{}</p>"}}]}}'
)
NINJS_3 = (
    '{{"uri": "urn:a:3", "headlines": [{{"value": "T", "contentType": "text/plain"}}],'
    ' "bodies": [{{"value": "<div>R&amp;D.<br/>{}</div>", "contentType": "application/xhtml+xml"}}]}}'
)


def page_text(data: bytes) -> str:
    """The text of a page, as libxml2 reads it."""
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "iso-8859-7")
    return str(lxml.html.fromstring(text).text_content())


def texts(data: bytes) -> list[str]:
    """All text of an XML file, as libxml2 reads it."""
    return [t for t in etree.fromstring(data).itertext() if t.strip()]


def cells(data: bytes) -> list[list[str]]:
    """All cells of a table, as Python's csv module reads it."""
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in text else ","))


Sample = tuple[str, str, str, str, Callable[[bytes], Any]]
SAMPLES: list[Sample] = [
    ("nitf.xml", "utf-8", NITF.format("utf-8", DAMAGED), NITF.format("utf-8", CLEAN), texts),
    ("bom.nitf", "utf-8-sig", NITF.format("utf-8", DAMAGED), NITF.format("utf-8", CLEAN), texts),
    ("windows.xml", "windows-1252", NITF.format("windows-1252", DAMAGED), NITF.format("windows-1252", CLEAN), texts),
    ("latin.xml", "iso-8859-1", NITF.format("iso-8859-1", ESCAPED),
     NITF.format("iso-8859-1", CLEAN.replace("’", "&#8217;")), texts),
    ("wide.xml", "utf-16", NITF.format("utf-16", DAMAGED), NITF.format("utf-16", CLEAN), texts),
    ("crlf.xml", "utf-8", NITF.format("utf-8", DAMAGED).replace("\n", "\r\n"),
     NITF.format("utf-8", CLEAN).replace("\n", "\r\n"), texts),
    ("g2.xml", "utf-8", G2.format(DAMAGED), G2.format(CLEAN), texts),
    ("escaped.rss", "utf-8", RSS.format(f"<description>&lt;p&gt;{DAMAGED}&lt;/p&gt;</description>"),
     RSS.format(f"<description>&lt;p&gt;{CLEAN}&lt;/p&gt;</description>"), texts),
    ("cdata.rss", "utf-8", RSS.format(f"<c:encoded><![CDATA[<p>{DAMAGED}</p>]]></c:encoded>"),
     RSS.format(f"<c:encoded><![CDATA[<p>{CLEAN}</p>]]></c:encoded>"), texts),
    ("text.atom", "utf-8", ATOM.format("", DAMAGED), ATOM.format("", CLEAN), texts),
    ("html.atom", "utf-8", ATOM.format(' type="html"', f"&lt;b&gt;{DAMAGED}&lt;/b&gt;"),
     ATOM.format(' type="html"', f"&lt;b&gt;{CLEAN}&lt;/b&gt;"), texts),
    ("wxr.xml", "utf-8", WXR.format(DAMAGED), WXR.format(CLEAN), texts),
    ("one.rdf", "utf-8", RDF.format(DAMAGED), RDF.format(CLEAN), texts),
    ("names.rss", "utf-8", RSS.format(f"<description>In&nbsp;May. {DAMAGED}</description>"),
     RSS.format(f"<description>In&nbsp;May. {CLEAN}</description>"),
     lambda data: texts(data.replace(b"&nbsp;", b"&#160;"))),
    ("g2-nitf.xml", "utf-8", G2_NITF.format(DAMAGED), G2_NITF.format(CLEAN), texts),
    ("g2-text.newsml", "utf-8", G2_TEXT.format(DAMAGED), G2_TEXT.format(CLEAN), texts),
    ("cyrillic.xml", "windows-1251", NITF_RU.format(NUMBERED), NITF_RU.format(CLEAN.replace("é", "&#233;")), texts),
    ("greek.html", "iso-8859-7", PAGE.format(NUMBERED), PAGE.format(NUMBERED_CLEAN), page_text),
    ("wide.html", "utf-16", PAGE.format(DAMAGED), PAGE.format(CLEAN), page_text),
    ("wide.txt", "utf-16", f"Año.\r\n\r\n{DAMAGED}\r\n", f"Año.\r\n\r\n{CLEAN}\r\n",
     lambda data: data.decode("utf-16")),
    ("wide.jsonl", "utf-16", f'{{"text": "{DAMAGED}"}}\n', f'{{"text": "{CLEAN}"}}\n', json.loads),
    ("ninjs-1.json", "utf-8", NINJS_1.format(DAMAGED), NINJS_1.format(CLEAN), json.loads),
    ("ninjs-2.json", "utf-8", NINJS_2.format(DAMAGED), NINJS_2.format(CLEAN), json.loads),
    ("ninjs-3.json", "utf-8", NINJS_3.format(DAMAGED), NINJS_3.format(CLEAN), json.loads),
    ("table.csv", "utf-8", f'id,text\r\n1,"{DAMAGED}"\r\n', f'id,text\r\n1,"{CLEAN}"\r\n', cells),
    ("bom.csv", "utf-8-sig", f'id,text\n1,"<p>{DAMAGED}</p>"\n', f'id,text\n1,"<p>{CLEAN}</p>"\n', cells),
    ("table.tsv", "utf-8", f"id\ttext\n1\t{DAMAGED}\n", f"id\ttext\n1\t{CLEAN}\n", cells),
]  # fmt: skip


class Desk(NamedTuple):
    """A folder with all samples: what is found there, and how the files are after fixing."""

    folder: Path
    errors: list[Any]
    findings: list[dict[str, Any]]
    after: dict[str, bytes]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """All samples checked, and then fixed, from the command line."""
    folder = tmp_path_factory.mktemp("desk")
    for name, encoding, damaged, _, _ in SAMPLES:
        (folder / name).write_bytes(damaged.encode(encoding))
    options = ("--isolated", "--select", "characters/mojibake", ".")
    found = json.loads(copydesk(folder, "check", "--output-format", "json", *options))
    copy = tmp_path_factory.mktemp("fixed")
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    copydesk(copy, "fix", *options)
    after = {name: (copy / name).read_bytes() for name, *_ in SAMPLES}
    return Desk(folder, found["errors"], found["findings"], after)


def copydesk(folder: Path, *args: str) -> str:
    """What the command prints in a folder."""
    command = [sys.executable, "-m", "copydesk", *args]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_every_file_can_be_read(desk: Desk) -> None:
    assert desk.errors == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s[0])
def test_damage_is_fixed_and_nothing_else_touched(sample: Sample, desk: Desk) -> None:
    name, encoding, _, clean, reader = sample
    assert reader(desk.after[name]) == reader(clean.encode(encoding))
    assert desk.after[name] == clean.encode(encoding)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s[0])
def test_places_are_those_that_grep_tells(sample: Sample, desk: Desk) -> None:
    """``grep -b`` counts bytes of the file as it is."""
    name, encoding, damaged, _, _ = sample
    codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    mark = len(damaged.encode(encoding)) - len(damaged.encode(codec))
    found = [f for f in desk.findings if f["path"] == name]
    assert len(found) == 2
    for f in found:
        raw = damaged[f["start"] : f["end"]]
        assert raw in ("Ã©", "cafÃ©", "â€™", "doesnâ€™t", "&#226;&#8364;&#8482;", "&#195;&#169;")
        assert damaged[: f["start"]].count("\n") == f["line"] - 1
        grep = ["grep", "-obUaP", "".join(f"\\x{b:02x}" for b in raw.encode(codec)), name]
        done = subprocess.run(grep, cwd=desk.folder, capture_output=True, check=True, env={"LC_ALL": "C"})
        places = [int(line.split(b":")[0]) for line in done.stdout.split(b"\n") if line[:1].isdigit()]
        assert mark + len(damaged[: f["start"]].encode(codec)) in places


def test_a_parquet_file_is_fixed_in_a_new_one(tmp_path: Path) -> None:
    table = pa.table({"id": [1, 2], "text": [DAMAGED, f"<p>{DAMAGED}</p>"], "n": [0.5, 2]})
    pq.write_table(table, tmp_path / "a.parquet")
    before = (tmp_path / "a.parquet").read_bytes()
    options = ("--isolated", "--select", "characters/mojibake", "a.parquet")
    assert json.loads(copydesk(tmp_path, "check", "--output-format", "json", *options))["summary"]["findings"] == 4
    assert "mojibake 4" in copydesk(tmp_path, "check", "--fix", "--output", "b.parquet", *options)
    after = pq.read_table(tmp_path / "b.parquet")
    assert after.to_pydict() == {"id": [1, 2], "text": [CLEAN, f"<p>{CLEAN}</p>"], "n": [0.5, 2]}
    assert after.schema.equals(table.schema, check_metadata=True)
    assert (tmp_path / "a.parquet").read_bytes() == before
