"""BN beside LN: what shares a mean, one example alone, padding, invariances."""

from dataclasses import dataclass

import numpy as np

from bn_core.comparison.both_norms import compare_norms
from bn_core.comparison.groups import Grouped, Norm, groups_that_fit, normalize_groups
from bn_core.comparison.invariances import CHANGES, HOLDS, NORMS, measure_invariances
from bn_core.comparison.padding import Padded, compare_padding, real_tokens, spread_lengths
from bn_core.sampling import draw
from bn_core.theory.padding import padded_mean, padded_std
from bn_core.types import Array, Indices
from ui.plot.style import Figure
from ui.settings.controls import Choice, Slider, setting
from ui.settings.shared import Settings
from ui.views.batch_vs_layer import both_norms_text, padding_text
from ui.views.batch_vs_layer import text as say
from ui.views.batch_vs_layer.both_norms import both_norms
from ui.views.batch_vs_layer.invariances import invariances, output_pair
from ui.views.batch_vs_layer.invariances_text import pair_note, why
from ui.views.batch_vs_layer.padding import padded_outputs, padding
from ui.views.batch_vs_layer.shared_groups import shared_groups
from ui.views.view import Shown, View

MOST_ROWS, MOST_EXAMPLES, MOST_POSITIONS = 8, 6, 4
"""What the picture of the matrix has room for."""

LONGEST, MOST_SEQUENCES, MOST_TOKEN_FEATURES = 16, 16, 32
UNITS, INPUTS = 12, 16
"""The linear layer whose invariances are measured."""

EACH = "position"
_NORMS: tuple[Norm, ...] = ("batch", "layer", "rms", "group", "instance")


@dataclass(frozen=True)
class CompareSettings(Settings):
    over: str = setting(
        "batch",
        Choice(
            "Norm in the picture",
            _NORMS,
            "Batch: each feature over the batch. Layer: each example over its features. RMS: as "
            "layer, but no mean is subtracted. Group: each example over a few of its features. "
            "Instance: each feature of each example by itself.",
        ),
    )
    positions: int = setting(
        2,
        Slider(
            "Positions",
            1,
            MOST_POSITIONS,
            1,
            "Places in each example that have the same features: pixels, time steps or tokens.",
        ),
    )
    layer_over: str = setting(
        EACH,
        Choice(
            "Layer norm for each",
            (EACH, "example"),
            "Position: over its features, as in transformers. Example: over features and "
            "positions together. RMSNorm does the same.",
        ),
    )
    groups: int = setting(
        2,
        Slider(
            "Groups",
            1,
            MOST_ROWS,
            1,
            "Group norm splits the features into so many groups, or fewer where that many do not "
            "divide them.",
        ),
    )
    entry_row: int = setting(3, Slider("Row of the entry", 1, MOST_ROWS, 1, "Its feature."))
    entry_column: int = setting(
        4,
        Slider(
            "Column of the entry",
            1,
            MOST_EXAMPLES * MOST_POSITIONS,
            1,
            "Its example, and its position in it.",
        ),
    )
    shortest: int = setting(
        4,
        Slider(
            "Shortest sequence",
            1,
            LONGEST,
            1,
            f"In tokens. The longest has {LONGEST}, the others are spread evenly between.",
        ),
    )
    invariant_norm: str = setting("LN", Choice("Norm of the output", NORMS))
    invariant_change: str = setting(
        "one sample rescaled",
        Choice(
            "Change before the norm",
            CHANGES,
            "Rescaled: times 3. Recentred: one vector is added to every weight vector, or to every "
            "sample.",
        ),
    )


