"""What is said before each training experiment, and after it with the numbers it gave."""

from collections.abc import Sequence

import numpy as np

from bn_core.record import History
from bn_core.summaries import Line, final_median, largest_stable, n_diverged
from bn_core.tasks import EvalReport
from ui.jobs import Status
from ui.sentences.html import fmt, paragraph

BEFORE = {
    "while it trains": (
        "The claim: a norm makes high learning rates safe. The same network, the same initial "
        "weights and the same batches of 1297 handwritten digits, with no norm, batch norm and "
        "layer norm. Try rate 0.05, where all three learn, and then twice as much again and again."
    ),
    "drift of the inputs": (
        "The claim of the first paper: without a norm each layer has to follow the shifting of its "
        "inputs. Drawn is what the activations see, the middle and the 15th to 85th percentile of "
        "200 unseen digits, in three layers of 100 sigmoids (rate 1, batches of 60); on top for a "
        "single unit of the last layer, below for each layer."
    ),
    "learning rates": (
        "The claim: higher learning rates are stable. Every norm at eight rates, each twice the "
        "last; the upright line marks the largest rate at which every seed reached 90 %."
    ),
    "initial weights": (
        "The claim: initialisation matters less. All initial weights are scaled by the same factor "
        "(1 is the textbook's), at learning rate 0.1, at which all train from factor 1."
    ),
    "batch sizes": (
        "The claim: batch norm needs a batch. Three hidden layers, four passes over the digits at "
        "every batch size, the rate in proportion to the batch (0.1 at 32)."
    ),
    "noise after the norm": (
        "The control that the story of the shift has to survive: every batch norm is followed by "
        "noise, a new random factor and offset for each unit at every step. If a steady input were "
        "what helps, this should undo it."
    ),
    "regularisation": (
        "The claim: the noise of small batches regularises a little. 256 digits, a fifth of them "
        "with a wrong label, batches of 64 whose statistics come from ghost batches: groups of "
        "fewer examples inside the batch."
    ),
    "eval forgotten": (
        "The network is trained well, then tested without calling eval(): every test batch is "
        "normalised by its own statistics."
    ),
    "statistics too slow": (
        "The same training three times; only the momentum of the running statistics differs, and "
        "after 100 steps they are put to use."
    ),
    "gradient accumulation": (
        "To save memory a batch of 32 is cut into micro-batches whose gradients are summed before "
        "each step: the gradient of a larger batch, it is hoped."
    ),
    "frozen norm": (
        "A network trained on the digits learns them anew in mirror writing, from 200 examples in "
        "batches of 2: once with batch norm as usual, once with its statistics frozen."
    ),
}


def while_it_trains(histories: Sequence[History], rate: float) -> str:
    """The accuracies reached, and how many runs were lost."""
    none, batch, layer = (percent(final_median(h)) for h in histories)
    seeds = len(histories[0].runs)
    return paragraph(
        f"After {histories[0].runs[0].steps} steps at rate {fmt(rate)} the networks name "
        f"{none} (no norm), {batch} (batch norm) and {layer} (layer norm) of 500 unseen digits; "
        f"guessing gives 10 %. Median of {counted(seeds, 'seed')}, shaded from worst to best."
        + lost(histories)
    )


def special(batch: int, momentum: float) -> str:
    """What a special setting teaches about batch norm in training; empty for an ordinary one."""
    if batch == 1:
        return paragraph(
            "One example is its own mean: batch norm puts out the same for every digit, and there "
            "is nothing to learn from. PyTorch refuses such a batch.",
            "lesson",
        )
    if momentum == 0:
        return paragraph(
            "Momentum 0 lets no batch into the running statistics, so in testing batch norm still "
            "uses mean 0 and variance 1, where they began.",
            "lesson",
        )
    if batch == 2:
        return paragraph(
            "Of two examples batch norm keeps only which is larger, and it lets no gradient "
            "through: the layers below it cannot learn.",
            "lesson",
        )
    return ""


def drifted(histories: Sequence[History], wandered: Sequence[float]) -> str:
    """How far the inputs wandered."""
    none, batch, layer = map(fmt, wandered)
    accuracies = " / ".join(percent(final_median(h)) for h in histories)
    return paragraph(
        f"Over {histories[0].runs[0].steps} steps the median input of a typical unit wandered "
        f"{none} times its first spread without a norm, {batch} times with batch norm and {layer} "
        f"times with layer norm. They learned nonetheless: {accuracies}. Batch norm holds the "
        "inputs still; whether that is why it helps is contested: see "
        "<i>noise after the norm</i>."
    )


def largest_rates(rates: Sequence[Line]) -> str:
    """The largest stable rate of each norm, and what batch norm buys."""
    none, batch, layer = (largest_stable(line) for line in rates)
    names = ", ".join(
        f"{name} {fmt(value) if np.isfinite(value) else 'none of these'}"
        for name, value in (("no norm", none), ("batch norm", batch), ("layer norm", layer))
    )
    bought = f" Batch norm buys a factor of {fmt(batch / none)}." if batch > none else ""
    return paragraph(
        f"The largest rate at which every seed reached 90 %: {names}.{bought} Bjorck et al. 2018 "
        "(arXiv 1806.02375) trace the gains of batch norm to these rates. Layer norm buys little "
        "in this dense network."
    )


def scales(lines: Sequence[Line]) -> str:
    """Over how wide a range of scales each norm learns."""
    told = []
    for name, line in zip(("no norm", "batch norm", "layer norm"), lines, strict=True):
        learned = line.x[line.low >= 0.8]
        reach = "nowhere" if not learned.size else _reach(learned)
        told.append(f"{name} {reach}")
    return paragraph(
        f"Every seed reached 80 % at these factors: {', '.join(told)}. Batch norm divides the "
        "scale of the weights out again, except for its effect on the step: large weights turn "
        "slowly."
    )


