"""Batch or layer: every number against plain numpy, every sentence at settings all over the place.

The data are the page's own draws; the norms are written here again, entry by entry.
"""

import re
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bn_core.sampling import draw
from tests.ui.truth.reading import holds, number, numbers, rows, value
from tests.ui.walk import assert_clean, show, texts, walk
from ui.settings.controls import controls
from ui.views.batch_vs_layer.view import CompareSettings
from ui.views.view import Shown

Numbers = NDArray[np.floating[Any]]
WALK = [
    *walk(CompareSettings, 60, seed=11),
    *walk(CompareSettings, 10, seed=12, std=0.0),
    *walk(CompareSettings, 10, seed=13, gamma=0.0),
    *walk(CompareSettings, 10, seed=14, features=1),
    *walk(CompareSettings, 10, seed=15, batch=1),
    *walk(CompareSettings, 10, seed=16, eps=0.0),
    *walk(CompareSettings, 10, seed=17, shape="rectified", features=2, eps=0.0),
]
CASES = pytest.mark.parametrize("s", [pytest.param(s, id=str(i)) for i, s in enumerate(WALK)])


def normalised(x: Numbers, eps: float, axis: int, centre: bool = True) -> Numbers:
    """Plain: minus the mean, over the root of the mean square and eps. Equal values: exactly 0."""
    same = np.all(x == np.take(x, [0], axis), axis=axis, keepdims=True)
    mean = x.mean(axis=axis, keepdims=True) if centre else np.zeros(1)
    moved = np.where(same & centre, 0.0, x - mean)
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled: Numbers = moved / np.sqrt((moved**2).mean(axis=axis, keepdims=True) + eps)
    return scaled


def close(found: float, expected: float, digits: int = 3) -> bool:
    """Whether `found` is `expected` as written with so many digits; both may be no number."""
    if np.isnan(expected):
        return bool(np.isnan(found))
    return bool(abs(found - expected) <= 0.6 * 10.0 ** (1 - digits) * abs(expected) + 2e-9)


def text(shown: Shown, name: str) -> str:
    part = shown[name]
    return part if isinstance(part, str) else str(part["alt"])


def batch_of(s: CompareSettings) -> Numbers:
    return draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed)


@CASES
def test_no_text_holds_what_is_no_word(s: CompareSettings) -> None:
    assert_clean(show("batch_vs_layer", s))


@CASES
def test_the_answer_counts_what_shares_a_mean(s: CompareSettings) -> None:
    answer = re.sub("<.*?>", "", text(show("batch_vs_layer", s), "answer"))
    over_batch, over_layer = s.batch * s.positions, s.features
    if s.layer_over == "example":
        over_layer *= s.positions
    unit = "example" if s.positions == 1 else "entr"
    assert re.search(rf"feature, over (the )?{over_batch} {unit}", answer)
    unit = "feature" if over_layer == s.features else "entr"
    assert re.search(rf"example, over (its )?{over_layer} {unit}", answer)


def group(s: CompareSettings, norm: str, x: Numbers, row: int, column: int) -> Any:
    """The entries that share statistics with one, sliced out by hand. x: (features, B, P)."""
    features, _, positions = x.shape
    example, position = divmod(column, positions)
    one = s.layer_over == "position"
    if norm == "Batch norm":
        return x[row]
    if norm == "Instance norm":
        return x[row, example]
    if norm.startswith("Group norm"):
        fits = max(d for d in range(1, s.groups + 1) if features % d == 0)
        assert norm == f"Group norm ({fits})"
        size = features // fits
        start = row // size * size
        return x[start : start + size, example]
    return x[:, example, position] if one else x[:, example]


