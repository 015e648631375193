"""The running statistics: what momentum means, and what it costs."""

from bn_core.theory.running import memory
from bn_core.theory.time_scales import drift_lag, equivalent_window, half_life
from ui.lessons.measure import nearest, only, told
from ui.lessons.scene import Options, Scale, Scene
from ui.text.numbers import percent, steps
from ui.views.running_statistics.view import RunningSettings

_BEFORE = 0.1
_KERAS = 0.99
_CANDIDATES = (0.99, 0.9, 0.1, 0.01)


def _faster(s: RunningSettings) -> int:
    before, now = half_life(_BEFORE), half_life(s.momentum)
    return only(now > before, now == before, now < before)


def _explain_faster(s: RunningSettings) -> str:
    if s.momentum == 0:
        return "At momentum 0 no batch is taken in, and nothing of the start is forgotten."
    return (
        f"Half of the past is forgotten in {steps(half_life(s.momentum))}; at momentum 0.1 it "
        f"takes {steps(half_life(_BEFORE))}. In PyTorch momentum is the weight of the new batch: "
        f"{percent(1 - s.momentum)} of the past is left after each. In Keras it is the weight of "
        "the past."
    )


MOMENTUM_UP = Scene(
    name="momentum_up",
    page="running_statistics",
    before="momentum=0.1",
    after="momentum=0.9",
    controls=("momentum",),
    parts=("fig_running_mean",),
    setup=(
        "The running mean of a batch norm in PyTorch, with its default momentum of 0.1. Now the "
        "momentum is set to 0.9."
    ),
    question="How does the running mean treat what it has seen?",
    answer=Options(
        ("It remembers longer", "It remembers as long as before", "It forgets faster"), _faster
    ),
    explain=_explain_faster,
)


def _converted(_: RunningSettings) -> int:
    kept = [float(memory([1], momentum).start[0]) for momentum in _CANDIDATES]
    return nearest(kept, _KERAS)


def _explain_converted(s: RunningSettings) -> str:
    if s.momentum == 0:
        return "At momentum 0 no batch is taken in; Keras would call that a momentum of 1."
    return (
        "Keras's momentum is the weight of the past, PyTorch's that of the new batch: they add up "
        f"to 1. At PyTorch's {told(s.momentum)}, Keras's {told(1 - s.momentum)}, half of the start "
        f"is gone after {steps(half_life(s.momentum))}; at PyTorch's 0.99 one batch would replace "
        "nearly everything."
    )


FROM_KERAS = Scene(
    name="from_keras",
    page="running_statistics",
    before="momentum=0.1",
    after="momentum=0.01",
    controls=("momentum",),
    parts=("fig_running_mean",),
    setup=(
        "A model is moved from Keras, where batch norm has momentum 0.99, to PyTorch. The picture "
        "has PyTorch's default, 0.1."
    ),
    question="Which momentum in PyTorch does the same as 0.99 in Keras?",
    answer=Options(tuple(f"{m:g}" for m in _CANDIDATES), _converted),
    explain=_explain_converted,
    code="bug_momentum",
)


def _explain_window(s: RunningSettings) -> str:
    if s.momentum == 0:
        return "At momentum 0 nothing is taken in, so that nothing wanders."
    window = equivalent_window(s.momentum)
    return (
        f"Of {told(window)}, which is 2/momentum − 1: newer batches weigh more, but many old ones "
        f"still count a little. With batches of {s.batch} that is as steady as the mean of "
        f"{told(window * s.batch)} examples, and it stays that noisy for ever."
    )


WINDOW = Scene(
    name="window",
    page="running_statistics",
    before="momentum=0.5",
    after="momentum=0.1",
    controls=("momentum", "batch"),
    parts=("fig_running_mean",),
    setup=(
        "Batch norm keeps a running mean for inference. Once it has left its start, it goes on "
        "wandering inside the dashed lines. The momentum goes from 0.5 to 0.1: it becomes steadier."
    ),
    question="A plain average of how many batches would be as steady?",
    answer=Scale(0.0, 60.0, 1.0, "batches", lambda s: equivalent_window(s.momentum)),
    explain=_explain_window,
)


def _explain_lag(s: RunningSettings) -> str:
    if s.momentum == 0:
        return "At momentum 0 the estimate stays at its start, and the truth goes away from it."
    return (
        f"{told(abs(drift_lag(s.drift, s.momentum)))} behind: each batch makes up for "
        f"{percent(s.momentum)} of the distance, and the mean moves on by {told(abs(s.drift))}. "
        "While the weights still change, inference uses statistics of older weights."
    )


LAG = Scene(
    name="lag",
    page="running_statistics",
    before="drift=0",
    after="drift=0.1",
    controls=("momentum", "drift"),
    parts=("fig_running_mean",),
    setup=(
        "Momentum 0.1. So far the mean of the inputs stood still. Now the layers below learn, and "
        "it rises by 0.1 with every batch."
    ),
    question="How far behind the true mean does the running mean stay?",
    answer=Scale(0.0, 3.0, 0.1, "", lambda s: abs(drift_lag(s.drift, s.momentum))),
    explain=_explain_lag,
)
