"""The direction of imports: pages -> ui and bn_core, with no arrow back up."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    "bn_core": {"streamlit", "plotly", "ui", "pages", "app"},
    "ui/figures": {"streamlit", "pages", "app"},
    "ui": {"pages", "app"},
    "pages": {"plotly", "numpy", "app"},
}


def imported(source: str) -> Iterator[str]:
    """Top-level names of every absolute import, also within functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_direction(folder: str) -> None:
    wrong = {
        str(path.relative_to(ROOT)): names
        for path in sorted((ROOT / folder).rglob("*.py"))
        if (names := FORBIDDEN[folder] & set(imported(path.read_text(encoding="utf-8"))))
    }
    assert not wrong


def test_core_needs_numpy_and_the_standard_library_alone() -> None:
    for path in (ROOT / "bn_core").rglob("*.py"):
        if path.name.startswith("make_"):
            continue  # run by hand, where the source of the data is installed
        names = set(imported(path.read_text(encoding="utf-8")))
        assert names <= sys.stdlib_module_names | {"numpy", "bn_core"}, path


def test_the_reader_of_imports_finds_them() -> None:
    source = "import a.b, c\nfrom d.e import f\nfrom . import g\ndef h():\n    import i"
    assert set(imported(source)) == {"a", "c", "d", "i"}