@CASES
def test_the_chosen_entry_is_normalised_with_what_is_outlined(s: CompareSettings) -> None:
    shown = show("batch_vs_layer", s)
    n_rows, n_examples = min(s.features, 8), min(s.batch, 6)
    x = draw(s.shape, (n_rows, n_examples * s.positions), s.mean, s.std, s.seed)
    x = x.reshape(n_rows, n_examples, s.positions)
    row = min(s.entry_row, n_rows) - 1
    column = min(s.entry_column, n_examples * s.positions) - 1
    entry = x.reshape(n_rows, -1)[row, column]
    head, *body = rows(text(shown, "groups_table"))
    assert head[0] == f"feature {row + 1}, column {column + 1}"
    assert len(body) == 5
    for name, count, mean, std, after in body:
        shared = group(s, name, x, row, column).ravel()
        assert int(count) == shared.size, name
        centre = np.where(np.ptp(shared) == 0, shared[0], shared.mean())
        if name.startswith("RMSNorm"):
            assert mean == "none"
            centre = np.float64(0)
        else:
            assert close(value(mean), float(centre))
        variance = float(np.mean((shared - centre) ** 2))
        assert close(value(std), np.sqrt(variance)), name
        with np.errstate(invalid="ignore", divide="ignore"):
            assert close(value(after), float((entry - centre) / np.sqrt(variance + s.eps))), name
    n_groups = next(name for name, *_ in body if name.startswith("Group"))
    assert holds(text(shown, "groups_table"), "alone in its group") == any(
        row[1] == "1" for row in body
    ), n_groups
    outlined = text(shown, "fig_axes")
    over = {"batch": "Batch", "layer": "Layer", "rms": "RMS", "group": "Group"}
    chosen = next(r for r in body if r[0].startswith(over.get(s.over, "Instance")))
    counted = re.search(r"(\d+) entr", outlined)
    assert counted
    assert counted[1] == chosen[1]


@CASES
def test_a_batch_of_one_is_told_as_it_comes_out(s: CompareSettings) -> None:
    shown = show("batch_vs_layer", s)
    said, table = text(shown, "batch_of_one"), text(shown, "compare_table")
    x = batch_of(s)
    layer = s.gamma * normalised(x, s.eps, 0) + s.beta
    alone = s.gamma * normalised(x[:, :1], s.eps, 1) + s.beta
    works = next(row for row in rows(table) if row[0] == "Works with batch size 1")
    spread = float(layer[:, 0].std())
    kept = spread > 1e-9
    assert works[2].startswith("yes") == kept
    assert holds(said, "Layer norm gives it the same output") == kept
    if kept:
        assert close(number(works[2], "std #"), spread)
        assert close(number(said, "with std #"), spread)
    assert not works[1].startswith("yes")
    # "Lost" is said of batch norm alone only where layer norm keeps something.
    assert holds(said, "information is lost") <= (kept and bool(np.isfinite(alone).all()))
    assert holds(said, "0/0") == bool(np.isnan(alone).any())
    if holds(said, "outputs are all #".replace("#", "")):
        assert close(number(said, "outputs are all #"), s.beta)
    elsewhere = holds(said, f"{s.positions} positions")
    assert elsewhere == (s.positions > 1 and kept)


@CASES
def test_the_spreads_of_the_means_are_those_of_the_outputs(s: CompareSettings) -> None:
    table = text(show("batch_vs_layer", s), "compare_table")
    x = batch_of(s)
    cells = next(row for row in rows(table) if row[0] == "Normalises over")
    for cell, axis in zip(cells[1:], (1, 0), strict=True):
        output = s.gamma * normalised(x, s.eps, axis) + s.beta
        for things, count, over in (("features", s.features, 1), ("examples", s.batch, 0)):
            if count == 1:
                assert not holds(cell, f"{things}' means")
            elif np.isnan(output).any():
                assert holds(cell, "not a number")
            else:
                found = number(cell, f"{things}' means lie within # of each other")
                assert close(found, float(np.ptp(output.mean(axis=over))))


@CASES
def test_the_running_mean_is_one_step_from_zero(s: CompareSettings) -> None:
    table = text(show("batch_vs_layer", s), "compare_table")
    cells = next(row for row in rows(table) if row[0] == "Running statistics")
    momentum, running, mean = numbers(
        cells[1], "at momentum #, feature 1's running mean is # (batch mean #)"
    )
    x = batch_of(s)
    assert close(momentum, s.momentum)
    assert close(mean, float(x[0].mean()))
    assert close(running, s.momentum * float(x[0].mean()))


