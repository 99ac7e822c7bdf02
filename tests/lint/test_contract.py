"""What the JSON of findings promises, checked by a reader of its own: offsets are the file's, edits can be spliced."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Write = Callable[[dict[str, str | bytes]], None]

_CONFIG = """
packs = ["trial_rules"]
select = ["trial/typo", "trial/twins"]
[rules."trial/typo"]
right = "th’e \\"end\\"🗞"
[encodings]
"latin.txt" = "cp1252"
"""
_FILES: dict[str, bytes] = {
    "a.txt": "Word\ufeff of teh end.\r\nAnd 🗞 teh other.\rAnd teh last.".encode(),
    "b.txt": "\ufeffWord 🗞 teh end.\r\n".encode(),
    "c.txt": "\ufeffWord é teh end.\r\n".encode("utf-16-le"),
    "d.md": "\ufeff---\r\ntitle: One\r\n---\r\n\r\n"
    "# Word *of* teh\r\n\r\nA [link](http://a.b/teh) and **teh** end.\r\n".encode(),
    "e.json": b'{"title": "Word \\ud83d\\uddde", "n": 1.50, "text": "Its \\"teh\\" \\u2019 end,\\nand teh other."}',
    "f.json": '\ufeff{"title": "Word 🗞",\r\n "text": "Its teh ’ end"}\r\n'.encode(),
    "g.jsonl": '{"id": 7, "text": "Word é\\nteh"}\r\n\r\n{"id": "x", "text": "Word\\tteh \\u00e9"}\n'.encode(),
    "h.xml": '<?xml version="1.0" encoding="iso-8859-1"?>\r\n<nitf><body><body.content>\r\n<p>Word Åse teh</p>'
    "<p>A &quot;teh&quot; <![CDATA[so]]></p></body.content></body></nitf>".encode("latin-1"),
    "i.rss": "<rss><channel><item><title>Word teh</title><description>&lt;p&gt;A &lt;b&gt;teh&lt;/b&gt; 🗞&lt;/p&gt;"
    "</description></item></channel></rss>".encode(),
    "j.csv": '\ufeffid,title,text\r\n7,Word 🗞 teh,"a ""teh"" b"\r\n'.encode(),
    "latin.txt": "Word café teh end.".encode("cp1252"),
}
_ENCODINGS = {"c.txt": "utf-16-le", "h.xml": "latin-1", "latin.txt": "cp1252"}


def run(*args: str) -> subprocess.CompletedProcess[bytes]:
    """The command in the working directory."""
    packs = Path(__file__).parents[1] / "packs"
    code = f"import sys; sys.path.insert(0, {str(packs)!r}); from copydesk.__main__ import main; main()"
    return subprocess.run([sys.executable, "-W", "error", "-c", code, *args], capture_output=True, check=False)


def report() -> dict[str, Any]:
    """What ``check --output-format json`` says."""
    done = run("check", "--output-format", "json", ".")
    assert done.returncode == 1, done.stderr
    out: dict[str, Any] = json.loads(done.stdout)
    assert out["errors"] == []
    return out


def decoded(name: str) -> str:
    """A file's text without its byte order mark."""
    return _FILES[name].decode(_ENCODINGS.get(name, "utf-8")).removeprefix("\ufeff")


def spliced(name: str, findings: list[dict[str, Any]]) -> bytes:
    """A file with the safe edits of its findings made, last first."""
    text = decoded(name)
    edits = [e for f in findings if f["fix"] and f["fix"]["safety"] == "safe" for e in f["fix"]["edits"]]
    for e in sorted(edits, key=lambda e: -e["start"]):
        text = text[: e["start"]] + e["text"] + text[e["end"] :]
    mark = "\ufeff" if _FILES[name].decode(_ENCODINGS.get(name, "utf-8")).startswith("\ufeff") else ""
    return (mark + text).encode(_ENCODINGS.get(name, "utf-8"))


@pytest.fixture
def found(write: Write) -> list[dict[str, Any]]:
    """The findings in files of every format and encoding."""
    write({"copydesk.toml": _CONFIG, **_FILES})
    findings: list[dict[str, Any]] = report()["findings"]
    assert {f["path"] for f in findings} == set(_FILES)
    return findings


def test_offsets_lines_and_columns_are_those_of_the_file(found: list[dict[str, Any]]) -> None:
    for f in found:
        text = decoded(f["path"])
        wanted = {"trial/typo": "teh", "trial/twins": "Word"}[f["rule"]]
        assert text[f["start"] : f["end"]].removesuffix("\ufeff") == wanted, f
        before = text[: f["start"]].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert (f["line"], f["column"]) == (len(before), len(before[-1]) + 1)


def test_related_places_are_offsets_in_their_own_file(found: list[dict[str, Any]]) -> None:
    related = [r for f in found if f["rule"] == "trial/twins" for r in f["related"]]
    assert related
    for r in related:
        assert decoded(r["path"])[r["start"] : r["end"]].removesuffix("\ufeff") == "Word"


def test_records_are_named(found: list[dict[str, Any]]) -> None:
    assert [f["article"] for f in found if f["path"] == "g.jsonl" and f["rule"] == "trial/typo"] == ["7", "x"]
    assert {f["article"] for f in found if f["path"] == "j.csv"} == {"7"}
    assert {f["article"] for f in found if f["path"] not in ("g.jsonl", "i.rss", "j.csv")} == {None}


def test_edits_spliced_by_another_give_what_fix_writes(found: list[dict[str, Any]]) -> None:
    assert run("fix", "--select", "trial/typo", ".").returncode == 1, "cp1252 cannot hold what is to be written"
    for name, before in _FILES.items():
        mine = spliced(name, [f for f in found if f["path"] == name and f["rule"] == "trial/typo"])
        assert Path(name).read_bytes() == mine, name
        assert (mine == before) == (name == "latin.txt")
