"""BN beside LN: what shares a mean, one example alone, padding, invariances."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bn_core.groups import Norm, groups_that_fit, normalize_groups
from bn_core.invariances import CHANGES, HOLDS, NORMS, measure_invariances
from bn_core.padding import Padded, compare_padding, real_tokens, spread_lengths
from bn_core.sampling import draw
from bn_core.side_by_side import through_both
from bn_core.theory.padding import padded_mean, padded_std
from ui.controls import Choice, Slider, setting
from ui.figures.both_norms import both_norms
from ui.figures.invariances import invariances, output_pair
from ui.figures.padding import padded_outputs, padding
from ui.figures.shared_groups import shared_groups
from ui.figures.style import Figure
from ui.sentences import batch_vs_layer as say
from ui.settings import Settings
from ui.views import Shown, View

MOST_ROWS, MOST_EXAMPLES, MOST_POSITIONS = 8, 6, 4
"""What the picture of the matrix has room for."""

LONGEST, MOST_SEQUENCES, MOST_TOKEN_FEATURES = 16, 16, 32
UNITS, INPUTS = 12, 16
"""The linear layer whose invariances are measured."""

_NORMS: tuple[Norm, ...] = ("batch", "layer", "rms", "group", "instance")


@dataclass(frozen=True)
class CompareSettings(Settings):
    over: str = setting("batch", Choice("Norm in the picture", _NORMS))
    positions: int = setting(
        2, Slider("Positions", 1, MOST_POSITIONS, 1, "Pixels or time steps in each example.")
    )
    groups: int = setting(
        2,
        Slider("Groups", 1, MOST_ROWS, 1, "Of group norm; as many of them as divide the features."),
    )
    entry_row: int = setting(3, Slider("Row of the entry", 1, MOST_ROWS, 1))
    entry_column: int = setting(
        4, Slider("Column of the entry", 1, MOST_EXAMPLES * MOST_POSITIONS, 1)
    )
    shortest: int = setting(
        4,
        Slider(
            "Shortest sequence",
            1,
            LONGEST,
            1,
            f"The longest has {LONGEST} tokens, the rest between.",
        ),
    )
    invariant_norm: str = setting("LN", Choice("Norm", NORMS))
    invariant_change: str = setting("one sample rescaled", Choice("Change", CHANGES))


def show(s: CompareSettings) -> Shown:
    batch = draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed)
    whole = through_both(batch, s.eps, s.momentum, s.gamma, s.beta)
    alone = through_both(batch[:, :1], s.eps, s.momentum, s.gamma, s.beta)
    padded = _padded(s)
    return {
        "answer": say.answer(s.features, s.batch),
        **_groups(s),
        "fig_before_after": both_norms(whole, alone),
        "batch_of_one": say.batch_of_one(whole, alone),
        "fig_padding": _padding_figure(s, padded),
        "fig_padded_outputs": padded_outputs(padded),
        "padding_note": say.padding_note(padded),
        **_invariances(s),
        "compare_table": say.compare_table(whole, alone, s.momentum, padded),
        "special": say.special(s.features, s.batch, s.std, s.eps),
    }


def _groups(s: CompareSettings) -> Shown:
    rows, examples = min(s.features, MOST_ROWS), min(s.batch, MOST_EXAMPLES)
    x = draw(s.shape, (rows, examples * s.positions), s.mean, s.std, s.seed)
    x = x.reshape(rows, examples, s.positions)
    n_groups = groups_that_fit(rows, s.groups)
    grouped = {norm: normalize_groups(x, norm, s.eps, n_groups) for norm in _NORMS}
    entry = min(s.entry_row, rows) - 1, min(s.entry_column, examples * s.positions) - 1
    over = next(norm for norm in _NORMS if norm == s.over)
    title = f"After {say.NAMES[over].lower() if over != 'rms' else say.NAMES[over]}"
    return {
        "fig_axes": shared_groups(x, grouped[over], entry, s.std, title),
        "groups_table": say.groups_table(grouped, entry, n_groups),
    }


def _lengths(s: CompareSettings) -> NDArray[np.intp]:
    return spread_lengths(s.shortest, LONGEST, min(s.batch, MOST_SEQUENCES))


def _padded(s: CompareSettings) -> Padded:
    lengths = _lengths(s)
    features = min(s.features, MOST_TOKEN_FEATURES)
    tokens = draw(s.shape, (features, len(lengths) * LONGEST), s.mean, s.std, s.seed, stream=2)
    return compare_padding(tokens.reshape(features, len(lengths), LONGEST), lengths, s.eps)


def _padding_figure(s: CompareSettings, padded: Padded) -> Figure:
    shares = np.linspace(0.0, 0.95, 39)
    mean, std = float(padded.mean_without[0]), float(padded.std_without[0])
    return padding(
        real_tokens(_lengths(s), LONGEST),
        padded,
        shares,
        np.asarray(padded_mean(mean, shares)),
        padded_std(mean, std, shares),
    )


def _invariances(s: CompareSettings) -> Shown:
    rng = np.random.default_rng((s.seed, 3))
    weights = rng.standard_normal((UNITS, INPUTS)) / np.sqrt(INPUTS)
    data = draw(s.shape, (INPUTS, s.batch), s.mean, s.std, s.seed)
    measured = measure_invariances(weights, data, s.eps, rng)
    cell = NORMS.index(s.invariant_norm), CHANGES.index(s.invariant_change)
    norm, change, holds = s.invariant_norm, s.invariant_change, bool(HOLDS[cell])
    difference = float(measured.difference[cell])
    return {
        "fig_invariances": invariances(NORMS, CHANGES, measured.difference, HOLDS, cell),
        "fig_pair": output_pair(measured.before[cell[0]], measured.after[cell], norm, change),
        "pair_note": say.pair_note(norm, change, difference, holds, s.eps, s.batch),
    }


VIEW = View(CompareSettings, show)
