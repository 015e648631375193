"""Your activations: what a norm meets in a layer of the reader's own."""

from dataclasses import dataclass
from html import escape

import numpy as np

from bn_core.simulation.resampled import resampled_errors
from bn_core.theory.clustered import worth
from ui.activations.examples import examples
from ui.settings.controls import Choice, Slider, Steps, Whole, setting
from ui.settings.shared import BATCH_SIZES, Settings
from ui.views.view import Shown, View
from ui.views.your_activations import text as say
from ui.views.your_activations.batches import train_against_inference
from ui.views.your_activations.beside import both_norms
from ui.views.your_activations.checkpoint import folded, norms_table, norms_told, scales
from ui.views.your_activations.features import means_and_stds, shapes, stds_and_eps
from ui.views.your_activations.held_text import file, held
from ui.views.your_activations.here import KINDS, Here
from ui.views.your_activations.layer import FOLLOWED, Layer, drawn, guessed_axis, layer
from ui.views.your_activations.noise import noises, smallest_batches
from ui.views.your_activations.noise_by_batch import noise_by_batch
from ui.views.your_activations.positions import by_distance
from ui.views.your_activations.saving import saving
from ui.views.your_activations.source import Source, arrays, norms, source

ERRORS = (0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1.0)


@dataclass(frozen=True)
class YourActivationsSettings(Settings):
    array: int = setting(
        1, Whole("Array of the file", 1, 999, "Counted from 1; the last where there are fewer.")
    )
    feature_axis: str = setting(
        "guess",
        Choice(
            "Axis of the features",
            ("guess", "1", "2", "3", "4"),
            "Counted from 1. The first other axis is taken for the examples, the rest are "
            "positions.",
        ),
    )
    error_of: str = setting(
        "output",
        Choice(
            "Error of",
            KINDS,
            "output: training against inference output. variance, mean: of a batch, against those "
            "of all examples.",
        ),
    )
    error_wanted: float = setting(
        0.1, Steps("Error wanted", ERRORS, "The table gives the smallest batch that reaches it.")
    )
    followed: int = setting(
        1,
        Slider(
            "Feature looked at",
            1,
            FOLLOWED,
            1,
            "One of the features that are followed; the last where there are fewer.",
        ),
    )
    data: str = ""
    """The token of a file that the host holds; "" for the examples that come with the page."""


@dataclass(frozen=True, eq=False)
class Chosen:
    """The array that is shown. token: "" for the examples. before, note: sentences about it."""

    source: Source
    token: str
    number: int
    layer: Layer
    before: str
    note: str


def show(s: YourActivationsSettings) -> Shown:
    """Features, shapes, the noise of batches, both norms, and the norm layers of the file."""
    found = chosen(s)
    here = _here(s, found)
    population, positions = here.layer.population, here.layer.positions
    parts: Shown = {
        "held": held(found.source, here, found.before, found.note),
        "answer": say.answer(here),
        "file": file(found.source),
        "saving": saving(),
        "fig_noise_by_batch": noise_by_batch(here),
        "smallest": say.smallest(
            here, smallest_batches(here.noise, population, positions, s.error_wanted, s.eps)
        ),
        "noise": say.noise(here),
        "fig_means": means_and_stds(here),
        "fig_stds": stds_and_eps(here),
        "alive": say.alive(here),
        "fig_shapes": shapes(here),
        "shape": say.shape(here),
        "positions": say.positions(here, float(np.median(worth(population)))),
        "fig_batches": train_against_inference(here),
        "batches": say.batches(here),
        "fig_beside": both_norms(here),
        "beside": say.beside(here),
        "norms": norms_table(norms(found.source), s.eps),
        "norms_told": norms_told(norms(found.source), s.eps),
    }
    if here.layer.lags:
        parts["fig_positions"] = by_distance(here)
    if layers := folded(norms(found.source), s.eps):
        parts["fig_scales"] = scales(layers)
    return parts


def chosen(s: YourActivationsSettings) -> Chosen:
    """The array that the settings ask for; the examples where there is none that can be shown."""
    of = source(s.data)
    token = s.data if of.own and of.contents.arrays else ""
    found, number, note = _array(of, token, s)
    if found is not None:
        return Chosen(of, token, number, found, "", note)
    before = (
        f"In array {number} of {escape(of.contents.name)} no feature varies: there is nothing to "
        "normalise. The page shows its examples instead; choose another array."
    )
    ours = Source(examples(), own=False)
    found, number, note = _array(ours, "", YourActivationsSettings())
    assert found is not None, "the examples vary"
    return Chosen(ours, "", number, found, before, note)


def _array(of: Source, token: str, s: YourActivationsSettings) -> tuple[Layer | None, int, str]:
    """The layer, the array's number, and what is to be said of the axis."""
    listed = list(arrays(of).values())
    number = min(s.array, len(listed))
    shape = listed[number - 1].shape
    guess = guessed_axis(shape)
    if s.feature_axis == "guess":
        note = "The axis is a guess: choose another if it is wrong."
        return layer(token, number - 1, guess), number, note
    axis = int(s.feature_axis) - 1
    if axis >= len(shape):
        why = f"The array has {len(shape)} axes, and no axis {axis + 1}"
    elif (found := layer(token, number - 1, axis)) is not None:
        return found, number, ""
    else:
        why = f"With the features on axis {axis + 1} there is nothing to compare"
    note = f"{why}: axis {guess + 1} is taken instead."
    return layer(token, number - 1, guess), number, note


def _here(s: YourActivationsSettings, shown: Chosen) -> Here:
    found = shown.layer
    batches = drawn(shown.token, shown.number - 1, found.axis, s.seed)
    assert batches is not None, "drawn of a layer that is there"
    errors = resampled_errors(batches, found.population.var, s.eps)
    return Here(
        number=shown.number,
        count=len(arrays(shown.source)),
        layer=found,
        drawn=batches,
        noise=noises(errors, found.population, found.positions, s.eps),
        batch=s.batch,
        at=BATCH_SIZES.index(s.batch),
        eps=s.eps,
        kind=s.error_of,
        wanted=s.error_wanted,
        followed=min(s.followed, found.followed.size) - 1,
    )


VIEW = View(YourActivationsSettings, show)
