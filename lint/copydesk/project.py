"""Which configuration holds for which file, with the command line's overrides on top."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path

from copydesk.config import Config
from copydesk.configfile import ConfigError, find, laid_over, read_table
from copydesk.configtable import check, load, parse
from copydesk.frozen import Frozen, field
from copydesk.options import OptionError
from copydesk.packs import PackError
from copydesk.typed import Any, NamedTuple
from copydesk.work import Desk


class Overrides(NamedTuple):
    """What the command line says: it wins over every configuration file."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    isolated: bool = False
    config: tuple[str, ...] = ()
    """Configuration files (at most one) and ``KEY = VALUE`` settings, as given to ``--config``."""
    corpus: bool = True
    everywhere: bool = False
    """Whether rules run as they are: with default options, in files that ``per-file-ignores`` names, too."""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Overrides:
        """What the selection options say, by the keys of :mod:`copydesk.switches`."""
        return cls(
            select=_words(given["select"]),
            extend_select=_words(given["extend_select"]),
            ignore=_words(given["ignore"]),
            isolated=given["isolated"],
            config=tuple(given["config"]),
            corpus=not given.get("no_corpus"),
        )


def _words(values: Iterable[str]) -> tuple[str, ...]:
    """The comma-separated words of a repeated option."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


class Project(Frozen, eq=False):
    """Resolves configurations from files' folders, each read once."""

    overrides: Overrides = field(default_factory=Overrides)
    base: Path = field(default_factory=Path.cwd)
    make: Callable[[Config, bool], Desk] = Desk
    """Sets up the desk of a configuration."""
    _desks: dict[Path | None, Desk] = field(default_factory=dict)
    _folders: dict[Path, Path | None] = field(default_factory=dict)
    _named: dict[str, Desk] = field(default_factory=dict)
    """Desks by folders as files' paths name them."""

    @classmethod
    def of(cls, desk: Desk) -> Project:
        """A project in which one desk serves every file."""
        return cls(Overrides(isolated=True, corpus=desk.corpus), _desks={None: desk})

    def __getstate__(self) -> dict[str, Any]:
        # a worker loads rules by itself: modules and functions are not sent
        return {
            "overrides": self.overrides,
            "base": self.base,
            "make": Desk,
            "_desks": {},
            "_folders": {},
            "_named": {},
        }

    @cached_property
    def desk(self) -> Desk:
        """The desk of the working directory: it says what the corpus rules do and when a run fails."""
        return self.desk_for(self.base)

    def config_of(self, folder: Path) -> Config:
        """The configuration for files of a folder. Raises ConfigError."""
        return self.desk_for(folder).config

    def desk_of(self, path: str) -> Desk:
        """The desk for a file."""
        folder = os.path.dirname(path)  # noqa: PTH120 - twenty thousand a second
        if folder not in self._named:
            self._named[folder] = self.desk_for(self.base / folder)
        return self._named[folder]

    def desk_for(self, folder: Path) -> Desk:
        """The desk for files of a folder."""
        if folder not in self._folders:
            self._folders[folder] = self._file(folder)
        file = self._folders[folder]
        if file not in self._desks:
            self._desks[file] = self.make(self._config(file), self.overrides.corpus)
        return self._desks[file]

    def _file(self, folder: Path) -> Path | None:
        named = [c for c in self.overrides.config if _is_file(c)]
        if len(named) > 1:
            raise ConfigError("--config: only one configuration file can be given")
        if named:
            if not Path(named[0]).is_file():
                raise ConfigError(f"--config: {named[0]} is not a file")
            return Path(named[0]).absolute()
        return None if self.overrides.isolated else find(folder)

    def _config(self, file: Path | None) -> Config:
        config = load(file) if file else Config(root=self.base)
        said = self.overrides
        settings = [c for c in said.config if not _is_file(c)]
        table = read_table(file) if file and settings else {}
        for setting in settings:
            table = _with(table, setting)
            config = _parsed(table, setting, config)
        if file and any(map(_is_file, said.config)):
            config = config._replace(root=self.base)
        config = config._replace(
            select=said.select or config.select,
            extend_select=(*config.extend_select, *said.extend_select),
            # what the command line selects beats what a file ignores
            ignore=(*(i for i in config.ignore if not said.select), *said.ignore),
            per_file_ignores={} if said.everywhere else config.per_file_ignores,
            rules={} if said.everywhere else config.rules,
        )
        try:
            check(config)
        except OptionError as e:
            raise ConfigError(str(e)) from None
        return config


def _is_file(said: str) -> bool:
    """Whether what ``--config`` was given names a file, not a setting."""
    return "=" not in said or Path(said).is_file()


def _with(table: Mapping[str, Any], setting: str) -> Mapping[str, Any]:
    import tomllib

    try:
        return laid_over(table, tomllib.loads(setting))
    except ValueError as e:
        raise ConfigError(f"--config {setting!r}: {e}") from None


def _parsed(table: Mapping[str, Any], setting: str, before: Config) -> Config:
    """The configuration of a file's table with one more setting in it; what is wrong is the setting's."""
    try:
        return parse(table, before.root, before.file)
    except (OptionError, ConfigError, PackError) as e:
        raise ConfigError(f"--config {setting!r}: {e}") from None
