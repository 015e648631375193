"""The backward pass, and what it means for the training."""

import math

import numpy as np

from bn_core.comparison.invariances import CHANGES, FACTOR, measure_invariances
from bn_core.comparison.invariances import NORMS as INVARIANT_NORMS
from bn_core.gradients.parts import split_gradient
from bn_core.gradients.upstream import UPSTREAMS, upstream_gradient
from bn_core.gradients.weight_scale import rescale_weights
from bn_core.normalize import standardize
from bn_core.sampling import draw
from bn_core.theory.gradients import passing_share
from bn_core.training.summaries import largest_stable
from ui.lessons.measure import (
    measured,
    nearest,
    nearest_factor,
    only,
    told,
)
from ui.lessons.scene import Options, Scene
from ui.text.numbers import percent
from ui.training.settings import TrainingSettings
from ui.views.batch_vs_layer.view import (
    INPUTS,
    UNITS,
    CompareSettings,
)
from ui.views.gradients.view import GradientSettings


def _passes(s: GradientSettings) -> float:
    x = draw(s.shape, (s.features, s.batch), 0.0, s.std, s.seed)
    z, _ = standardize(x, -1, s.eps)
    upstream = next(kind for kind in UPSTREAMS if kind == s.upstream)
    g = upstream_gradient(upstream, z, np.random.default_rng((s.seed, 4)))
    return split_gradient(x, g, -1, s.eps).total_share


def _explain_ones(s: GradientSettings) -> str:
    share = percent(_passes(s))
    if s.upstream != "ones":
        return f"Of this gradient's squared length {share} pass."
    return (
        f"{share} of it passes: if all inputs of a feature rise together, the subtracted mean "
        "rises with them, and no output changes. For the same reason a bias before batch norm "
        "gets no gradient."
    )


BACKWARD = Scene(
    name="backward",
    page="gradients",
    before="upstream=random",
    after="upstream=ones",
    controls=("batch",),
    parts=("fig_gradients",),
    setup=(
        "The backward pass: of a random gradient most passes through batch norm. Now the gradient "
        "that comes in is 1 for every example of the batch of 32, as if all outputs should move "
        "alike."
    ),
    question="How much of its squared length passes back?",
    answer=Options(
        ("All of it", "About half", "About a thirtieth", "Nothing"),
        lambda s: nearest((1.0, 0.5, 1 / 30, 0.0), _passes(s)),
    ),
    explain=_explain_ones,
    code="bug_backward",
)


def _explain_share(s: GradientSettings) -> str:
    if s.batch == 1:
        return "In a batch of 1 the output is 0 whatever comes in, and no gradient passes."
    return (
        f"{percent(_passes(s))} here: two parts are taken away, the one along the mean and the "
        f"one along the output. They are 2 of the {s.batch} dimensions, so that on average "
        f"{percent(float(passing_share(s.batch)))} of a random gradient is left."
    )


GRADIENT_OF_TWO = Scene(
    name="gradient_of_two",
    page="gradients",
    before="batch=32",
    after="batch=2",
    controls=("batch",),
    parts=("fig_gradients",),
    setup=(
        "A random gradient comes back to batch norm in batches of 32 examples, and most of it "
        "passes. Now the batches have 2 examples."
    ),
    question="How much of the gradient's squared length passes now?",
    answer=Options(
        ("All of it", "About half", "About a tenth", "Nothing"),
        lambda s: nearest((1.0, 0.5, 0.1, 0.0), _passes(s)),
    ),
    explain=_explain_share,
)


def _tripled(s: CompareSettings) -> tuple[bool, float]:
    """Whether the output moves as all weights are tripled, and by what factor the gradient does."""
    rng = np.random.default_rng((s.seed, 3))
    weights = rng.standard_normal((UNITS, INPUTS)) / np.sqrt(INPUTS)
    data = draw(s.shape, (INPUTS, s.batch), s.mean, s.std, s.seed)
    found = measure_invariances(weights, data, s.eps, rng)
    cell = INVARIANT_NORMS.index("BN"), CHANGES.index("whole weight matrix rescaled")
    g = np.random.default_rng((s.seed, 6)).standard_normal((UNITS, s.batch))
    result = rescale_weights(weights, data, g, np.array([FACTOR]), s.eps)
    return bool(found.moves[cell]), float(result.relative[0])


def _tripled_case(s: CompareSettings) -> int:
    moves, factor = _tripled(s)
    larger, same, smaller = factor > 2, 0.9 < factor < 1.1, factor < 0.5
    return only(moves and larger, moves and same, not moves and same, not moves and smaller)


def _explain_tripled(s: CompareSettings) -> str:
    _, factor = _tripled(s)
    if math.isnan(factor):
        return "Here no gradient reaches the weights, so it has no size to compare."
    return (
        "Batch norm divides by a std that has tripled too, so the outputs do not change, while "
        f"the gradient at the weights becomes {told(factor)} times what it was. Weights that have "
        "grown take smaller steps, which is one reason why large learning rates do less harm."
    )


WEIGHTS_TRIPLED = Scene(
    name="weights_tripled",
    page="batch_vs_layer",
    before="invariant_norm=BN&invariant_change=whole+weight+matrix+recentred",
    after="invariant_norm=BN&invariant_change=whole+weight+matrix+rescaled",
    controls=(),
    parts=("fig_pair",),
    setup=(
        "The picture compares outputs before and after a change: dots on the diagonal have not "
        "moved. So far the same vector was added to all weight vectors before batch norm. Now all "
        "weights are tripled instead."
    ),
    question="What happens to the outputs of batch norm, and to the gradient at the weights?",
    answer=Options(
        (
            "The outputs change, the gradient triples",
            "The outputs change, the gradient stays",
            "The outputs stay, the gradient stays",
            "The outputs stay, the gradient is a third",
        ),
        _tripled_case,
    ),
    explain=_explain_tripled,
)


_RATES = (1.0, 2.0, 15.0, 100.0)


def _rates(s: TrainingSettings) -> tuple[float, float]:
    lines = measured(s).lines
    return largest_stable(lines["accuracy none"]), largest_stable(lines["accuracy batch"])


def _rate_gain(s: TrainingSettings) -> int:
    none, batch = _rates(s)
    return nearest_factor(_RATES, batch / none)


def _explain_rates(s: TrainingSettings) -> str:
    none, batch = _rates(s)
    return (
        f"Up to {told(batch)} with batch norm and up to {told(none)} without, so "
        f"{told(batch / none)} times: the rates tried are each twice the one before, and each "
        "number is the median of three networks. Bjorck et al. 2018 explain the gain of batch norm "
        "by such larger steps."
    )


LEARNING_RATES = Scene(
    name="learning_rates",
    page="training",
    before="experiment=learning+rates",
    after="experiment=learning+rates",
    controls=(),
    parts=("fig_learning_rates",),
    setup=(
        "Networks with 8 hidden layers are trained for 250 steps at one learning rate after the "
        "other. A rate is usable if 90 % of the unseen digits are then recognised."
    ),
    question="The largest usable rate with batch norm is how many times that without a norm?",
    answer=Options(("The same", "About 2 times", "About 15 times", "About 100 times"), _rate_gain),
    explain=_explain_rates,
)
