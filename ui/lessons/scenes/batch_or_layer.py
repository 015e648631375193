"""Batch norm against layer norm: who shares a mean with whom."""

import numpy as np

from bn_core.comparison.groups import Norm, group_labels
from ui.lessons.measure import (
    inputs,
    only,
    outputs,
    told,
)
from ui.lessons.scene import Options, Scene
from ui.text.numbers import counted
from ui.views.batch_vs_layer.view import (
    EACH,
    MOST_EXAMPLES,
    MOST_ROWS,
    CompareSettings,
)
from ui.views.lab.view import LabSettings


def _over(s: CompareSettings) -> Norm:
    norms: tuple[Norm, ...] = ("batch", "layer", "rms", "group", "instance")
    return next(norm for norm in norms if norm == s.over)


def _shared(s: CompareSettings) -> tuple[int, ...]:
    """Along features, examples and positions: with how many numbers the chosen entry shares."""
    rows, examples = min(s.features, MOST_ROWS), min(s.batch, MOST_EXAMPLES)
    each = s.over == "layer" and s.layer_over == EACH
    labels = group_labels(_over(s), (rows, examples * s.positions, 1)) if each else None
    if labels is None:
        labels = group_labels(_over(s), (rows, examples, s.positions))
    labels = labels.reshape(rows, examples, s.positions)
    mine = labels == labels[0, 0, 0]
    return tuple(int(mine.any(axis=other).sum()) for other in ((1, 2), (0, 2), (0, 1)))


def _partners(s: CompareSettings) -> int:
    features, examples, positions = (n > 1 for n in _shared(s))
    return only(
        examples and not features,
        features and not examples and positions,
        features and not examples and not positions,
        features and examples,
    )


def _explain_partners(s: CompareSettings) -> str:
    features, examples, positions = _shared(s)
    return (
        f"It shares its mean with {counted(features * examples * positions - 1, 'other number')}: "
        f"the group spans {counted(features, 'feature')}, {counted(examples, 'example')} and "
        f"{counted(positions, 'position')}. So no other example changes what layer norm puts out."
    )


SHARED_MEAN = Scene(
    name="shared_mean",
    page="batch_vs_layer",
    before="over=batch",
    after="over=layer",
    controls=(),
    parts=("fig_axes",),
    setup=(
        "Each example has 8 features at 2 positions, like the words of a sentence. With batch "
        "norm the dotted number shares its mean with its feature in all examples. Now layer norm "
        "takes over, as it is used in transformers."
    ),
    question="With which numbers does the dotted one share its mean now?",
    answer=Options(
        (
            "Its feature in all examples",
            "All features of its example, both positions",
            "All features of its example, its position",
            "All numbers of the batch",
        ),
        _partners,
    ),
    explain=_explain_partners,
)


def _one_example(s: LabSettings) -> int:
    now = outputs(s)
    zero = bool(np.all(now == 0))
    copied = bool(np.allclose(now, inputs(s)))
    standard = abs(float(now.mean())) < 0.01 and abs(float(now.std()) - 1) < 0.01
    return only(zero, copied, standard)


def _explain_one(s: LabSettings) -> str:
    now = outputs(s)[:, 0]
    return (
        f"Mean {told(round(float(now.mean()), 6) + 0.0)} and std {told(float(now.std()))} over its "
        f"{counted(s.features, 'feature')}: layer norm asks this one example alone, in training "
        "and in inference. Batch norm subtracted from each number itself."
    )


ONE_EXAMPLE = Scene(
    name="one_example",
    page="lab",
    before="batch=1",
    after="batch=1&norm=layer",
    controls=("mean", "features"),
    parts=("fig_before_after",),
    setup=(
        "A batch of one example with 64 features, in training. Batch norm puts out 0 for every "
        "feature, whatever the input. Now layer norm takes over."
    ),
    question="What does layer norm put out for this one example?",
    answer=Options(
        (
            "0 for every feature too",
            "Its input, unchanged",
            "Values with mean 0 and std 1",
        ),
        _one_example,
    ),
    explain=_explain_one,
    code="layer",
)
