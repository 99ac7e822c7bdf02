"""``copydesk names`` as a user types it."""

import csv
import io
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from copydesk.configtable import style_file

Done = subprocess.CompletedProcess[str]

ARTICLES = {
    "herald/one.txt": "Mayor Arkady Brodsky spoke in Hull on Monday. Critics of Brodsky left early.\n",
    "herald/two.txt": "The board met. Arkady Brodsky said the plan of the U.S. had failed in New Delhi.\n",
    "herald/three.txt": "In the end Arkady Brodsky won the vote in the lower town of Hull.\n",
    "post/four.txt": "On Tuesday the paper met Arkady Brodskiy in Hull. It was late when Brodskiy left.\n",
    "post/five.jsonl": json.dumps(
        {"id": 7, "date": "2024-03-05", "text": "The town of Hull saw Emilio Ibáñez at the quay."}
    )
    + "\n"
    + json.dumps({"id": 8, "date": "2024-01-02", "text": "The town of Hull saw Emilio Ibanez at the fair."})
    + "\n",
}


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in ARTICLES.items():
        write(name, text)
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_bytes(text.encode())


def copydesk(*args: str, stdin: str = "", columns: int = 0) -> Done:
    """Run the command in the working directory."""
    sizes = {"COLUMNS": str(columns)} if columns else {}
    return subprocess.run(
        [sys.executable, "-m", "copydesk", *args],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **sizes},
        check=False,
    )


def names(*args: str, stdin: str = "") -> str:
    """What ``copydesk names`` prints; it must succeed."""
    done = copydesk("names", *args, stdin=stdin)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rows(*args: str) -> dict[str, Any]:
    return {row["form"]: row for row in json.loads(names("--format", "json", *args))["names"]}


def test_forms_are_counted_by_source_and_date() -> None:
    found = rows()
    assert found["Hull"] == {
        "form": "Hull",
        "mentions": 5,
        "articles": 5,
        "sources": {"herald": 2, "post": 3},
        "first_seen": "2024-01-02",
        "last_seen": "2024-03-05",
    }
    assert found["Arkady Brodsky"]["articles"] == 3
    assert {"U.S.", "New Delhi", "Emilio Ibáñez"} <= set(found)
    assert not {"Monday", "Tuesday", "The", "Mayor Arkady Brodsky"} & set(found)


def test_paths_and_rarity_limit_the_inventory() -> None:
    assert "Arkady Brodsky" not in rows("post")
    assert set(rows("--min-articles", "3")) == {"Hull", "Arkady Brodsky"}


def test_the_table_is_aligned_and_as_wide_as_the_terminal() -> None:
    lines = copydesk("names", columns=200).stdout.splitlines()
    assert lines[0].split() == ["name", "mentions", "articles", "first", "seen", "last", "seen", "sources"]
    assert lines[1].split() == ["Hull", "5", "5", "2024-01-02", "2024-03-05", "post", "3,", "herald", "2"]
    assert len({line.index(n) for line, n in zip(lines, ("sources", "post"), strict=False)}) == 1
    narrow = copydesk("names", columns=76).stdout.splitlines()
    assert narrow[1].endswith("post 3, +1")
    assert max(map(len, narrow)) <= 76


def test_nothing_in_a_source_reaches_the_terminal() -> None:
    write("bad.json", json.dumps({"source": "::error::\x1b[2J\u202e", "text": "Hull saw Agneta Lindqvist today."}))
    for name in ("text", "json", "csv", "toml"):
        out = names("--format", name, "bad.json")
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_csv_has_a_name_a_line() -> None:
    found = {row["form"]: row for row in csv.DictReader(io.StringIO(names("--format", "csv")))}
    assert found["Hull"]["sources"] == "herald=2;post=3"
    assert found["Hull"]["mentions"] == "5"


def test_toml_is_a_style_file_of_what_is_clear() -> None:
    done = copydesk("names", "--format", "toml")
    assert tomllib.loads(done.stdout) == {
        "styles": [
            {
                "preferred": "Arkady Brodsky",
                "rejected": ["Arkady Brodskiy"],
                "note": "Brodsky 4 in 3 articles, Brodskiy 2 in 1 article",
            }
        ]
    }
    assert "1 pair has no clear majority" in done.stderr
    write("names.toml", done.stdout)
    write("copydesk.toml", 'extends = ["names.toml"]\nselect = ["names/style"]\n')
    assert copydesk("fix", ".").returncode == 0
    assert "Arkady Brodsky in Hull" in Path("post/four.txt").read_text()


def test_forms_of_one_name_are_one_entry() -> None:
    for number in range(4):
        write(f"desk/{number}.txt", "The rest of the talks with Moammar Gadhafi was held in Hull.\n")
    write("desk/q.txt", "The rest of the talks with Qaddafi was held in Hull.\n")
    write("desk/g.txt", "The rest of the talks with Gaddafi was held in Hull.\n")
    [entry] = tomllib.loads(names("--format", "toml", "desk"))["styles"]
    assert (entry["preferred"], set(entry["rejected"])) == ("Gadhafi", {"Qaddafi", "Gaddafi"})


