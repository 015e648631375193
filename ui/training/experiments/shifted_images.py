"""Test images unlike those of the training: the old statistics, or the new images' own."""

from bn_core.training.experiments import CHANGES, RETAKING_BATCH, SHALLOW
from bn_core.training.experiments import shifted_images as trained
from bn_core.training.retaking import RetakenReport
from bn_core.training.summaries import Line, over_seeds
from ui.jobs import Task
from ui.text.html import paragraph
from ui.text.numbers import counted
from ui.training.curves import Style, against
from ui.training.experiment import Experiment, Figures
from ui.training.lines import UNSEEN, Results, end_values
from ui.training.measured import Measured
from ui.training.networks import SEEDS, NetworkSettings, seeds
from ui.training.words import beats, brackets, ranged

RUNNING = Style("running statistics of the training", "before", "dot", "x")
RETAKEN = Style("statistics of the new images", "after", "solid", "circle")
CONTRASTS = tuple(contrast for contrast, _ in CHANGES)
PALEST, BRIGHTEST = CHANGES[1]


def before(_: NetworkSettings) -> str:
    return (
        "A network is trained, and then the camera changes: all test images are paler and "
        "brighter. The running statistics are those of the old camera. Does the network still "
        "read the digits, and what if its statistics are taken anew from the new images?"
    )


def setup(_: NetworkSettings) -> str:
    return (
        f"The network is trained for {counted(SHALLOW.steps, 'step')} on the images as they are. "
        "In the test the grey values x become c·x + 10/3·(1 − c), where c is the contrast: "
        f"{PALEST:g}·x + {BRIGHTEST:g} at c = {PALEST:g}, unchanged at c = 1 (unit: the standard "
        "deviation of the training images). The statistics are taken anew in one pass over the "
        f"500 changed test images, in batches of {RETAKING_BATCH}, without their labels and "
        "without training (AdaBN: Li et al. 2016, arXiv 1603.04779)."
    )


def tasks(s: NetworkSettings) -> tuple[Task, ...]:
    return trained(SHALLOW, seeds(s))


def measure(results: Results) -> Measured:
    """running, retaken: accuracy by contrast, with the old statistics and with the images' own."""
    report: RetakenReport | None = results[0]
    if report is None:
        return Measured({})
    return Measured(
        {
            "running": over_seeds(CONTRASTS, report.running),
            "retaken": over_seeds(CONTRASTS, report.retaken),
        }
    )


def picture(_: NetworkSettings, m: Measured) -> Figures:
    styles = {"running": RUNNING, "retaken": RETAKEN}
    drawn = [(style, m.lines[name]) for name, style in styles.items() if name in m.lines]
    figure = against(
        drawn,
        "contrast c of the test images",
        CONTRASTS,
        f"Accuracy against the contrast of the test images. {end_values(drawn)}",
        UNSEEN,
    )
    return {"fig_shifted": figure}


def verdict(_: NetworkSettings, m: Measured) -> str:
    """What the change costs with the old statistics, and how much of it the new ones bring back."""
    running, retaken = m.lines["running"], m.lines["retaken"]
    place = CONTRASTS.index(PALEST)
    told = (
        f"On unchanged images the network recognises {ranged(running, -1)} of the digits. At "
        f"contrast {PALEST:g} it recognises {ranged(running, place)} with the running statistics "
        f"of the training, and {ranged(retaken, place)} with statistics of the new images"
    )
    return paragraph(f"{told}{brackets(told)}. {_judged(running, retaken)}")


def _judged(running: Line, retaken: Line) -> str:
    unchanged = float(running.median[-1])
    rows = list(zip(running.x[:-1], running.median[:-1], retaken.median[:-1], strict=True))
    lost = [row for row in rows if beats(unchanged, row[1])]
    if not lost:
        return "Here the change costs less than 10 points, so there is little to repair."
    at = ", ".join(f"{contrast:g}" for contrast, _, _ in lost)
    said = f"The old statistics cost 10 points or more at contrast {at}. "
    back = [f"{contrast:g}" for contrast, _, new in lost if not beats(unchanged, new)]
    if len(back) == len(lost):
        return said + (
            "With the new ones the loss is less than 10 points at each of these: the first norm "
            "takes away a change of brightness and contrast, as long as its statistics are those "
            "of the changed images."
        )
    if back:
        return said + f"The new ones bring it back within 10 points at {', '.join(back)} only."
    return said + "The new ones do not bring it back: 10 points or more stay lost."


EXPERIMENT = Experiment("shifted images", SEEDS, before, setup, tasks, measure, picture, verdict)
