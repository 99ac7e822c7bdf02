"""Which configuration holds for which file, with the command line's overrides on top."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from copydesk.config import Config, ConfigError, check, find, load, parse
from copydesk.options import OptionError
from copydesk.work import Desk


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the command line says: it wins over every configuration file."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    isolated: bool = False
    config: tuple[str, ...] = ()
    """Configuration files (at most one) and ``KEY = VALUE`` settings, as given to ``--config``."""
    corpus: bool = True
    everywhere: bool = False
    """Whether rules also run where ``per-file-ignores`` switches them off."""


@dataclass(frozen=True)
class Project:
    """Resolves configurations from files' folders, each read once."""

    overrides: Overrides = field(default_factory=Overrides)
    base: Path = field(default_factory=Path.cwd)
    _desks: dict[Path | None, Desk] = field(default_factory=dict, repr=False, compare=False)
    _folders: dict[Path, Path | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, desk: Desk) -> Project:
        """A project in which one desk serves every file."""
        return cls(Overrides(isolated=True, corpus=desk.corpus), _desks={None: desk})

    def __getstate__(self) -> dict[str, Any]:
        # a worker loads rules by itself: modules and functions are not sent
        return {"overrides": self.overrides, "base": self.base, "_desks": {}, "_folders": {}}

    @cached_property
    def desk(self) -> Desk:
        """The desk of the working directory: it says what the corpus rules do and when a run fails."""
        return self.desk_for(self.base)

    def config_of(self, folder: Path) -> Config:
        """The configuration for files of a folder. Raises ConfigError."""
        return self.desk_for(folder).config

    def desk_of(self, path: str) -> Desk:
        """The desk for a file."""
        return self.desk_for((self.base / path).parent)

    def desk_for(self, folder: Path) -> Desk:
        """The desk for files of a folder."""
        if folder not in self._folders:
            self._folders[folder] = self._file(folder)
        file = self._folders[folder]
        if file not in self._desks:
            self._desks[file] = Desk(self._config(file), self.overrides.corpus)
        return self._desks[file]

    def _file(self, folder: Path) -> Path | None:
        named = [c for c in self.overrides.config if "=" not in c]
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
        for setting in (c for c in said.config if "=" in c):
            config = _with(config, setting)
        config = replace(
            config,
            select=said.select or config.select,
            extend_select=(*config.extend_select, *said.extend_select),
            # what the command line selects beats what a file ignores
            ignore=(*(i for i in config.ignore if not said.select), *said.ignore),
            per_file_ignores={} if said.everywhere else config.per_file_ignores,
        )
        try:
            check(config)
        except OptionError as e:
            raise ConfigError(str(e)) from None
        return config


def _with(config: Config, setting: str) -> Config:
    """A configuration with one inline ``KEY = VALUE`` setting laid over it."""
    try:
        table: Mapping[str, Any] = tomllib.loads(setting)
        return _laid_over(config, table)
    except (ValueError, OptionError, ConfigError) as e:
        raise ConfigError(f"--config {setting!r}: {e}") from None


def _laid_over(config: Config, table: Mapping[str, Any]) -> Config:
    said = parse(table, config.root, config.file)
    changed: dict[str, Any] = {}
    for key in table:
        name = key.replace("-", "_")
        new, old = getattr(said, name), getattr(config, name)
        changed[name] = {**old, **new} if isinstance(new, dict) else new
    return replace(config, **changed)
