"""Tracing a text, as a user types it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Write = Callable[[dict[str, str | bytes]], None]
Done = subprocess.CompletedProcess[str]

FERRY = (
    "The ferry to Lund island stopped running on Tuesday after inspectors found rust in both of its engine mounts, "
    "leaving some two hundred residents to rely on a fishing boat for bread, post and medicine."
)
COUNCIL = (
    "The council, which bought the vessel second-hand nine years ago, had postponed the overhaul twice because the "
    "harbour fund was spent on a breakwater that the winter storms then took away again."
)
SCHOOL = (
    "Eleven pupils who cross the strait every morning now sleep at the mainland school during the week, in a music "
    "room that parents furnished over one weekend with borrowed beds and a good many lamps."
)
REPAIR = (
    "A yard in Morvik has offered to weld new mounts within three weeks, but its dock is booked until spring, and the "
    "only other slipway of that length belongs to a company in dispute with the council."
)
MARKET = (
    "Prices at the onion market in Tessel fell by a third within a month as a mild autumn filled the barns, and "
    "growers there are giving sacks away at the roadside rather than pay to store them."
)
BRIDGE = (
    "Engineers closed the old railway bridge near Aldmoor before dawn when a sensor glued to its third pier reported "
    "a tilt of four millimetres, more than it had moved in the twenty years before."
)
STORY = [FERRY, COUNCIL, SCHOOL, REPAIR]


def article(*paragraphs: str, date: str = "", source: str = "") -> str:
    """A Markdown article; date and source in its front matter."""
    head = "".join(f"{key}: {value}\n" for key, value in (("date", date), ("source", source)) if value)
    return (f"---\n{head}---\n\n" if head else "") + "\n\n".join(paragraphs) + "\n"


def trace(*args: str, stdin: str | None = None) -> Done:
    """Run ``copydesk trace`` in the working directory."""
    return subprocess.run(
        [sys.executable, "-m", "copydesk", "trace", *args],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )


def traced(*args: str, stdin: str | None = None) -> dict[str, Any]:
    """The one article of a trace that went well."""
    done = trace("--output-format", "json", *args, stdin=stdin)
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert (report["version"], report["errors"]) == (1, [])
    [one] = report["articles"]
    assert isinstance(one, dict)
    return one


def paths(passage: dict[str, Any]) -> list[str]:
    """Where a passage also stands."""
    return [place["path"] for place in passage["places"]]


@pytest.fixture
def desk(write: Write) -> Write:
    """A project with the usual rules."""
    write({"copydesk.toml": ""})
    return write


def test_passages_stand_in_order_earliest_place_first(desk: Write) -> None:
    desk(
        {
            "ours/a.md": article(MARKET, *STORY, BRIDGE, date="2024-05-04", source="Ours"),
            "late/b.md": article(*STORY, date="2024-05-09", source="Late"),
            "wire/c.md": article(*STORY, date="2024-05-02", source="Wire"),
            "blog/d.txt": BRIDGE,
        }
    )
    found = traced("ours/a.md")
    story, bridge = found["passages"]
    assert (paths(story), paths(bridge)) == (["wire/c.md", "late/b.md"], ["blog/d.txt"])
    assert [p["direction"] for p in story["places"]] == ["earlier", "later"]
    assert (story["line"], bridge["line"]) == (8, 16)
    assert (story["places"][0]["line"], story["places"][0]["column"]) == (6, 1)
    assert story["beginning"].startswith("The ferry to Lund island")
    assert [c["path"] for c in found["copies"]] == ["wire/c.md", "late/b.md", "blog/d.txt"]
    assert found["compared"] == 3


def test_offsets_are_of_files(desk: Write) -> None:
    record = {"source": "Wire", "date": "2024-05-02T10:00:00Z", "text": "\n\n".join([MARKET, *STORY])}
    desk({"ours/a.txt": f"\ufeff{BRIDGE}\r\n\r\n" + "\r\n\r\n".join(STORY), "wire.json": json.dumps(record)})
    [passage] = traced("ours/a.txt")["passages"]
    [place] = passage["places"]
    start, end, other_start, other_end = place["passages"][0]
    here, there = (Path(name).read_text("utf-8-sig") for name in ("ours/a.txt", "wire.json"))
    text = Path("ours/a.txt").read_bytes().decode("utf-8-sig")
    assert text[start:end].startswith("The ferry") and text[start:end].endswith("the council")
    assert there[other_start:other_end].startswith("The ferry") and there[other_start:other_end].endswith("the council")
    assert (passage["start"], passage["end"]) == (start, end)
    assert here != text  # line ends count as they stand in the file


def test_words_are_counted_by_who_was_first(desk: Write) -> None:
    desk(
        {
            "ours/a.md": article(*STORY, BRIDGE, MARKET, date="2024-05-04"),
            "wire/b.md": article(FERRY, COUNCIL, date="2024-05-02"),
            "echo/c.md": article(SCHOOL, REPAIR, date="2024-05-08"),
            "blog/d.md": article(BRIDGE),
        }
    )
    words = traced("ours/a.md")["words"]
    count = {name: len(text.split()) for name, text in (("ferry", f"{FERRY} {COUNCIL}"), ("bridge", BRIDGE))}
    assert words["elsewhere"]["earlier"] == count["ferry"]
    assert words["elsewhere"]["unknown"] == count["bridge"]
    assert words["own"] == len(MARKET.split())
    assert words["all"] == words["own"] + sum(words["elsewhere"].values())
    done = trace("ours/a.md")
    assert re.search(r"\d+% of the words also stand elsewhere \(.*\); \d+% are its own", done.stdout)


def test_nothing_shared_is_said_and_is_0(desk: Write) -> None:
    desk({"ours/a.txt": article(*STORY), "wire/b.txt": article(MARKET, BRIDGE)})
    found = traced("ours/a.txt")
    assert (found["passages"], found["copies"], found["compared"]) == ([], [], 1)
    assert found["words"]["own"] == found["words"]["all"] == sum(len(p.split()) for p in STORY)
    done = trace("ours/a.txt")
    assert done.returncode == 0
    assert "Nothing of it was found elsewhere. Compared with 1 article of other sources." in done.stdout


def test_a_credited_copy_is_named_as_one(desk: Write) -> None:
    desk({"ours/a.txt": f"LUND (Reuters) - {article(*STORY)}", "reuters/b.txt": article(*STORY)})
    [place] = traced("ours/a.txt")["passages"][0]["places"]
    assert (place["credited"], place["direction"]) == (True, "earlier")
    assert "ran first; credited" in trace("ours/a.txt").stdout


def test_standing_orders_of_the_check_do_not_hide_anything(desk: Write) -> None:
    settings = '[per-file-ignores]\n"**" = ["copies"]\n[rules."copies/near-duplicate"]\nwords = 900\nshare = 0.99\n'
    text = "<!-- copydesk: ignore-file[copies] ours -->\n\n" + article(*STORY)
    desk({"copydesk.toml": f'ignore = ["copies"]\n{settings}', "ours/a.md": text, "wire/b.md": article(*STORY)})
    assert traced("ours/a.md")["copies"]


def test_the_index_and_the_files_themselves_say_the_same(desk: Write) -> None:
    others = {f"paper{n}/a.md": article(*STORY[n % 3 :], MARKET, date=f"2024-05-{n + 1:02}") for n in range(9)}
    desk({"ours/a.md": article(*STORY, BRIDGE, date="2024-05-05"), **others})
    without = traced("ours/a.md")
    assert not Path(".copydesk/index.sqlite").exists()
    assert traced("--index", "ours/a.md") == without
    assert Path(".copydesk/index.sqlite").exists()
    assert traced("ours/a.md") == without
    assert len(without["passages"][0]["places"]) == 9
    desk({"late/new.md": article(*STORY, date="2024-06-01")})  # taken into the index first
    assert "late/new.md" in paths(traced("ours/a.md")["passages"][0])
    assert traced("--no-index", "ours/a.md") == traced("ours/a.md")


def test_thirty_sources_are_all_told(desk: Write) -> None:
    papers = {f"paper{n:02}/a.md": article(*STORY, BRIDGE, date=f"2024-05-{30 - n:02}") for n in range(30)}
    desk({"ours/a.txt": article(*STORY, MARKET), **papers})
    found = traced("ours/a.txt")
    [passage] = found["passages"]
    assert paths(passage) == sorted(papers, reverse=True)
    assert len(found["copies"]) == 30
    for name in ("text", "markdown"):
        shown = trace("--output-format", name, "ours/a.txt").stdout
        assert all(shown.count(path) == 2 for path in papers), name


def test_undated_places_come_last(desk: Write) -> None:
    desk(
        {
            "ours/a.md": article(*STORY),
            "a/1.md": article(*STORY),
            "b/1.md": article(*STORY, date="2024-05-09"),
            "c/1.md": article(*STORY, date="2024-05-08T23:30:00-05:00"),
            "d/1.md": article(*STORY, date="2024-05-09T03:00:00+00:00"),
        }
    )
    [passage] = traced("ours/a.md")["passages"]
    assert paths(passage) == ["b/1.md", "d/1.md", "c/1.md", "a/1.md"]
    *_, last = trace("ours/a.md").stdout.splitlines()
    assert last.split("  ")[1] == "date unknown"


def test_parts_of_a_passage_are_told_with_their_extent(desk: Write) -> None:
    desk(
        {
            "ours/a.txt": article(*STORY),
            "wire/b.txt": article(MARKET, *STORY),
            "echo/c.txt": article(COUNCIL, BRIDGE),
            "globe/d.txt": article(FERRY, BRIDGE, MARKET, REPAIR),
        }
    )
    [passage] = traced("ours/a.txt")["passages"]
    words = {p["path"]: p["words"] for p in passage["places"]}
    assert words["wire/b.txt"] == passage["words"] == sum(len(p.split()) for p in STORY)
    assert words["echo/c.txt"] == len(COUNCIL.split())
    assert words["globe/d.txt"] == len(FERRY.split()) + len(REPAIR.split())
    [globe] = [p for p in passage["places"] if p["path"] == "globe/d.txt"]
    assert len(globe["passages"]) == 2
    assert f"{words['echo/c.txt']} words of it" in trace("ours/a.txt").stdout


def test_passages_side_by_side_stay_apart(desk: Write) -> None:
    desk({"ours/a.txt": article(*STORY), "b/1.txt": article(FERRY, COUNCIL), "c/1.txt": article(SCHOOL, REPAIR)})
    assert [paths(p) for p in traced("ours/a.txt")["passages"]] == [["b/1.txt"], ["c/1.txt"]]


def test_standard_input_is_nobodys_own(desk: Write) -> None:
    desk({"a.txt": article(*STORY), "b.txt": article(MARKET, BRIDGE)})
    found = traced("-", stdin=article(*STORY))
    assert (found["path"], [paths(p) for p in found["passages"]], found["compared"]) == ("stdin.txt", [["a.txt"]], 2)
    assert traced("-", "--index", stdin=article(*STORY))["passages"] == found["passages"]


def test_standard_input_in_the_name_of_a_file(desk: Write) -> None:
    desk({"ours/a.md": article(MARKET), "ours/b.md": article(*STORY), "wire/c.md": article(*STORY, date="2024-05-02")})
    text = article(*STORY, date="2024-05-04")
    for index in ("--no-index", "--index"):
        found = traced(index, "--stdin-filename", "ours/a.md", stdin=text)
        assert (found["path"], found["source"], found["date"]) == ("ours/a.md", "ours", "2024-05-04")
        assert [paths(p) for p in found["passages"]] == [["wire/c.md"]]  # b.md is a version of its own
    assert Path("ours/a.md").read_text() == article(MARKET)


def test_a_source_can_be_named(desk: Write) -> None:
    desk({"a.txt": article(*STORY), "b.txt": article(*STORY)})
    done = trace("a.txt")
    assert (done.returncode, "no article of another source" in done.stderr) == (0, True)
    found = traced("--source", "Incoming", "a.txt")
    assert (found["source"], [paths(p) for p in found["passages"]]) == ("Incoming", [["b.txt"]])


def test_against_names_what_to_compare_with(desk: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    desk({"ours/a.txt": article(*STORY), "wire/b.txt": article(*STORY)})
    away = tmp_path_factory.mktemp("away")
    (away / "c.txt").write_text(article(MARKET, *STORY))
    [passage] = traced("--against", str(away), "ours/a.txt")["passages"]
    assert paths(passage) == [str(away / "c.txt")]
    both = traced("--against", str(away), "--against", "wire", "ours/a.txt")
    assert len(both["passages"][0]["places"]) == 2


def test_every_article_of_a_file_is_traced(desk: Write) -> None:
    records = [{"id": n, "source": "Ours", "text": t} for n, t in (("x", article(*STORY)), ("y", MARKET))]
    desk({"day.jsonl": "".join(json.dumps(r) + "\n" for r in records), "wire/b.txt": article(*STORY)})
    report = json.loads(trace("--output-format", "json", "day.jsonl").stdout)
    assert [(a["article"], len(a["passages"])) for a in report["articles"]] == [("x", 1), ("y", 0)]


def test_hardly_any_text_is_traced_too(desk: Write) -> None:
    desk({"wire/b.txt": article(*STORY)})
    found = traced("-", stdin="Too short.")
    assert (found["passages"], found["words"]["own"]) == ([], 2)


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_no_text_is_said(desk: Write, text: str) -> None:
    desk({"wire/b.txt": article(*STORY)})
    done = trace("-", stdin=text)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "warning: there is no text to trace\n")


def test_hostile_text_steers_nothing(desk: Write) -> None:
    bad = "The \x1b[31mferry` <img src=x> [link](http://x) @all ::error::x \u202eto Lund"
    story = [p.replace("The ferry to Lund", bad) for p in STORY]
    named = {"source": "::error::\x1b[31m`|<b>", "date": "2024-05-02", "text": article(*story)}
    desk({"ours/a\x1b[31m.txt": article(*story), "wire/b.json": json.dumps(named)})
    for name in ("text", "markdown", "json"):
        done = trace("--output-format", name, "ours/a\x1b[31m.txt")
        assert done.returncode == 0
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.stdout), name
        assert not [x for x in done.stdout.splitlines() if x.lstrip().startswith("::")]
    shown = trace("--output-format", "markdown", "ours/a\x1b[31m.txt").stdout
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", shown)  # what is left when code spans are taken out
    assert "@all" in shown
    assert not re.search(r"[<>\[\]@`]", outside)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "name a file"),
        (("nowhere.txt",), "nowhere.txt"),
        (("ours",), "is a folder"),
        (("--index", "--against", "ours", "ours/a.txt"), "give one"),
        (("--stdin-filename", "x.txt", "ours/a.txt"), "name no file beside it"),
        (("--against", "nowhere", "ours/a.txt"), "nowhere"),
        (("ours/binary.txt",), "ours/binary.txt"),
    ],
)
def test_what_cannot_be_traced_is_2(desk: Write, args: tuple[str, ...], said: str) -> None:
    desk({"ours/a.txt": article(*STORY), "ours/binary.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20})
    done = trace(*args, stdin="")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreadable_neighbour_is_told(desk: Write) -> None:
    desk({"ours/a.txt": article(*STORY), "wire/b.txt": article(*STORY), "wire/c.txt": b"\x89PNG\0\0\0\rIHDR" * 20})
    done = trace("--output-format", "json", "ours/a.txt")
    assert done.returncode == 2
    report = json.loads(done.stdout)
    assert [e["path"] for e in report["errors"]] == ["wire/c.txt"]
    assert report["articles"][0]["passages"]
