"""The same example in training and in inference."""

import math

import numpy as np

from bn_core.layers import BatchNorm1D
from bn_core.sampling import draw
from bn_core.simulation.trained_unit import TrainedUnit, training_runs
from bn_core.simulation.unit_outputs import some_outputs
from bn_core.theory.batch_statistics import batch_var_mean
from bn_core.theory.fixed_sample import fixed_sample_moments
from bn_core.theory.inference_moments import inference_variance
from bn_core.types import Array
from ui.lessons.measure import only, told
from ui.lessons.scene import Options, Scale, Scene
from ui.lessons.scenes.few_examples import at_one
from ui.settings.shared import BATCH_SIZES
from ui.text.numbers import percent
from ui.views.train_vs_inference.view import DOTS, TrainInferenceSettings


def _outputs(s: TrainInferenceSettings) -> tuple[Array, Array]:
    """Training and inference outputs of the examples that the page draws, (DOTS,) each."""
    unit = TrainedUnit(
        shape=s.shape,
        seed=s.seed,
        mean=s.mean,
        std=s.std,
        eps=s.eps,
        steps=s.steps,
        momentum=s.momentum,
        unbiased=s.stored == "unbiased",
    )
    runs = training_runs(unit, BATCH_SIZES)
    return some_outputs(unit, BATCH_SIZES, runs, BATCH_SIZES.index(s.batch), DOTS)


def _many(s: TrainInferenceSettings) -> int:
    _, inference = _outputs(s)
    two, zero = at_one(inference) > 0.9, bool(np.all(inference == 0))
    return only(two, not two and not zero, zero)


def _explain_many(s: TrainInferenceSettings) -> str:
    training, inference = (percent(at_one(made)) for made in _outputs(s))
    return (
        f"In training {training} of the outputs lie within 0.01 of −1 or 1, in inference "
        f"{inference}: there an example is compared with the stored running mean and variance, "
        "whatever else is in its batch."
    )


INFERENCE_OF_TWO = Scene(
    name="inference_of_two",
    page="train_vs_inference",
    before="batch=32",
    after="batch=2",
    controls=("batch",),
    parts=("fig_gap",),
    setup=(
        "Each dot is one example: up its output in training, to the right its output in inference. "
        "Now batches have 2 examples, so that in training only −1 and 1 come out."
    ),
    question="Which outputs do the same examples have in inference?",
    answer=Options(("Only −1 and 1 too", "Many different values", "Only 0"), _many),
    explain=_explain_many,
)


def _wins(s: TrainInferenceSettings) -> float:
    """In how many percent of the batches of two the example comes out as 1."""
    mean, _ = fixed_sample_moments(s.sample, 2, 0.0)
    return 50 * (1 + float(mean))


def _explain_wins(s: TrainInferenceSettings) -> str:
    mean, _ = fixed_sample_moments(s.sample, 2, 0.0)
    return (
        f"In {told(_wins(s), 2)} %: it is 1 whenever the other example is smaller. On average its "
        f"output is {told(float(mean), 2)}; with the true mean and std it would be "
        f"{told(s.sample)} each time."
    )


SHARE_OF_ONES = Scene(
    name="share_of_ones",
    page="train_vs_inference",
    before="batch=32",
    after="batch=2",
    controls=("sample",),
    parts=("fig_same_sample",),
    setup=(
        "One example, 1 std above the mean, comes again and again in training. The batches had 32 "
        "examples; now it has one companion, drawn at random, and comes out as −1 or 1."
    ),
    question="In how many of the batches does it come out as 1?",
    answer=Scale(0.0, 100.0, 5.0, "%", _wins),
    explain=_explain_wins,
)


def _inference_std(s: TrainInferenceSettings) -> float:
    return math.sqrt(inference_variance(s.batch, s.momentum, unbiased=s.stored == "unbiased"))


def _explain_wide(s: TrainInferenceSettings) -> str:
    if s.batch == 1:
        return "Batches of 1 have variance 0, and the running variance goes to 0 with them."
    share = float(batch_var_mean(s.batch, unbiased=s.stored == "unbiased"))
    return (
        f"{told(_inference_std(s))}: with batches of {s.batch} the stored variance is on average "
        f"{percent(share)} of the true one, and dividing by its root alone gives "
        f"{told(1 / math.sqrt(share))}. The noise of the stored statistics adds the rest."
    )


WIDE_INFERENCE = Scene(
    name="wide_inference",
    page="train_vs_inference",
    before="batch=2&steps=500&stored=unbiased",
    after="batch=2&steps=500&stored=biased",
    controls=("batch",),
    parts=("fig_gap",),
    setup=(
        "Trained long with batches of 2. As in PyTorch, the stored variance was divided by B − 1, "
        "and the inference outputs have std 1.07. Now it is divided by B, as in Keras."
    ),
    question="What std do the inference outputs have now?",
    answer=Scale(0.0, 3.0, 0.1, "", _inference_std),
    explain=_explain_wide,
)


def _alone(s: TrainInferenceSettings) -> Array:
    """Outputs in training mode of examples that come one at a time."""
    layer = BatchNorm1D(1, s.eps)
    examples = draw(s.shape, (1, DOTS), s.mean, s.std, s.seed)
    return np.array([layer.forward(examples[:, [i]])[0, 0] for i in range(DOTS)])


def _forgotten(s: TrainInferenceSettings) -> int:
    now, (_, inference) = _alone(s), _outputs(s)
    near = bool(np.abs(now - inference).mean() < 0.2)
    two, zero = at_one(now) > 0.9, bool(np.all(now == 0))
    return only(near, two, zero, not near and not two and not zero)


def _explain_forgotten(s: TrainInferenceSettings) -> str:
    _, inference = _outputs(s)
    largest = float(np.abs(_alone(s)).max())
    return (
        f"The largest output is {told(largest)}: an example alone is its own "
        f"mean. In inference the outputs have std {told(float(inference.std()), 2)}. The layers "
        "above see the same for every example, and the network can only guess."
    )


EVAL_FORGOTTEN = Scene(
    name="eval_forgotten",
    page="train_vs_inference",
    before="case=ordinary",
    after="case=eval+forgotten",
    controls=("batch",),
    parts=("fig_gap",),
    setup=(
        "A trained network is used on examples that come one at a time. The call of eval() was "
        "forgotten, so that batch norm is still in training mode."
    ),
    question="What does batch norm put out?",
    answer=Options(
        ("Nearly what inference gives", "Either −1 or 1", "0 for every example", "Its input"),
        _forgotten,
    ),
    explain=_explain_forgotten,
)
