"""What the page on effective batches says about the present settings."""

import math
from collections.abc import Sequence

from ui.text.html import paragraph, table
from ui.text.numbers import counted, fmt, percent
from ui.views.effective_batch.here import Errors, Here, Way
from ui.views.effective_batch.words import count, things

_PRESETS = (
    ("batch=4&devices=8&height=14&width=14", "4 per device on 8 devices, 14 × 14 maps"),
    ("batch=1&devices=1&height=14&width=14", "a batch of one, 14 × 14 maps"),
    ("batch=2&devices=1&height=8&width=8", "two maps of 8 × 8"),
    ("batch=4&devices=8&height=1&width=1", "4 per device on 8 devices, a dense layer"),
)


def answer(here: Here) -> str:
    """One sentence for the present settings."""
    examples = things(here.together, "example")
    off = f"Their mean is typically off by {percent(1 / math.sqrt(here.worth), 3)} of a std."
    if here.values == 1:
        return paragraph(
            "The statistics come from a single value: its mean is the value itself, and its "
            "variance is always 0."
        )
    if here.positions == 1:
        return paragraph(
            f"The statistics come from {examples}, one value of each: {here.values:,} independent "
            f"samples, and no more. {off}"
        )
    shared = f"{here.values:,} positions"
    told = f"{shared} here count as {things(here.worth, 'independent sample')}"
    if here.rho == 0:
        told = (
            f"{shared} here, all independent, count as {things(here.worth, 'independent sample')}"
        )
    return paragraph(
        f"{told}: {examples}, each a map of {here.height} × {here.width}, share one mean and one "
        f"variance. {off}"
    )


def presets() -> str:
    """Links to settings that many have."""
    links = (f'<a href="?{address.replace("&", "&amp;")}">{name}</a>' for address, name in _PRESETS)
    return paragraph(f"Set at once: {' · '.join(links)}.", "small")


def who(here: Here) -> str:
    """Which examples share an update, and which of them their statistics."""
    step = here.step
    told = (
        f"One update takes {counted(step.devices, 'device')} × {things(step.batch, 'example')} × "
        f"{counted(step.accumulated, 'forward pass')} = {things(step.examples, 'example')}."
    )
    if step.ghost is not None:
        told += _ghost(step.ghost, step.batch)
        if step.ghost < step.batch and step.batch % step.ghost:
            told += f" The last ghost batch has only {step.batch % step.ghost}."
    if step.devices > 1:
        told += (
            f" The devices put their statistics together: {things(here.together, 'example')} "
            "share them."
            if step.synchronised
            else " Each device has statistics of its own: the other devices' examples do not count."
        )
    if step.accumulated > 1:
        told += (
            " Accumulation averages gradients, not statistics: each forward pass is normalised by "
            "itself."
        )
    return paragraph(told)


def _ghost(ghost: int, batch: int) -> str:
    """What ghost batches do to a device's batch; its remainder is told by who."""
    if ghost >= batch:
        return f" A ghost batch of {ghost} leaves a device's batch of {batch} whole."
    if ghost == 1:
        return " On a device each example is normalised by itself (a ghost batch of 1)."
    return f" A device normalises {ghost} examples at a time (a ghost batch)."


def special(here: Here) -> str:
    """What a batch of one is here; otherwise what the correlation does."""
    if here.values == 1:
        return paragraph(
            "A batch of one in a dense layer: every training output is beta, whatever came in. "
            "PyTorch refuses such a batch. In a convolution a batch of one works, since its "
            "positions have a spread: set the height to 8.",
            "lesson",
        )
    if here.together == 1:
        return paragraph(
            "A batch of one works here, since its positions have a spread; PyTorch takes it. But "
            "all of them are of one example: what the whole example has in common is subtracted. "
            "In training this is instance normalisation; inference then uses the running "
            "statistics of all examples instead.",
            "lesson",
        )
    if here.positions == 1:
        return paragraph(
            "With height and width 1 this is a dense layer. Maps bring more values, but never more "
            "independent samples than values."
        )
    per_example = things(here.worth / here.together, "independent sample")
    return paragraph(
        f"Each map of {here.positions:,} positions is worth {per_example}: "
        + (
            "its positions tell nothing about each other."
            if here.rho == 0
            else "neighbours are correlated: in part they repeat one another. More examples "
            "help in proportion, a larger map helps less."
        )
    )


def numbers(here: Here, simulated: Errors, exact: Errors, maps: int) -> str:
    """Errors at the present settings, simulated beside the closed form."""
    rows = [
        ("mean: sd", _number(simulated.mean), _number(exact.mean)),
        ("variance: average", _number(simulated.var_mean), _number(exact.var_mean)),
        ("variance: sd", _number(simulated.var), _exact(here, exact.var)),
        ("output: RMS gap", _number(simulated.gap), _exact(here, exact.gap)),
    ]
    text = table((f"B = {here.step.batch} on a device", "simulated", "closed form"), rows)
    text += paragraph(
        "For an input of std 1. The gap is between training and inference with the true mean and "
        f"variance. Simulated with 512 batches, put together of {maps:,} drawn maps"
        + ("; with more than 512 examples none are drawn." if math.isnan(simulated.mean) else "."),
        "small",
    )
    if here.shape != "normal":
        text += paragraph(f"The input is {here.shape}: what needs Gaussian input has no line.")
    return text


def ways(here: Here, found: Sequence[Way]) -> str:
    """The same examples of one update, normalised together in other ways."""
    gaussian = here.shape == "normal"
    head = ("statistics over", "examples", "worth", *(["RMS gap"] if gaussian else []))
    rows = [
        (
            way.name,
            f"{way.together:,}",
            count(way.worth),
            *([fmt(way.gap or 0.0)] if gaussian else []),
        )
        for way in found
    ]
    return table(head, rows) + paragraph(
        f"All {things(here.step.examples, 'example')} of an update, shared out in different ways. "
        "Worth: independent samples, for the mean.",
        "small",
    )


def _number(value: float) -> str:
    return "not drawn" if math.isnan(value) else fmt(value)


def _exact(here: Here, value: float) -> str:
    return fmt(value) if here.shape == "normal" else "Gaussian input only"
