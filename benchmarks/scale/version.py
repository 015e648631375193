"""A new version of the app: this tree in another folder, with one browser file changed."""

import shutil
from pathlib import Path

from benchmarks.server import ROOT

PARTS = (".streamlit", "app.py", "bn_core", "pages", "ui")
CHANGED = Path("ui", "browser", "live.js")


def new_version(folder: Path) -> Path:
    """Copy it there. The address of every file of ours that a browser loads is another in it."""
    tree = folder / "new_version"
    for part in PARTS:
        if (ROOT / part).is_dir():
            leave = shutil.ignore_patterns("__pycache__", "*.test.js")
            shutil.copytree(ROOT / part, tree / part, ignore=leave)
        else:
            shutil.copy2(ROOT / part, tree / part)
    with (tree / CHANGED).open("a", encoding="utf-8") as file:
        file.write("// A new version.\n")
    return tree