def test_a_given_name_alone_makes_no_entry() -> None:
    for number in range(4):
        write(f"desk/{number}.txt", "The rest of the day was about the trial of José in Hull.\n")
    write("desk/last.txt", "The rest of the day was about the trial of Jose in Hull.\n")
    assert names("--format", "toml", "desk") == ""
    assert "others may bear" in names("--review", "desk", stdin="1\n")
    assert not Path("copydesk-names.toml").exists()


def test_review_writes_the_answers_as_a_style_file() -> None:
    out = names("--review", stdin="maybe\n1\nd\n")
    assert "1 of 2: both follow “Arkady”" in out
    assert "2  Brodskiy  (2 in 1 article)" in out
    assert "post/four.txt:1: On Tuesday the paper met Arkady Brodskiy in Hull." in out
    assert 'extends = ["copydesk-names.toml"]' in out
    first, second = style_file(Path("copydesk-names.toml"))
    assert (first.preferred, first.rejected) == ("Arkady Brodsky", ("Arkady Brodskiy",))
    assert {second.preferred, *second.distinct} == {"Ibáñez", "Ibanez"}
    assert second.rejected == ()


def test_decided_pairs_are_not_asked_again_and_not_found_again() -> None:
    write("copydesk.toml", 'extends = ["styles.toml"]\nselect = ["names/spelling"]\n')
    write("styles.toml", "")
    assert len(findings()) == 3
    assert "to use it" not in names("--review", "--output", "styles.toml", stdin="s\nd\n")
    assert len(findings()) == 2
    assert "1 of 1: both follow “Arkady”" in names("--review", "--output", "styles.toml", stdin="2\n")
    assert names("--review", "--output", "styles.toml") == "no doubtful pairs\n"
    assert style_file(Path("styles.toml"))[1].preferred == "Arkady Brodskiy"
    assert all("write “Brodskiy”" in json.loads(f)["message"] for f in findings())


def findings() -> list[str]:
    return copydesk("check", "--output-format", "jsonl", ".").stdout.splitlines()


@pytest.mark.parametrize("answers", ["", "q\n", "s\ns\n", "s\nwhat\n"])
def test_nothing_is_written_where_nothing_was_decided(answers: str) -> None:
    assert "nothing was written" in names("--review", stdin=answers)
    assert not Path("copydesk-names.toml").exists()
    write("copydesk-names.toml", "# ours")
    names("--review", stdin=answers)
    assert Path("copydesk-names.toml").read_bytes() == b"# ours"


@pytest.mark.parametrize(
    "old",
    [
        "",
        "# our names\r\n\r\n[[styles]]\r\npreferred = 'Kyiv' # so\r\nrejected = [ 'Kiev', ]\r\n",
        "[[styles]]\npreferred = 'Kyiv'\nrejected = ['Kiev']\n# no line end",
    ],
)
def test_what_stands_in_the_style_file_stays(old: str) -> None:
    write("copydesk-names.toml", old)
    before = len(style_file(Path("copydesk-names.toml")))
    names("--review", stdin="1\n1\n")
    data = Path("copydesk-names.toml").read_bytes()
    assert data.startswith(old.encode())
    assert data.count(b"\n") == data.count(b"\r\n") * (2 if "\r\n" not in old else 1) or b"\r" not in data
    assert len(style_file(Path("copydesk-names.toml"))) == before + 2


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("styles = [{ preferred = 'Kyiv', rejected = ['Kiev'] }]\n", "takes no [[styles]]"),
        ("select = ['names']\n", "unknown key 'select'"),
        ("[[styles\n", "copydesk-names.toml"),
    ],
)
def test_a_file_that_takes_no_entries_is_left_alone(old: str, said: str) -> None:
    write("copydesk-names.toml", old)
    done = copydesk("names", "--review", stdin="1\n1\n")
    assert done.returncode == 2
    assert said in done.stderr
    assert Path("copydesk-names.toml").read_text() == old


def test_the_index_gives_the_same_names() -> None:
    plain = rows()
    assert copydesk("index", "build").returncode == 0
    assert rows() == plain
    assert rows("--no-index") == plain
    assert rows("--index", "post") == rows("post")
    assert names("--review", stdin="1\nq\n").count("\n") > 5


def test_what_cannot_be_read_is_told() -> None:
    write("cut.json", '{"text": "It was')
    done = copydesk("names", "--format", "json")
    assert done.returncode == 2
    assert "cut.json" in done.stderr
    assert "Hull" in done.stdout
    assert copydesk("names", "nowhere").returncode == 2


def test_a_pack_without_names_is_an_error_of_usage() -> None:
    packs = str(Path(__file__).parent / "packs")
    write("copydesk.toml", 'packs = ["trial_rules"]\n')
    done = subprocess.run(
        [sys.executable, "-m", "copydesk", "names"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": packs},
        check=False,
    )
    assert done.returncode == 2
    assert "no names are kept" in done.stderr
