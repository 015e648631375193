"""What comes out of a norm when only a few numbers share their statistics."""

import math

import numpy as np

from bn_core.layers import BatchNorm1D
from bn_core.theory.output_distribution import output_bound
from bn_core.types import Array
from ui.lessons.measure import excess_kurtosis, nearest_factor, only, outputs, told
from ui.lessons.scene import Options, Scene
from ui.text.numbers import counted, percent
from ui.views.lab.view import LabSettings


def at_one(values: Array) -> float:
    """The share of values that lie within 0.01 of -1 or 1."""
    return float(np.mean(np.abs(np.abs(values) - 1) <= 0.01))


def _values(s: LabSettings) -> int:
    now = outputs(s)
    two, zero = at_one(now) > 0.95, bool(np.all(now == 0))
    narrow = float(now.std()) < 0.9
    return only(not two and not zero and narrow, two, not two and not narrow, zero)


def _explain_two(s: LabSettings) -> str:
    share = percent(at_one(outputs(s)))
    if s.batch == 2:
        return (
            f"{share} of the outputs lie within 0.01 of −1 or 1: two values lie equally far from "
            "their mean, on both sides, and that distance is their std. All that is left of the "
            "input is which of the two is larger."
        )
    return (
        f"In batches of {s.batch} {share} of the outputs lie within 0.01 of −1 or 1; in batches "
        "of 2 nearly all do, since two values are always one std away from their mean."
    )


TWO_VALUES = Scene(
    name="two_values",
    page="lab",
    before="batch=64",
    after="batch=2",
    controls=("batch",),
    parts=("fig_before_after",),
    setup=(
        "64 features in a batch of 64 examples: each comes out of batch norm as a bell. Now the "
        "batch has only 2 examples."
    ),
    question="Which outputs does batch norm give now?",
    answer=Options(
        ("A bell, but narrower", "Only −1 and 1", "A bell, as wide as before", "Only 0"), _values
    ),
    explain=_explain_two,
)


def _middle(s: LabSettings) -> float:
    """The share of outputs in the middle third of the range that they can have."""
    return float(np.mean(np.abs(outputs(s)) <= float(output_bound(s.batch)) / 3))


def _form(s: LabSettings) -> int:
    peaked = excess_kurtosis(outputs(s))
    narrow = float(outputs(s).std()) < 0.9
    bell, ends = peaked > -0.6, peaked < -1.4
    return only(bell and not narrow, bell and narrow, ends, not bell and not ends)


def _explain_form(s: LabSettings) -> str:
    if s.batch == 1:
        return "In a batch of 1 every output is 0."
    reach = told(float(output_bound(s.batch)))
    return (
        f"In a batch of {s.batch} no output is further than {reach} from 0, and the middle third "
        f"of that range holds {percent(_middle(s))} of the outputs (of a flat block 33 %). From "
        "inputs in the shape of a bell, four values make a flat block, many a bell again."
    )


FLAT = Scene(
    name="flat",
    page="lab",
    before="batch=64&features=256",
    after="batch=4&features=256",
    controls=("batch",),
    parts=("fig_before_after",),
    setup=(
        "The inputs have the shape of a bell, and so have the outputs in a batch of 64. Now the "
        "batch has 4 examples; the picture has the outputs of 256 features."
    ),
    question="What shape do the outputs have now?",
    answer=Options(
        ("A bell, as before", "A bell, but narrower", "Two peaks at its ends", "A flat block"),
        _form,
    ),
    explain=_explain_form,
)


_FAR = 1e6
_OUTLIER = (1e6, 1e3, 5.0, 2.0)


def _outlier(s: LabSettings) -> float:
    batch = np.zeros((1, s.batch))
    batch[0, -1] = _FAR
    return float(BatchNorm1D(1, s.eps).forward(batch)[0, -1])


def _explain_outlier(s: LabSettings) -> str:
    if s.batch == 1:
        return "Alone in its batch it is its own mean, and comes out as 0."
    furthest = float(np.abs(outputs(s)).max())
    return (
        f"It is {told(_outlier(s))}, the root of B − 1 at B = {s.batch}: the far value moves the "
        "mean, and widens the std even more. No output can be further from 0; in the picture the "
        f"furthest is at {told(furthest)}."
    )


OUTLIER = Scene(
    name="outlier",
    page="lab",
    before="batch=64&shape=heavy-tailed",
    after="batch=5&shape=heavy-tailed",
    controls=("batch",),
    parts=("fig_before_after",),
    setup=(
        "Inputs with rare, far values. The batch now has 5 examples. Think of the worst case: "
        "four values are 0, the fifth is a million."
    ),
    question="What is the fifth value after batch norm?",
    answer=Options(
        ("About 1,000,000", "About 1,000", "About 5", "About 2"),
        lambda s: nearest_factor(_OUTLIER, max(_outlier(s), math.ulp(1.0))),
    ),
    explain=_explain_outlier,
)


def _layer_values(s: LabSettings) -> int:
    now = outputs(s)
    two, zero = at_one(now) > 0.95, bool(np.all(now == 0))
    return only(two, not two and not zero, zero)


def _explain_layer(s: LabSettings) -> str:
    share = percent(at_one(outputs(s)))
    return (
        f"{share} of the outputs lie within 0.01 of −1 or 1: layer norm takes mean and std from "
        f"the {counted(s.features, 'feature')} of one example, and never looks at the batch. Its "
        "limit is set by the features: no output can be further from 0 than "
        f"{told(float(output_bound(s.features)))}."
    )


LAYER_NORM_OF_TWO = Scene(
    name="layer_norm_of_two",
    page="lab",
    before="batch=2",
    after="batch=2&norm=layer",
    controls=("batch", "features"),
    parts=("fig_before_after",),
    setup=(
        "The same batch of 2 examples with 64 features. Batch norm leaves only −1 and 1. Now "
        "layer norm takes over."
    ),
    question="Which outputs does layer norm give for this batch?",
    answer=Options(("Only −1 and 1 too", "Many different values", "Only 0"), _layer_values),
    explain=_explain_layer,
)
