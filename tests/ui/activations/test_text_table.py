"""Tables too long to be read at once: read in pieces, and faults told wherever they stand."""

import numpy as np
import pytest

from ui.activations.contents import BadFile
from ui.activations.text_table import table


def text(values: np.ndarray) -> list[str]:
    return [",".join(map(repr, row)) for row in values.tolist()]


@pytest.mark.parametrize("columns", [1, 2, 7, 25_000])
def test_a_long_table_is_read_whole(columns: int) -> None:
    rows = max(3, 50_011 // columns)
    values = np.random.default_rng().normal(0, 1, (rows, columns))
    assert np.array_equal(table("\n".join(text(values)).encode()), values)


@pytest.mark.parametrize("at", [10_000, 10_001, 19_999, 20_000, 25_003])
def test_a_fault_far_down_is_told_with_its_row(at: int) -> None:
    rows = text(np.random.default_rng().normal(0, 1, (25_003, 2)))
    longer = [*rows[: at - 1], "1,2,3", *rows[at:]]
    with pytest.raises(BadFile, match=f"row {at:,} has 3 columns where the first has 2"):
        table("\n".join(longer).encode())
    broken = [*rows[: at - 1], "1,x", *rows[at:]]
    with pytest.raises(BadFile, match=f'row {at:,}, column 2 holds "x"'):
        table("\n".join(broken).encode())


def test_all_rows_but_the_first_piece_longer_are_told_too() -> None:
    rows = ["1,2"] * 10_000 + ["1,2,3"] * 10_000
    with pytest.raises(BadFile, match="row 10,001 has 3 columns"):
        table("\n".join(rows).encode())
