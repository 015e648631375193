"""Claims about training with a norm, each beside what the prepared runs came to.

The runs are of small networks on small digits, three seeds each: they can show that a claim fails
somewhere, and no more than agree with it elsewhere.
"""

from ui.lessons.measure import measured, nearest, only, told
from ui.lessons.scene import Options, Scene
from ui.text.numbers import percent
from ui.training.measured import Measured
from ui.training.settings import TrainingSettings
from ui.training.words import beats

_HALF = 0.5


def at(m: Measured, line: str, place: float) -> float:
    """The median of a line where it stands at this place."""
    found = m.lines[line]
    return float(found.median[nearest(found.x.tolist(), place)])


def _which_learn(none: float, batch: float, layer: float) -> int:
    """Which recognise more than half: all three, both norms, batch norm, layer norm, none."""
    return only(
        min(none, batch, layer) > _HALF,
        none <= _HALF < min(batch, layer),
        max(none, layer) <= _HALF < batch,
        max(none, batch) <= _HALF < layer,
        max(none, batch, layer) <= _HALF,
    )


_LEARN = (
    "All three networks",
    "The two with a norm",
    "Only the one with batch norm",
    "Only the one with layer norm",
    "None of them",
)


def _at_the_end(s: TrainingSettings) -> tuple[float, float, float]:
    none, batch, layer = (measured(s).final(f"accuracy {n}") for n in ("none", "batch", "layer"))
    return none, batch, layer


def _explain_rate(s: TrainingSettings) -> str:
    none, batch, layer = map(percent, _at_the_end(s))
    return (
        f"{none} without a norm, {batch} with batch norm, {layer} with layer norm; guessing gives "
        "10 %. The claim holds here for both norms, and more clearly for batch norm."
    )


HIGH_RATE = Scene(
    name="high_rate",
    page="training",
    before="experiment=while+it+trains",
    after="experiment=while+it+trains",
    controls=(),
    parts=("fig_accuracy",),
    setup=(
        "Claim: with a norm a network learns at a high learning rate. Three networks with 8 hidden "
        "layers are trained at rate 0.4: without a norm, with batch norm, with layer norm."
    ),
    question="Which networks recognise more than half of the unseen digits after 250 steps?",
    answer=Options(_LEARN, lambda s: _which_learn(*_at_the_end(s))),
    explain=_explain_rate,
)


_SMALL = 0.1


def _started_small(s: TrainingSettings) -> tuple[float, float, float]:
    m = measured(s)
    none, batch, layer = (at(m, f"accuracy {norm}", _SMALL) for norm in ("none", "batch", "layer"))
    return none, batch, layer


def _explain_small(s: TrainingSettings) -> str:
    none, batch, layer = map(percent, _started_small(s))
    usual = percent(at(measured(s), "accuracy layer", 1.0))
    return (
        f"{none} without a norm, {batch} with batch norm, {layer} with layer norm (which has "
        f"{usual} with the usual weights). Here the claim holds for batch norm alone: both norms "
        "divide the size of the weights out, but small weights still turn further in each step."
    )


SMALL_WEIGHTS = Scene(
    name="small_weights",
    page="training",
    before="experiment=initial+weights",
    after="experiment=initial+weights",
    controls=(),
    parts=("fig_initialisation",),
    setup=(
        "Claim: with a norm the size of the initial weights hardly matters. Networks with 8 hidden "
        "layers start with weights a tenth as large as usual."
    ),
    question="Which networks recognise more than half of the unseen digits after training?",
    answer=Options(_LEARN, lambda s: _which_learn(*_started_small(s))),
    explain=_explain_small,
)


_BATCHES = (2, 4, 8, 16, 32)


def _behind(m: Measured, batch: float) -> float:
    """How far batch norm's accuracy is behind layer norm's at this batch size."""
    return at(m, "layer", batch) - at(m, "running", batch)


def _suffers(s: TrainingSettings) -> int:
    """The largest of the sizes at which batch norm is clearly behind."""
    m = measured(s)
    return max(i for i, batch in enumerate(_BATCHES) if beats(_behind(m, batch), 0.0))


def _explain_suffers(s: TrainingSettings) -> str:
    m = measured(s)
    told_at = ", ".join(f"{percent(at(m, 'running', batch))} at {batch}" for batch in (2, 4, 8, 32))
    return (
        f"Batch norm reaches {told_at}; layer norm {percent(at(m, 'layer', 2))} at 2. The "
        "statistics are noisy far above that size, but here only the smallest hurts; large image "
        "networks suffer earlier (Wu and He 2018)."
    )


SMALL_BATCH_CLAIM = Scene(
    name="small_batch_claim",
    page="training",
    before="experiment=batch+sizes",
    after="experiment=batch+sizes",
    controls=(),
    parts=("fig_batch_sizes",),
    setup=(
        "Claim: batch norm needs large batches. The same network is trained with batches of 2 up "
        "to 128, and tested with its running statistics."
    ),
    question="Up to which batch size is batch norm 10 points or more behind layer norm?",
    answer=Options(tuple(f"Up to {batch}" for batch in _BATCHES), _suffers),
    explain=_explain_suffers,
)