def show(s: CompareSettings) -> Shown:
    batch = draw(s.shape, (s.features, s.batch), s.mean, s.std, s.seed)
    whole = compare_norms(batch, eps=s.eps, momentum=s.momentum, gamma=s.gamma, beta=s.beta)
    alone = compare_norms(batch[:, :1], eps=s.eps, momentum=s.momentum, gamma=s.gamma, beta=s.beta)
    padded = _padded(s)
    x, grouped = _groups(s)
    outputs = [g.output for g in grouped.values()]
    outputs += [whole.batch_norm, whole.layer_norm, padded.batch_with, padded.layer_without]
    sizes = say.Sizes(s.features, s.batch, s.positions, s.layer_over == EACH)
    return {
        "answer": say.answer(sizes),
        **_picture(s, x, grouped),
        "fig_before_after": both_norms(whole, alone),
        "batch_of_one": both_norms_text.batch_of_one(whole, alone, s.gamma, s.beta, s.positions),
        "fig_padding": _padding_figure(s, padded),
        "fig_padded_outputs": padded_outputs(padded),
        "padding_note": padding_text.padding_note(padded, min(s.batch, MOST_SEQUENCES)),
        **_invariances(s),
        "compare_table": both_norms_text.compare_table(whole, alone, s.momentum, padded),
        "special": say.special(
            s.features,
            s.std,
            s.gamma,
            s.beta,
            undefined=not all(np.isfinite(output).all() for output in outputs),
        ),
    }


def _groups(s: CompareSettings) -> tuple[Array, dict[Norm, Grouped]]:
    """What the picture has of the batch, (features, examples, positions), under every norm."""
    rows, examples = min(s.features, MOST_ROWS), min(s.batch, MOST_EXAMPLES)
    x = draw(s.shape, (rows, examples * s.positions), s.mean, s.std, s.seed)
    # A norm of each position takes a position for an example of its own.
    flat, x = x[:, :, None], x.reshape(rows, examples, s.positions)
    each = ("layer", "rms") if s.layer_over == EACH else ()
    n_groups = groups_that_fit(rows, s.groups)
    return x, {
        norm: normalize_groups(flat if norm in each else x, norm, s.eps, n_groups)
        for norm in _NORMS
    }


def _picture(s: CompareSettings, x: Array, grouped: dict[Norm, Grouped]) -> Shown:
    rows, examples, positions = x.shape
    entry = min(s.entry_row, rows) - 1, min(s.entry_column, examples * positions) - 1
    over = next(norm for norm in _NORMS if norm == s.over)
    title = f"The numbers after {say.NAMES[over].lower() if over != 'rms' else say.NAMES[over]}"
    n_groups = groups_that_fit(rows, s.groups)
    return {
        "fig_axes": shared_groups(x, grouped[over], entry, s.std, title),
        "groups_table": say.groups_table(grouped, entry, n_groups, s.eps),
    }


def _lengths(s: CompareSettings) -> Indices:
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
        padded_mean(mean, shares),
        padded_std(mean, std, shares),
    )


def _invariances(s: CompareSettings) -> Shown:
    rng = np.random.default_rng((s.seed, 3))
    weights = rng.standard_normal((UNITS, INPUTS)) / np.sqrt(INPUTS)
    data = draw(s.shape, (INPUTS, s.batch), s.mean, s.std, s.seed)
    measured = measure_invariances(weights, data, s.eps, rng)
    cell = NORMS.index(s.invariant_norm), CHANGES.index(s.invariant_change)
    norm, change = s.invariant_norm, s.invariant_change
    moves, holds = bool(measured.moves[cell]), bool(HOLDS[cell])
    reason = why(norm, change, moves=moves, holds=holds, batch=s.batch, mean=s.mean, std=s.std)
    return {
        "fig_invariances": invariances(NORMS, CHANGES, measured.difference, measured.moves, cell),
        "fig_pair": output_pair(measured.before[cell[0]], measured.after[cell], norm, change),
        "pair_note": pair_note(
            norm,
            change,
            float(measured.difference[cell]),
            moves=moves,
            holds=holds,
            reason=reason,
        ),
    }


VIEW = View(CompareSettings, show)
