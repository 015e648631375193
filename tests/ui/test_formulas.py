"""Formulas as Markdown reads them: a `$$` that shares its line opens a fence that never closes."""

from pathlib import Path

import pytest

FORMULAS = sorted((Path(__file__).resolve().parents[2] / "ui").rglob("formulas.md"))


@pytest.mark.parametrize("path", FORMULAS, ids=lambda path: path.parent.name)
def test_the_signs_of_a_display_formula_stand_alone_and_in_pairs(path: Path) -> None:
    signs = [line for line in path.read_text(encoding="utf-8").splitlines() if "$$" in line]
    assert [line for line in signs if line != "$$"] == []
    assert len(signs) % 2 == 0