def _gains(s: TrainingSettings) -> tuple[float, float]:
    """What the smallest ghost batches gain over the whole batch: few digits, and all digits."""
    m = measured(s)
    few, plain = (
        float(m.lines[name].median[0] - m.lines[name].median[-1]) for name in ("few", "plain")
    )
    return few, plain


def _helps(s: TrainingSettings) -> int:
    few, plain = (gain >= 0.02 for gain in _gains(s))
    return only(few and plain, few and not plain, plain and not few, not few and not plain)


def _explain_ghosts(s: TrainingSettings) -> str:
    few, plain = (told(round(100 * gain, 1)) for gain in _gains(s))
    return (
        f"Groups of 4 instead of 64 change the accuracy by {few} points with few digits and wrong "
        f"labels, by {plain} points with all digits and true labels. The noise regularises, "
        "which helps only where there is something to overfit."
    )


REGULARISES = Scene(
    name="regularises",
    page="training",
    before="experiment=regularisation",
    after="experiment=regularisation",
    controls=(),
    parts=("fig_regularisation",),
    setup=(
        "Claim: the noise of small batches regularises. Batch norm takes its statistics from "
        "groups of 4 or of all 64 in a batch. One network learns 256 digits, a fifth with wrong "
        "labels, another one all digits with true labels."
    ),
    question="Where do the small groups raise the accuracy on unseen digits?",
    answer=Options(
        (
            "In both cases",
            "Only with few digits and wrong labels",
            "Only with all digits and true labels",
            "In neither case",
        ),
        _helps,
    ),
    explain=_explain_ghosts,
)


def _lost(s: TrainingSettings) -> tuple[float, float]:
    """What micro-batches of the smallest size cost: batch norm, layer norm."""
    m = measured(s)
    batch, layer = (
        float(m.lines[f"accuracy {norm}"].median[-1] - m.lines[f"accuracy {norm}"].median[0])
        for norm in ("batch", "layer")
    )
    return batch, layer


def _equal(s: TrainingSettings) -> int:
    batch, layer = (not beats(lost, 0.0) for lost in _lost(s))
    return only(batch and layer, batch and not layer, layer and not batch, not batch and not layer)


def _explain_accumulation(s: TrainingSettings) -> str:
    m = measured(s)
    batch, layer = (m.lines[f"accuracy {norm}"].median for norm in ("batch", "layer"))
    return (
        f"Batch norm falls from {percent(float(batch[-1]))} to {percent(float(batch[0]))}, layer "
        f"norm stays at {percent(float(layer[0]))}. Gradients add up, but each pair is normalised "
        "by its own mean and std. So the claim fails for batch norm."
    )


ACCUMULATION = Scene(
    name="accumulation",
    page="training",
    before="experiment=gradient+accumulation",
    after="experiment=gradient+accumulation",
    controls=(),
    parts=("fig_accumulation",),
    setup=(
        "Claim: summing the gradients of small batches does the same as one large batch. A batch "
        "of 32 is cut into 16 pairs, and their gradients are summed before each step."
    ),
    question="Which networks come out as good as with the whole batch, within 10 points?",
    answer=Options(
        ("Both", "Only that with batch norm", "Only that with layer norm", "Neither of them"),
        _equal,
    ),
    explain=_explain_accumulation,
)


def _accuracies(m: Measured) -> tuple[float, float, float]:
    none, batch, noisy = (m.final(f"accuracy {norm}") for norm in ("none", "batch", "noisy"))
    return none, batch, noisy


def _kept(s: TrainingSettings) -> int:
    none, batch, noisy = _accuracies(measured(s))
    if not beats(noisy, none):
        return 0
    return 2 if not beats(batch, noisy) else 1


def _explain_contested(s: TrainingSettings) -> str:
    none, batch, noisy = map(percent, _accuracies(measured(s)))
    return (
        f"With the noise {noisy} of the unseen digits are recognised, without it {batch}, with no "
        f"norm {none}. So in these runs steady inputs are not what helps (as Santurkar et al. "
        "2018 found); why batch norm helps is still contested."
    )


CONTESTED = Scene(
    name="contested",
    page="training",
    before="experiment=noise+after+the+norm",
    after="experiment=noise+after+the+norm",
    controls=(),
    parts=("fig_noisy", "fig_shift"),
    setup=(
        "Claim: batch norm helps because it keeps the inputs of the next layer steady. Here random "
        "noise after every batch norm moves them at each training step, further than they move "
        "without a norm."
    ),
    question="How well does this network recognise unseen digits?",
    answer=Options(
        (
            "About as badly as without a norm",
            "Halfway between no norm and batch norm",
            "About as well as with batch norm alone",
        ),
        _kept,
    ),
    explain=_explain_contested,
)