@CASES
def test_padding_moves_the_statistics_by_what_is_said(s: CompareSettings) -> None:
    shown = show("batch_vs_layer", s)
    n = min(s.batch, 16)
    lengths = np.rint(np.linspace(16, s.shortest, n)).astype(int)
    features = min(s.features, 32)
    tokens = draw(s.shape, (features, n * 16), s.mean, s.std, s.seed, stream=2)
    tokens = tokens.reshape(features, n, 16)
    real = np.arange(16) < lengths[:, None]
    share = 1 - real.mean()
    said, table = text(shown, "padding_note"), text(shown, "compare_table")
    if share == 0:
        assert holds(said, "nothing is padded") or holds(said, "needs no padding")
        assert not holds(said, "transformers")
        assert not holds(table, "padding its output")
        return
    padded = np.where(real, tokens, 0.0)
    kept = tokens[:, real]
    count, found = numbers(said, "In # sequences # % of the positions are padding")
    assert count == n
    assert abs(found - 100 * share) <= 0.51
    moved = numbers(said, "mean of feature 1 from # to # and its std from # to #")
    expected = (kept[0].mean(), padded[0].mean(), kept[0].std(), padded[0].std())
    assert all(close(a, float(b)) for a, b in zip(moved, expected, strict=True))
    flat = padded.reshape(features, -1)
    with_ = normalised(flat, s.eps, 1).reshape(padded.shape)[:, real]
    change = np.abs(with_ - normalised(kept, s.eps, 1)).max()
    assert close(number(said, "outputs of real tokens change by up to #"), float(change))
    layer = normalised(kept, s.eps, 0)
    says_why = holds(said, "transformers")
    assert says_why == bool(features > 1 and np.isfinite(layer).all() and np.ptp(layer) > 1e-9)
    if says_why:
        assert numbers(said, "its outputs change by #") == (0,)


def invariances(s: CompareSettings) -> tuple[Numbers, Numbers]:
    """Output before, (3, 12, B), and after the chosen change, by the norms written here."""
    rng = np.random.default_rng((s.seed, 3))
    w = rng.standard_normal((12, 16)) / 4
    x = draw(s.shape, (16, s.batch), s.mean, s.std, s.seed)
    row = w.std() * rng.standard_normal((1, 16))
    column = x.std() * rng.standard_normal((16, 1))
    column = np.where(np.ptp(x) == 0, 0.0, column)
    w_new, x_new = w.copy(), x.copy()
    match s.invariant_change:
        case "whole weight matrix rescaled":
            w_new = 3 * w
        case "whole weight matrix recentred":
            w_new = w + row
        case "one weight vector rescaled":
            w_new[0] *= 3
        case "data set rescaled":
            x_new = 3 * x
        case "data set recentred":
            x_new = x + column
        case "one sample rescaled":
            x_new[:, 0] *= 3
    found = []
    for weights, data in ((w, x), (w_new, x_new)):
        a = np.stack([weights @ data[:, i] for i in range(s.batch)], axis=1)
        found.append(
            np.stack(
                [normalised(a, s.eps, 1), normalised(a, s.eps, 0), normalised(a, s.eps, 0, False)]
            )
        )
    return found[0], found[1]


