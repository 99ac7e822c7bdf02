"""``copydesk init``."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk import __version__
from copydesk.configfile import FILE

_CONFIG = """\
# Configuration of copydesk, the linter for news copy.
# Every key is optional; `copydesk config` shows what is in force, `copydesk rule` what the rules are.

# select = ["characters", "names/spelling"]   # run these only (default: all that are on by default)
# ignore = ["figures"]
# extend-exclude = ["drafts/**"]
# fail-on = "warning"                         # let findings of severity "info" pass

# [severity]
# "copies/shared-passage" = "info"

# [per-file-ignores]
# "archive/**" = ["names"]

# [encodings]
# "archive/1998/**" = "cp1252"

# [[styles]]
# preferred = "Zelenskyy"
# rejected = ["Zelensky", "Zelenskiy"]
# note = "as he spells it himself"
"""
_HOOKS = """\
To check every commit, add this to .pre-commit-config.yaml:

  - repo: URL-OF-COPYDESK
    rev: v{version}
    hooks:
      - id: copydesk-fix
      - id: copydesk
"""


@click.command()
def init() -> None:
    """Write a commented copydesk.toml here, and show the hooks to use it with."""
    path = Path(FILE)
    if path.exists():
        raise click.ClickException(f"{FILE} exists; it was left as it is")
    path.write_text(_CONFIG, encoding="utf-8")
    click.echo(f"wrote {FILE}\n\n{_HOOKS.format(version=__version__)}", nl=False)
