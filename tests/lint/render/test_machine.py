"""Formats that machines read, each against its contract."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest

from copydesk.article import FileEdit
from copydesk.finding import FileFix, Finding, Notice, Related, Severity
from copydesk.render import RuleInfo
from copydesk.report import Error, Report

Mark = Callable[..., Finding]
Shown = Callable[..., str]
Loaded = Callable[..., Any]
Places = Callable[[int], tuple[Related, ...]]

_LEVELS: dict[str, Severity] = {"characters/stray": "error", "names/spelling": "warning", "names/style": "info"}
RULES = {
    i: RuleInfo(i, f"Summary of {i}", f"# {i}\n\nWhy editors\ncare.\n\n## Options\n", severity)
    for i, severity in _LEVELS.items()
}


def test_json_is_version_1(mark: Mark, loaded: Loaded, related: Places) -> None:
    finding = mark("see [Kiev] now", new="Kyiv", related=related(1), data={"form": "Kiev"}, article="7")
    got = loaded("json", report=Report((finding,), (Error("b.txt", "is binary data"),), suppressed=3, files=2))
    assert set(got) == {"version", "findings", "errors", "summary"}
    assert got["version"] == 1
    assert got["findings"] == [
        {
            "path": "desk/a.txt",
            "article": "7",
            "rule": "names/spelling",
            "severity": "warning",
            "confidence": "high",
            "message": "Something is wrong",
            "start": 104,
            "end": 108,
            "line": 3,
            "column": 5,
            "end_line": 3,
            "end_column": 9,
            "fix": {"safety": "safe", "title": "Mend it", "edits": [{"start": 104, "end": 108, "text": "Kyiv"}]},
            "related": [{"path": "r1.txt", "article": None, "start": 0, "end": 4, "message": "also here"}],
            "fingerprint": "f0",
            "data": {"form": "Kiev"},
        }
    ]
    assert got["errors"] == [{"path": "b.txt", "line": None, "rule": None, "message": "is binary data"}]
    assert got["summary"]["findings"] == 1
    assert got["summary"]["fixable"] == {"safe": 1, "unsafe": 0}
    assert got["summary"]["suppressed"] == 3


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_holds_every_finding(mark: Mark, loaded: Loaded, count: int) -> None:
    assert len(loaded("json", *[mark("a [b]")] * count)["findings"]) == count


def test_jsonl_is_a_finding_a_line_and_nothing_else(mark: Mark, shown: Shown) -> None:
    report = Report((mark("a [b]", message="x\ny\u2028z"), mark("c [d]")), (Error("b.txt", "is binary data"),))
    lines = shown("jsonl", report=report).splitlines()
    assert [json.loads(line)["message"] for line in lines] == ["x\ny\u2028z", "Something is wrong"]


@pytest.mark.parametrize(
    "text", ["\x1b[31m", "a\x85b", "\u202eabc", "\ud800", "\U000e0041", "##[error]x", "é日🎉", "\0"]
)
def test_json_gives_back_what_it_was_given(mark: Mark, shown: Shown, text: str) -> None:
    line = shown("jsonl", mark("a [b]", message=text, path=text, new=text))
    got = json.loads(line)
    assert [got["message"], got["path"], got["fix"]["edits"][0]["text"]] == [text] * 3
    line.encode()


def test_json_leaves_letters_readable(mark: Mark, shown: Shown) -> None:
    assert "“Žižek” 日本 🎉" in shown("jsonl", mark("a [b]", message="“Žižek” 日本 🎉"))


# written as @actions/core writes them: title, file, line, endLine, col, endColumn
GITHUB = {
    "plain": (
        {},
        "::warning title=copydesk (names/spelling),file=desk/a.txt,line=3,endLine=3,col=3,endColumn=4"
        "::desk/a.txt:3:3: names/spelling Something is wrong",
    ),
    "escapes": (
        {"path": "a:b,c%d\ne.txt", "message": "100%, x:y\r\nz", "severity": "error"},
        "::error title=copydesk (names/spelling),file=a%3Ab%2Cc%25d%0Ae.txt,line=3,endLine=3,col=3,endColumn=4"
        "::a:b,c%25d%0Ae.txt:3:3: names/spelling 100%25, x:y%0D%0Az",
    ),
    "columns within one line only": (
        {"end_line": 5, "severity": "info"},
        "::notice title=copydesk (names/spelling),file=desk/a.txt,line=3,endLine=5"
        "::desk/a.txt:3:3: names/spelling Something is wrong",
    ),
    "commands and escapes in copy": (
        {"message": "::error::x ##[error]y \x1b[31m"},
        "::warning title=copydesk (names/spelling),file=desk/a.txt,line=3,endLine=3,col=3,endColumn=4"
        "::desk/a.txt:3:3: names/spelling ::error::x #\\x23[error]y \\x1b[31m",
    ),
}


@pytest.mark.parametrize(("changes", "line"), GITHUB.values(), ids=GITHUB)
def test_github(mark: Mark, shown: Shown, changes: dict[str, Any], line: str) -> None:
    assert shown("github", mark("a [b]", **changes)) == line + "\n"


def test_github_shows_the_worst_first(mark: Mark, shown: Shown) -> None:
    levels = [("info", "high"), ("error", "low"), ("warning", "high"), ("error", "high")]
    found = [mark("a [b]", severity=s, confidence=c, message=f"{s} {c}") for s, c in levels]
    lines = shown("github", report=Report(tuple(found), (Error("b.txt", "is binary"),))).splitlines()
    assert lines[0] == "::error title=copydesk,file=b.txt::b.txt: is binary"
    assert [line.rsplit(" ", 2)[1:] for line in lines[1:]] == [
        ["error", "high"], ["error", "low"], ["warning", "high"], ["info", "high"]
    ]  # fmt: skip


def test_sarif_has_what_code_scanning_requires(mark: Mark, loaded: Loaded, related: Places) -> None:
    found = [
        mark("see [Kiev] now", new="Kyiv", related=related(2), article="7"),
        mark("a [b]", rule="pack/unknown", severity="info"),
        mark("a [b]", rule="characters/stray", severity="error", new="", safety="display"),
    ]
    log = loaded("sarif", *found, rules=RULES, version="1.2")
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert [r["id"] for r in rules] == ["characters/stray", "names/spelling", "names/style", "pack/unknown"]
    for rule in rules:
        assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"] and rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert "helpUri" not in rule
    assert rules[1]["fullDescription"]["text"] == "Why editors care."
    for result, finding in zip(results, found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
        assert result["partialFingerprints"] == {"copydesk/v1": "f0"}
    assert [r["level"] for r in results] == ["warning", "note", "error"]
    assert ["fixes" in r for r in results] == [True, False, False]


def test_sarif_places_count_code_points(mark: Mark, loaded: Loaded) -> None:
    result = loaded("sarif", mark("🎉 [Kiev] now", new="Kyiv"))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "desk/a.txt"},
        "region": {
            "startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 7, "charOffset": 102, "charLength": 4,
        },
    }  # fmt: skip
    assert result["fixes"][0]["artifactChanges"][0]["replacements"] == [
        {"deletedRegion": {"charOffset": 102, "charLength": 4}, "insertedContent": {"text": "Kyiv"}}
    ]


def test_sarif_links_its_related_places(mark: Mark, loaded: Loaded, related: Places) -> None:
    result = loaded("sarif", mark("a [b]", related=related(2)))["runs"][0]["results"][0]
    assert result["message"]["text"] == "Something is wrong ([r1.txt:1](1), [r2.txt:2](2))"
    assert [r["id"] for r in result["relatedLocations"]] == [1, 2]
    assert result["relatedLocations"][1]["physicalLocation"]["region"]["startLine"] == 2
    many = loaded("sarif", mark("a [b]", related=related(33)))["runs"][0]["results"][0]
    assert many["message"]["text"].endswith("[r20.txt:20](20) and 13 more)")
    assert len(many["relatedLocations"]) == 20


def test_sarif_text_makes_no_links_of_its_own(mark: Mark, loaded: Loaded) -> None:
    place = Related("a](1)[b\\.txt", None, 0, 1, "x", 1, 1)
    result = loaded("sarif", mark("a [b]", message="see [here](http://x.test) [sic]", related=(place,)))
    assert result["runs"][0]["results"][0]["message"]["text"] == (
        "see [here\\](http://x.test) [sic] ([a\\](1)\\[b\\\\.txt:1](1))"
    )


@pytest.mark.parametrize(
    ("path", "uri"),
    [("a b#c?.txt", "a%20b%23c%3F.txt"), ("日.txt", "%E6%97%A5.txt"), ("\udcff.txt", "%FF.txt"), ("\ud800", "%3F"),
     ("a:b.txt", "a%3Ab.txt"), ("./x/a.txt", "x/a.txt"), ("/nowhere/a.txt", "file:///nowhere/a.txt")],
)  # fmt: skip
def test_sarif_uris(mark: Mark, loaded: Loaded, path: str, uri: str) -> None:
    result = loaded("sarif", mark("a [b]", path=path))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_reports_errors_as_notifications(loaded: Loaded) -> None:
    errors = (Error("a.jsonl", "line ends early", line=7), Error("", "internal error", rule="names/style"))
    invocation = loaded("sarif", report=Report((), errors), rules=RULES)["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    first, second = invocation["toolExecutionNotifications"]
    assert first["message"]["text"] == "line ends early"
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
    assert second["associatedRule"] == {"id": "names/style", "index": 2}
    assert loaded("sarif")["runs"][0]["invocations"] == [{"executionSuccessful": True}]


def test_notices_are_told(shown: Shown, loaded: Loaded) -> None:
    report = Report((), notices=(Notice("a.md", "ignore[names] suppresses nothing", 7, 90),))
    assert loaded("json", report=report)["summary"]["notices"] == [
        {"path": "a.md", "line": 7, "offset": 90, "message": "ignore[names] suppresses nothing"}
    ]
    assert shown("github", report=report) == (
        "::notice title=copydesk,file=a.md,line=7::a.md: ignore[names] suppresses nothing\n"
    )
    invocation = loaded("sarif", report=report)["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is True
    assert invocation["toolExecutionNotifications"][0]["level"] == "note"
    assert shown("concise", report=report) == "a.md:7: note: ignore[names] suppresses nothing\nAll checks passed!\n"


def test_gitlab(mark: Mark, loaded: Loaded) -> None:
    twins = [mark("a [b]"), mark("a [b]"), mark("a [b]", severity="error")]
    issues = loaded("gitlab", report=Report(tuple(twins), (Error("b.txt", "is binary"),)))
    assert len({i["fingerprint"] for i in issues}) == 4
    assert [i["severity"] for i in issues] == ["critical", "minor", "minor", "major"]
    assert issues[1]["location"] == {"path": "desk/a.txt", "lines": {"begin": 3}}
    assert issues[1]["check_name"] == "names/spelling"
    moved = loaded("gitlab", twins[0]._replace(line=99, start=5, end=6))
    assert moved[0]["fingerprint"] == issues[1]["fingerprint"]


def test_rdjson_columns_are_bytes(mark: Mark, loaded: Loaded) -> None:
    entry = loaded("rdjson", mark("日🎉 [é] x", new="e"))["diagnostics"][0]
    at = {"start": {"line": 3, "column": 9}, "end": {"line": 3, "column": 11}}
    assert entry["location"] == {"path": "desk/a.txt", "range": at}
    assert entry["suggestions"] == [{"range": at, "text": "e"}]
    assert (entry["severity"], entry["code"]) == ("WARNING", {"value": "names/spelling"})


def test_rdjson_offers_a_fix_whole_or_not_at_all(mark: Mark, loaded: Loaded) -> None:
    fix = FileFix("Mend it", (FileEdit(102, 103, "x"), FileEdit(900, 901, "y")), "safe")
    for finding in (mark("a [b]", fix=fix), mark("a [b]", new="c", safety="display")):
        assert "suggestions" not in loaded("rdjson", finding)["diagnostics"][0]


def test_rdjson_without_the_line_names_lines_only(mark: Mark, loaded: Loaded) -> None:
    entry = loaded("rdjson", mark("a [b]", new="c")._replace(column=5003, source_column=5001))["diagnostics"][0]
    assert entry["location"]["range"] == {"start": {"line": 3}, "end": {"line": 3}}
    assert "suggestions" not in entry


def test_junit(mark: Mark, shown: Shown) -> None:
    hostile = mark("a [b]", message='<&">\x1b\ud800\ufffe', path="<x>.txt")
    root = ET.fromstring(shown("junit", report=Report((mark("a [b]"), hostile), (Error("c.txt", "is binary"),))))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "2", "1")
    assert [s.get("name") for s in root] == ["errors", "desk/a.txt", "<x>.txt"]
    failure = root[2][0][0]
    assert failure.get("message") == '<&">\\x1b<U+D800><U+FFFE>'
    assert ET.fromstring(shown("junit"))[0][0].tag == "testcase"