@CASES
def test_what_an_invariance_leaves_and_moves_is_what_was_measured(s: CompareSettings) -> None:
    shown = show("batch_vs_layer", s)
    row = ("BN", "LN", "RMSNorm").index(s.invariant_norm)
    before, after = (part[row] for part in invariances(s))
    change = float(np.abs(after - before).max())
    figure: Any = shown["fig_invariances"]
    column = figure["data"][0]["x"].index(s.invariant_change)
    word, measured = figure["data"][0]["text"][row][column].split("<br>")
    said = text(shown, "pair_note")
    if np.isnan(change):
        assert word == "0/0"
        assert holds(said, "not a number")
        return
    if s.std > 0:  # where all samples are equal rounding decides the last digits
        assert close(number(said, "the largest change is #"), change, 2)
    moves = change > 0.01 * float(np.sqrt(np.mean(before**2)))
    assert word == ("moves" if moves else "stays"), measured
    assert holds(said, "it moves") == moves
    assert holds(said, "it stays") == (not moves)
    theory_moves = holds(said, "changes the output at eps = 0")
    assert holds(said, "It is eps") == (moves and not theory_moves)
    if moves and not theory_moves:
        assert s.eps > 0
    if theory_moves and not moves:
        assert holds(said, "Here")


CHANGES: dict[str, tuple[Any, set[str], set[str]]] = {
    "batch": (4, {"answer", "fig_axes", "batch_of_one", "padding_note", "compare_table"}, set()),
    "mean": (-3.0, {"groups_table", "fig_before_after", "padding_note", "pair_note"}, {"answer"}),
    "std": (1.0, {"groups_table", "fig_before_after", "padding_note", "compare_table"}, {"answer"}),
    "momentum": (0.5, {"compare_table"}, {"answer", "groups_table", "batch_of_one"}),
    "eps": (10.0, {"groups_table", "batch_of_one", "pair_note", "compare_table"}, {"answer"}),
    "features": (5, {"answer", "groups_table", "batch_of_one", "compare_table"}, {"pair_note"}),
    "gamma": (-2.0, {"batch_of_one", "compare_table", "fig_before_after"}, {"groups_table"}),
    "beta": (2.0, {"batch_of_one", "fig_before_after"}, {"groups_table"}),
    "shape": ("skewed", {"groups_table", "fig_before_after", "padding_note"}, {"answer"}),
    "seed": (1, {"groups_table", "fig_before_after", "padding_note", "pair_note"}, {"answer"}),
    "over": ("layer", {"fig_axes"}, {"groups_table", "answer"}),
    "positions": (4, {"answer", "groups_table", "fig_axes", "batch_of_one"}, {"pair_note"}),
    "layer_over": ("example", {"answer", "groups_table"}, {"batch_of_one", "pair_note"}),
    "groups": (4, {"groups_table"}, {"answer", "pair_note"}),
    "entry_row": (1, {"groups_table", "fig_axes"}, {"answer"}),
    "entry_column": (1, {"groups_table", "fig_axes"}, {"answer"}),
    "shortest": (12, {"padding_note", "compare_table", "fig_padding"}, {"groups_table"}),
    "invariant_norm": ("BN", {"pair_note", "fig_invariances", "fig_pair"}, {"answer"}),
    "invariant_change": ("data set rescaled", {"pair_note", "fig_pair"}, {"answer"}),
}


def test_every_control_of_the_page_is_looked_at() -> None:
    assert CHANGES.keys() == controls(CompareSettings).keys() - {"norm"}


@pytest.mark.parametrize("name", CHANGES)
def test_a_control_moves_the_numbers_that_depend_on_it_and_no_others(name: str) -> None:
    changed, moving, staying = CHANGES[name]
    before = show("batch_vs_layer", CompareSettings())
    after = show("batch_vs_layer", CompareSettings(**{name: changed}))
    for part in moving:
        assert before[part] != after[part], f"{part} does not follow {name}"
    for part in staying:
        assert text(before, part) == text(after, part), f"{part} follows {name}"


def test_a_layer_norm_over_all_positions_is_another_than_one_over_each() -> None:
    figure = {
        over: show("batch_vs_layer", CompareSettings(over="layer", layer_over=over))["fig_axes"]
        for over in ("position", "example")
    }
    counts = [re.search(r"(\d+) entries outlined", str(f["alt"])) for f in figure.values()]  # type: ignore[index]
    assert [int(c[1]) for c in counts if c] == [8, 16]
    assert all(list(texts({"fig": f})) for f in figure.values())