def batch_sizes(running: Line, batch: Line, layer: Line) -> str:
    """What a small batch costs."""
    rows = ", ".join(
        f"{percent(m)} at {b:g}" for b, m in zip(running.x, running.median, strict=True)
    )
    return paragraph(
        f"Batch norm with running statistics: {rows}. With the statistics of test batches of the "
        f"same size it falls to {percent(batch.median[0])} at {batch.x[0]:g}; layer norm stays "
        f"between {percent(layer.median.min())} and {percent(layer.median.max())}. The statistics "
        "are noisy below 16 already, but accuracy suffered only at the smallest sizes. On the "
        "right, as published and something else: a convolutional network on ImageNet (Wu & He "
        "2018, arXiv 1803.08494)."
    )


def contested(histories: Sequence[History], shifts: Sequence[float]) -> str:
    """The result of the control, and what both papers say."""
    none, batch, noisy = (percent(final_median(h)) for h in histories)
    s_none, s_batch, s_noisy = map(fmt, shifts)
    return paragraph(
        f"The inputs shift by {s_batch} stds a step with batch norm and by {s_noisy} with noise "
        f"after it, yet it learns: {batch} and {noisy} (no norm: {none}, shift {s_none})."
        + lost(histories)
    ) + paragraph(
        "<b>Contested.</b> Ioffe & Szegedy 2015 (arXiv 1502.03167) say batch norm works by taking "
        "away the shift of each layer's inputs. Santurkar et al. 2018 (arXiv 1805.11604) brought "
        "the shift back by such noise and it trained as fast; they find a smoother loss instead. "
        "What is drawn here agrees with the second: the shift returned, the gain stayed.",
        "lesson",
    )


def ghosts(noisy: Line, plain: Line) -> str:
    """What small ghost batches gain, and where they do not."""
    return paragraph(
        f"With few and wrong labels ghost batches of {noisy.x[0]:g} reach "
        f"{percent(noisy.median[0])}, the whole batch of {noisy.x[-1]:g} reaches "
        f"{percent(noisy.median[-1])}. On the plain task, all digits and true labels, there is "
        f"nothing to gain: {percent(plain.median[0])} against {percent(plain.median[-1])}. "
        "It shows in this one setting, and not in general."
    )


def eval_forgotten(report: EvalReport) -> str:
    """What the forgotten call cost."""
    median = np.median(report.forgotten, axis=1)
    told = ", ".join(
        f"{percent(m)} at {b}" for b, m in zip(report.test_batches, median, strict=True)
    )
    return paragraph(
        f"With eval() it names {percent(float(np.median(report.running)))}; without, by size of "
        f"the test batch: {told}. Sorted by class, in batches of 32, "
        f"{percent(float(np.median(report.sorted_by_class)))}: a batch of one digit has other "
        "statistics than a mixture. Call eval() before testing."
    )


def too_slow(histories: Sequence[History]) -> str:
    """Which momentum had arrived."""
    told = ", ".join(f"{percent(final_median(h))} at {h.runs[0].momentum:g}" for h in histories)
    batch = percent(float(np.median(histories[0].accuracy_batch[-1])))
    return paragraph(
        f"Tested with running statistics: {told}. With batch statistics all three reach {batch}: "
        "the network is the same and only the estimate has not arrived. It takes some 1/momentum "
        "steps; train longer, or raise the momentum."
    )


def accumulated(batch: Line, layer: Line) -> str:
    """What accumulation did to each norm; lines run over the size of the micro-batch."""
    told = ", ".join(
        f"{percent(m)} as {32 / size:g} × {size:g}"
        for size, m in zip(batch.x[::-1], batch.median[::-1], strict=True)
    )
    return paragraph(
        f"Batch norm: {told}; layer norm stays at {percent(layer.median[0])}. The gradients add "
        "up, the statistics do not: each micro-batch is normalised by itself, and that is a ghost "
        "batch of its size."
    )


def frozen(live: History, still: History) -> str:
    """What became of the fine-tuned networks."""
    start = percent(float(np.median(still.accuracy_running[0])))
    return paragraph(
        f"Both start at {start} of the mirrored digits. Batch norm as usual ends at "
        f"{percent(final_median(live))}: a pair of examples has no statistics to speak of. Frozen, "
        f"it is a fixed scale and shift, and the weights learn: {percent(final_median(still))}."
    )


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{100 * share:.0f} %"


def counted(number: int, thing: str) -> str:
    """1 seed, 2 seeds."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def lost(histories: Sequence[History]) -> str:
    """How many runs ended in numbers that are not finite; empty if none."""
    number = n_diverged(histories)
    runs = sum(len(history.runs) for history in histories)
    if not number:
        return ""
    return (
        f" {number} of {runs} runs diverged: their numbers were no longer finite, and they keep "
        "the weights they had."
    )


def _reach(values: np.ndarray[tuple[int, ...], np.dtype[np.floating]]) -> str:
    low, high = float(values[0]), float(values[-1])
    return f"{low:g} only" if low == high else f"{low:g} to {high:g}"


def doing(status: Status, waiting: bool) -> str:
    """What stands on the progress bar."""
    share = percent(status.fraction)
    if status.finished:
        return "Done. The same settings come back at once."
    if not waiting:
        return f"Stopped at {share}" if status.fraction else "Not trained yet at these settings"
    if status.place:
        return f"{counted(status.place, 'other')} before you"
    if status.seconds_left is None:
        return "Starting"
    return f"{share}, about {max(1, round(status.seconds_left))} s left"
