"""From a table of a configuration file to a Config: every key, type and name in it is looked at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from copydesk import formats as file_formats
from copydesk import packs as rule_packs
from copydesk.config import INCLUDE, Config, CorpusConfig, expand
from copydesk.configfile import ConfigError, read_table
from copydesk.finding import SEVERITIES
from copydesk.formats import SUFFIXES, Fields, FormatError
from copydesk.options import OptionError, build, close_to, wrong_type
from copydesk.rule import Style
from copydesk.typed import Any, cast


def load(file: Path) -> Config:
    """The configuration in a file. Raises ConfigError, naming the file and the key."""
    try:
        return parse(read_table(file), file.parent, file)
    except (ConfigError, OptionError, rule_packs.PackError) as e:
        raise ConfigError(f"{file}: {e}") from None


def parse(table: Mapping[str, Any], root: Path, file: Path | None = None) -> Config:
    """A Config from a parsed table. Raises ConfigError or OptionError, naming the key."""
    known = {name.replace("_", "-"): name for name in Config._fields if name not in ("root", "file")}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"unknown key {key!r}{close_to(key, known)}")
        values[known[key]] = _READERS.get(key, _plain)(key, value)
    config = Config(root=root, file=file, **values)
    if "include" not in values:
        config = config._replace(include=(*INCLUDE, *(f"*{suffix}" for suffix in config.formats)))
    folder = file.parent if file else root
    inherited = [s for name in config.extends for s in style_file(folder / name)]
    config = config._replace(styles=(*inherited, *config.styles))
    check(config)
    return config


def check(config: Config) -> None:
    """Every name and option a configuration uses. Raises ConfigError or OptionError, naming the key."""
    ids = rule_packs.rule_ids(config.packs)
    if not ids:
        raise ConfigError("packs: no rules; to use those that come with copydesk, leave the key out")
    for key, selectors in (
        ("select", config.select),
        ("extend-select", config.extend_select),
        ("ignore", config.ignore),
    ):
        _keyed(key, lambda s=selectors: expand(s, ids))
    for pattern, selectors in config.per_file_ignores.items():
        _keyed(f"per-file-ignores.{pattern}", lambda s=selectors: expand(s, ids))
    for name, level in config.severity.items():
        if name == "ALL":
            raise ConfigError("severity: name rules or families, not ALL")
        _keyed("severity", lambda n=name: expand((n,), ids))
        if level not in SEVERITIES:
            raise ConfigError(f"severity.{name}: {level!r} is not one of {', '.join(SEVERITIES)}")
    for name, codec in config.encodings.items():
        _keyed(f"encodings.{name}", lambda c=codec: _known_codec(c))
    for suffix, name in config.formats.items():
        _keyed(f'formats."{suffix}"', lambda s=suffix, n=name: _known_format(s, n))
    for rule_id, options in config.rules.items():
        if rule_id not in ids:
            raise ConfigError(f'rules."{rule_id}": no such rule{close_to(rule_id, ids)}')
        _keyed(
            f'rules."{rule_id}"',
            lambda i=rule_id, o=options: build(rule_packs.load(i, config.packs).options, o),
        )


def _keyed(key: str, run: Any) -> None:
    try:
        run()
    except (ConfigError, OptionError) as e:
        raise ConfigError(f"{key}: {e}") from None


def _known_format(suffix: str, name: str) -> None:
    if not suffix.startswith(".") or suffix == ".":
        raise ConfigError(f'a suffix begins with a dot: "{suffix}" should be ".{suffix.lstrip("*.")}"')
    try:
        file_formats.load(name)
    except FormatError as e:
        raise ConfigError(f"{e}{close_to(name, set(SUFFIXES.values()))}") from None


def _known_codec(name: str) -> None:
    try:
        "".encode(name)
    except (LookupError, ValueError):
        raise ConfigError(f"unknown encoding {name!r}") from None


def style_file(file: Path) -> tuple[Style, ...]:
    """The ``[[styles]]`` of a shareable style file. Raises ConfigError."""
    try:
        table = read_table(file)
    except ConfigError as e:
        raise ConfigError(f"extends: {file}: {e}") from None
    unknown = [k for k in table if k != "styles"]
    if unknown:
        raise ConfigError(f"extends: {file}: unknown key {unknown[0]!r}; a style file holds [[styles]] only")
    return _styles("styles", table.get("styles", []))


def _plain(key: str, value: Any) -> Any:
    kind = Config.__annotations__[key.replace("-", "_")]
    if kind == "tuple[str, ...]":
        return _strings(key, value)
    expected = int if kind == "int" else str
    if not isinstance(value, expected) or isinstance(value, bool):
        raise wrong_type(key, value, "a whole number" if expected is int else "a string")
    if isinstance(value, int) and value < 1:
        raise ConfigError(f"{key}: {value} is not more than 0")
    if key == "fail-on" and value not in SEVERITIES:
        raise ConfigError(f"fail-on: {value!r} is not one of {', '.join(SEVERITIES)}")
    return value


def _strings(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise wrong_type(key, value, "a list of strings")
    return tuple(value)


def _table(key: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise wrong_type(key, value, "a table")
    return value


def _string_table(key: str, value: Any) -> Mapping[str, str]:
    for k, v in _table(key, value).items():
        if not isinstance(v, str):
            raise wrong_type(f"{key}.{k}", v, "a string")
    return cast(Mapping[str, str], value)


def _ignores(key: str, value: Any) -> Mapping[str, tuple[str, ...]]:
    return {k: _strings(f"{key}.{k}", v) for k, v in _table(key, value).items()}


def _rules(key: str, value: Any) -> Mapping[str, Mapping[str, Any]]:
    return {k: _table(f'{key}."{k}"', v) for k, v in _table(key, value).items()}


def _styles(key: str, value: Any) -> tuple[Style, ...]:
    if not isinstance(value, list):
        raise wrong_type(key, value, "an array of tables, [[styles]]")
    out = []
    for number, entry in enumerate(value, 1):
        where = f"{key}[{number}]"
        try:
            out.append(_sound(cast(Style, build(Style, _table(where, entry)))))
        except OptionError as e:
            raise ConfigError(f"{where}: {e}") from None
    return tuple(out)


def _sound(style: Style) -> Style:
    """The entry, if it can be followed. Raises OptionError."""
    for key, forms in (("preferred", (style.preferred,)), ("rejected", style.rejected)):
        if not all(form.strip() for form in forms):
            raise OptionError(f"{key!r} has a blank form")
    if style.preferred in style.rejected:
        raise OptionError(f"{style.preferred!r} is both preferred and rejected")
    from datetime import date

    for key, day in (("since", style.since), ("until", style.until)):
        try:
            date.fromisoformat(day or "2000-01-01")
        except ValueError:
            raise OptionError(f"{key!r}: {day!r} is not a date like 2024-03-31") from None
    return style


_READERS: dict[str, Any] = {
    "severity": _string_table,
    "encodings": _string_table,
    "formats": _string_table,
    "per-file-ignores": _ignores,
    "rules": _rules,
    "styles": _styles,
    "corpus": lambda key, value: build(CorpusConfig, _table(key, value), key),
    "fields": lambda key, value: build(Fields, _table(key, value), key),
}
