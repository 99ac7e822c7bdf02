"""A format of a third party: one module, named in configuration."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from trial_formats.story import articles

from copydesk.configfile import ConfigError
from copydesk.formats import format_of
from copydesk.formats.proof import prove, prove_removals
from copydesk.project import Overrides, Project
from copydesk.run import Run
from copydesk.settle import Settling, write_all

Write = Callable[[dict[str, str | bytes]], None]
STORY = "Ferry teh late\n---\n<p>She said teh &ldquo;ferry&rdquo;\n was late.</p><p>Two.</p><pre>teh</pre>"


def run(*paths: str) -> Run:
    made = Run(Project(Overrides(select=("trial/typo",))), jobs=1)
    made.check(paths)
    return made


def test_the_module_that_configuration_names_reads_and_its_files_are_found(write: Write) -> None:
    write({"copydesk.toml": 'packs = ["trial_rules"]\n[formats]\n".story" = "trial_formats.story"', "a.story": STORY})
    config = Project(Overrides()).config_of(Path.cwd())
    assert "*.story" in config.include
    assert "*.md" in config.include
    found = run("a.story")
    assert [f.start for f in found.report().findings] == [STORY.index("teh"), STORY.index("teh", 10)]
    write_all(found, Settling(found, True).settle())
    assert Path("a.story").read_text() == STORY.replace("teh", "the", 2)


def test_a_broken_record_is_an_error_with_its_line(write: Write) -> None:
    write({"copydesk.toml": 'packs = ["trial_rules"]\n[formats]\n".story" = "trial_formats.story"', "a.story": "x"})
    (error,) = run("a.story").report().errors
    assert (error.line, error.message) == (1, "has no line of dashes under its headline")


def test_a_suffix_may_be_given_one_of_our_formats(write: Write) -> None:
    write({"copydesk.toml": 'packs = ["trial_rules"]\n[formats]\n".txt" = "markdown"', "a.TXT": "`teh` teh"})
    assert [f.start for f in run("a.TXT").report().findings] == [6]


def test_the_longest_suffix_wins() -> None:
    own = {".html": "text", ".news.html": "markdown"}
    paths = ("a/B.News.HTML", "a/b.html", "a/b.md", "a/b.xyz", "a.html/b")
    assert [format_of(p, own) for p in paths] == ["markdown", "text", "markdown", "text", "text"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('".story" = "trial_formats.none"', "formats.\".story\": 'trial_formats.none' is neither a format (text"),
        ('".story" = "trial_formats.none"', "PYTHONPATH"),
        ('".story" = "markdwon"', "did you mean 'markdown'?"),
        ('".story" = "trial_formats.empty"', "has no function articles(file, fields)"),
        ('"story" = "html"', 'a suffix begins with a dot: "story" should be ".story"'),
        ('"*.story" = "html"', 'should be ".story"'),
        ('".story" = 3', "must be a string"),
        ('".story" = ""', "is neither a format"),
    ],
)
def test_a_wrong_format_is_told_with_file_key_and_remedy(write: Write, line: str, said: str) -> None:
    write({"copydesk.toml": f'packs = ["trial_rules"]\n[formats]\n{line}'})
    with pytest.raises(ConfigError) as e:
        Project(Overrides()).config_of(Path.cwd())
    assert "copydesk.toml: " in str(e.value)
    assert "formats." in str(e.value)
    assert said in str(e.value)


def test_the_proof_of_formats_serves_third_parties() -> None:
    assert prove("a.story", STORY.encode(), Random(1), 200, read=articles).made > 100
    assert prove_removals("a.story", STORY.encode(), read=articles).made >= 2


def test_a_file_that_is_no_utf_8_is_read_by_it_too(write: Write) -> None:
    write({
        "copydesk.toml": 'packs = ["trial_rules"]\n[encodings]\n"*.story" = "latin-1"\n'
        '[formats]\n".story" = "trial_formats.story"',
        "a.story": STORY.replace("Two", "Café").encode("latin-1"),
    })  # fmt: skip
    assert json.dumps([f.start for f in run("a.story").report().findings]) == "[6, 31]"
