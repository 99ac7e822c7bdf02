"""Configuration: what it says, and what is said of a wrong one."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.config import Config
from copydesk.configfile import ConfigError, find
from copydesk.configtable import load
from copydesk.project import Overrides, Project

Write = Callable[[dict[str, str | bytes]], None]


def config(write: Write, text: str) -> Config:
    """A configuration of the trial rules."""
    write({"copydesk.toml": 'packs = ["trial_rules"]\n' + text})
    return load(Path("copydesk.toml").absolute())


def test_defaults_run_every_rule_that_is_on(write: Write) -> None:
    assert config(write, "").enabled() == ("trial/crash", "trial/swing", "trial/typo")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('select = ["trial/typo"]', ("trial/typo",)),
        ('select = ["trial"]', ("trial/crash", "trial/swing", "trial/typo")),
        ('select = ["trial", "trial/twins"]', ("trial/crash", "trial/swing", "trial/twins", "trial/typo")),
        ('select = ["ALL"]\nignore = ["trial/crash", "trial/swing"]', ("trial/twins", "trial/typo")),
        ('extend-select = ["trial/twins"]', ("trial/crash", "trial/swing", "trial/twins", "trial/typo")),
        ('select = ["trial/typo"]\nignore = ["trial"]', ("trial/typo",)),
        ('select = ["trial/typo"]\nignore = ["trial/typo"]', ()),
    ],
)
def test_selection(write: Write, text: str, ids: tuple[str, ...]) -> None:
    assert config(write, text).enabled() == ids


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('selct = ["trial"]', "unknown key 'selct'; did you mean 'select'?"),
        ('select = ["trial/tpyo"]', "select: unknown rule 'trial/tpyo'; did you mean 'trial/typo'?"),
        ('select = "trial"', "'select' must be a list of strings, not 'trial'"),
        ('fail-on = "fatal"', "fail-on: 'fatal' is not one of error, warning, info"),
        ('[severity]\n"trial/typo" = "bad"', "severity.trial/typo: 'bad' is not one of"),
        ('[severity]\n"trial/tip" = "error"', "severity: unknown rule 'trial/tip'"),
        ('[rules."trial/tpyo"]\nlimit = 1', "rules.\"trial/tpyo\": no such rule; did you mean 'trial/typo'?"),
        ('[rules."trial/typo"]\nlimits = 1', "unknown key 'limits'; did you mean 'limit'?"),
        ('[rules."trial/typo"]\nlimit = "1"', "'limit' must be a whole number, not '1'"),
        ('[rules."trial/typo"]\nstrict = 1', "'strict' must be true or false, not 1"),
        ('[rules."trial/typo"]\nkinds = [1]', "'kinds[0]' must be a string, not 1"),
        ('[encodings]\n"*.txt" = "latin-17"', "encodings.*.txt: unknown encoding 'latin-17'"),
        ('[per-file-ignores]\n"*.md" = ["nemes"]', "per-file-ignores.*.md: unknown rule 'nemes'"),
        ('[corpus]\nsorce = ["url"]', "unknown key 'corpus.sorce'; did you mean 'source'?"),
        ("[[styles]]\nrejected = []", "missing key 'preferred'"),
        ('[[styles]]\npreferred = "A"\nrejected = "B"', "'rejected' must be a list"),
        ("select = [", "copydesk.toml: is not TOML: "),
        ('[encodings]\n"*.txt" = "undefined"', "encodings.*.txt: unknown encoding 'undefined'"),
        ('[encodings]\n"*.txt" = "a\\u0000"', "encodings.*.txt: unknown encoding"),
        ('[severity]\nALL = "error"', "severity: name rules or families"),
        ('[corpus]\nsource = ["uri"]', "'corpus.source[0]': 'uri' is not one of metadata, url, folder"),
        ("max-file-size = 0", "max-file-size: 0 is not more than 0"),
        ('[[styles]]\npreferred = "A"\nrejected = [""]', "styles[1]: 'rejected' has a blank form"),
        ('[[styles]]\npreferred = "A"\nrejected = ["A"]', "styles[1]: 'A' is both preferred and rejected"),
        ('[[styles]]\npreferred = "A"\nrejected = ["B"]\nsince = "May"', "'May' is not a date like 2024-03-31"),
        ('extends = ["house.toml"]', "house.toml: cannot be read"),
    ],
)
def test_a_wrong_configuration_names_file_key_and_remedy(write: Write, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as e:
        config(write, text)
    assert said in str(e.value)
    assert "copydesk.toml" in str(e.value)


def test_an_unknown_pack_is_named(write: Write) -> None:
    write({"copydesk.toml": 'packs = ["no_such_rules"]'})
    with pytest.raises(ConfigError, match="'no_such_rules' is not installed"):
        load(Path("copydesk.toml").absolute())


def test_options_reach_the_rule(write: Write) -> None:
    got = config(write, '[rules."trial/typo"]\nwrong = "hte"\nkinds = ["a", "b"]').options_of("trial/typo")
    assert (got.wrong, got.right, got.kinds) == ("hte", "the", ("a", "b"))


def test_style_files_come_before_the_own_styles(write: Write) -> None:
    write({"house.toml": '[[styles]]\npreferred = "Kyiv"\nrejected = ["Kiev"]\nnote = "since 2019"'})
    got = config(write, 'extends = ["house.toml"]\n[[styles]]\npreferred = "Odesa"\nrejected = ["Odessa"]')
    assert [s.preferred for s in got.styles] == ["Kyiv", "Odesa"]
    assert got.styles[0].note == "since 2019"


def test_the_readme_shows_a_configuration_that_loads(desk_folder: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (desk_folder / "copydesk.toml").write_text(readme.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    got = load(desk_folder / "copydesk.toml")
    assert got.styles[0].preferred == "Zelenskyy"
    assert "figures/unattributed" not in got.enabled()


def test_the_nearest_file_upward_holds(write: Write, desk_folder: Path) -> None:
    write({"desk/world/a.txt": "", "desk/copydesk.toml": "", "pyproject.toml": "[tool.copydesk]\n"})
    assert find(desk_folder / "desk" / "world") == desk_folder / "desk" / "copydesk.toml"
    assert find(desk_folder) == desk_folder / "copydesk.toml"


def test_pyproject_holds_a_table_of_ours(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text('[project]\nname = "x"\n')
    assert find(tmp_path) != file
    other = tmp_path / "sub"
    other.mkdir()
    (other / "pyproject.toml").write_text('[tool.copydesk]\nfail-on = "error"\n')
    assert load(other / "pyproject.toml").fail_on == "error"


def test_each_folder_has_its_own_configuration(write: Write) -> None:
    write({"wire/copydesk.toml": 'packs = ["trial_rules"]\nignore = ["trial/typo"]'})
    project = Project()
    assert "trial/typo" in project.desk_of("a.txt").rules
    assert "trial/typo" not in project.desk_of("wire/a.txt").rules


def test_the_command_line_wins(write: Write) -> None:
    write({"copydesk.toml": 'packs = ["trial_rules"]\nignore = ["trial/typo"]\nfail-on = "error"'})
    project = Project(Overrides(select=("trial/typo",), config=('fail-on = "warning"',)))
    assert tuple(project.desk.rules) == ("trial/typo",)
    assert project.desk.config.fail_on == "warning"
    assert Project(Overrides(isolated=True)).desk.config.packs == ("copydesk_rules",)


def test_per_file_ignores_and_encodings_match_paths(write: Write, desk_folder: Path) -> None:
    got = config(write, '[per-file-ignores]\n"archive/**" = ["trial/typo"]\n[encodings]\n"archive/*.txt" = "cp1252"')
    assert got.ignored_in(desk_folder / "archive" / "1998" / "a.txt") == {"trial/typo"}
    assert got.ignored_in(desk_folder / "a.txt") == frozenset()
    assert got.encoding_of(desk_folder / "archive" / "a.txt") == "cp1252"
    assert got.encoding_of(desk_folder / "a.txt") is None


def test_no_rules_at_all_is_a_mistake(write: Write) -> None:
    write({"copydesk.toml": "packs = []"})
    with pytest.raises(ConfigError, match="packs: no rules"):
        load(Path("copydesk.toml").absolute())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tool = 3", None),
        ("tool = [", None),
        ("[tool.ruff]", None),
        ("[tool]\ncopydesk = 3", "'tool.copydesk' must be a table, not 3"),
        ("[tool.copydesk]\nselect = [", "pyproject.toml: is not TOML"),
        ('[tool.copydesk]\nselct = ["a"]', "unknown key 'selct'"),
    ],
)
def test_a_broken_pyproject_is_ours_only_if_it_names_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str | None
) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    found = find(tmp_path)
    assert (found is not None) == (said is not None)
    if found is not None:
        with pytest.raises(ConfigError, match=re.escape(said or "")):
            load(found)


def test_a_byte_order_mark_is_no_setting(write: Write, desk_folder: Path) -> None:
    write({"copydesk.toml": '\ufeffpacks = ["trial_rules"]\nfail-on = "error"'})
    assert load(desk_folder / "copydesk.toml").fail_on == "error"


def said(*settings: str) -> Config:
    """The configuration of the working directory with some ``--config``."""
    return Project(Overrides(config=settings)).desk.config


def test_a_setting_is_laid_over_the_file_key_by_key(write: Write) -> None:
    config(write, '[rules."trial/typo"]\nlimit = 5\nwrong = "hte"\n[corpus]\npaths = ["in"]')
    got = said('rules."trial/typo".limit = 7', 'corpus.source = ["url"]')
    assert got.rules == {"trial/typo": {"limit": 7, "wrong": "hte"}}
    assert (got.corpus.paths, got.corpus.source) == (("in",), ("url",))


def test_a_wrong_setting_is_named(write: Write) -> None:
    config(write, "")
    with pytest.raises(ConfigError, match=r"--config .*limits = 1.*did you mean 'limit'"):
        said('rules."trial/typo".limits = 1')


def test_patterns_of_a_named_file_hold_where_copydesk_runs(write: Write, desk_folder: Path) -> None:
    write({"house/desk=1.toml": 'packs = ["trial_rules"]\nextends = ["style.toml"]'})
    write({"house/style.toml": '[[styles]]\npreferred = "A"\nrejected = ["B"]'})
    got = said("house/desk=1.toml")
    assert got.root == desk_folder
    assert [s.preferred for s in got.styles] == ["A"]
