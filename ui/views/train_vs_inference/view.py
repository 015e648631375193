"""Training against inference: the same sample, two outputs, and where the gap comes from."""

import math
from dataclasses import dataclass

import numpy as np

from bn_core.comparison.gap_by_batch_size import ExpectedGaps, expected_gaps, trained_statistics
from bn_core.simulation.densities import Density, fixed_sample_density
from bn_core.simulation.gap_law import gap_law
from bn_core.simulation.trained_unit import N_RUNS, TrainedUnit, TrainingRuns, training_runs
from bn_core.simulation.unit_gaps import gap_with_true_statistics, measured_gaps
from bn_core.simulation.unit_outputs import some_outputs
from bn_core.theory import fixed_sample
from bn_core.theory.batch_statistics import std_ratio
from bn_core.theory.inference_gap import rms_gap
from bn_core.theory.inference_moments import InferenceMoments, inference_moments
from bn_core.theory.output_distribution import output_bound
from bn_core.types import Array
from ui.settings.controls import Choice, Slider, Steps, setting
from ui.settings.shared import BATCH_SIZES, STORED, Settings
from ui.views.train_vs_inference import causes_text, tables
from ui.views.train_vs_inference import text as say
from ui.views.train_vs_inference.every_shape import law_figure, law_text
from ui.views.train_vs_inference.folding import fold_figure, fold_text, folded
from ui.views.train_vs_inference.gap import Cloud, gap
from ui.views.train_vs_inference.gap_by_batch import gap_by_batch
from ui.views.train_vs_inference.here import Here, OneClass, after
from ui.views.train_vs_inference.same_sample import same_sample
from ui.views.view import Shown, View

DOTS = 250
U = np.linspace(-3.5, 3.5, 29)


@dataclass(frozen=True)
class TrainInferenceSettings(Settings):
    case: str = setting(
        "ordinary",
        Choice(
            "Case",
            ("ordinary", "eval forgotten", "one class"),
            "eval forgotten: tested in training mode, one sample at a time. one class: all samples "
            "of a batch are of one class.",
        ),
    )
    stored: str = setting("biased", STORED)
    sample: float = setting(
        1.0, Slider("Fixed sample u, in stds", -4.0, 4.0, 0.1, "u = (x − mean) / std.")
    )
    steps: int = setting(
        20,
        Steps(
            "Training steps so far",
            (0, 1, 2, 5, 10, 20, 50, 100, 200, 500),
            "The running mean starts at 0, the running variance at 1.",
        ),
    )
    separation: float = setting(
        1.6,
        Slider(
            "Class means, ± stds",
            0.0,
            4.0,
            0.1,
            "In units of the std within a class. For the case of one class in a batch.",
        ),
    )


def idle(s: TrainInferenceSettings) -> set[str]:
    """The distance of the classes counts in one of the cases alone."""
    return set() if s.case == "one class" else {"separation"}


def show(s: TrainInferenceSettings) -> Shown:
    """The gap after training at one batch size, one sample's outputs, the gap by batch size."""
    unit, at = _unit(s), BATCH_SIZES.index(s.batch)
    alone = s.case == "eval forgotten"
    runs = training_runs(unit, BATCH_SIZES)
    found = measured_gaps(unit, BATCH_SIZES, runs, alone=alone)
    law = expected_gaps(unit, BATCH_SIZES, alone=alone)
    here = Here(
        case=s.case,
        batch=s.batch,
        steps=s.steps,
        momentum=s.momentum,
        mean=s.mean,
        std=s.std,
        eps=s.eps,
        shape=s.shape,
        unbiased=s.stored == "unbiased",
        simulated=(float(found.correlation[at]), float(found.rms[at])),
        exact=_exact(law, at),
        settled=float(law.settled[at]) if law else math.nan,
    )
    parts = law.parts_at(s.batch) if law and here.is_defined else []
    return {
        "answer": say.answer(here),
        "fig_gap": gap(_clouds(s, unit, runs, at, here), here.correlation, here.rms),
        "gap_seen": tables.gap_seen(here),
        **_sample(s, unit, runs, at, here),
        "gap_table": tables.gap_table(here, _true_statistics(unit, here)),
        "lesson": say.lesson(here, _one_class(s, unit, runs, at, law)),
        "fig_gap_by_batch": gap_by_batch(
            BATCH_SIZES,
            found.rms
            if s.eps > 0 or (s.std > 0 and not alone)
            else np.full_like(found.rms, np.nan),
            law,
            after(s.steps),
            s.batch,
            here.rms,
            causes_text.without_parts(here),
        ),
        **_beyond(s, runs, at),
        "causes": causes_text.causes_table(here, parts),
        "causes_text": causes_text.causes_text(here, parts),
    }


def _beyond(s: TrainInferenceSettings, runs: TrainingRuns, at: int) -> Shown:
    """The law for every shape, and the norm folded with the statistics of the first run."""
    law = gap_law(s.shape, BATCH_SIZES, s.seed)
    running = s.mean + float(runs.mean[at, 0]), float(runs.var[at, 0])
    found = folded(s.shape, s.seed, s.mean, s.std, s.eps, running)
    return {
        "fig_law": law_figure(BATCH_SIZES, law, s.shape, s.batch),
        "law": law_text(BATCH_SIZES, law, s.shape, s.batch),
        "fig_fold": fold_figure(found),
        "fold": fold_text(found),
    }


def _unit(s: TrainInferenceSettings) -> TrainedUnit:
    separation = s.separation if s.case == "one class" else 0.0
    return TrainedUnit(
        shape=s.shape,
        seed=s.seed,
        mean=s.mean,
        std=s.std / math.sqrt(1 + separation**2),
        eps=s.eps,
        steps=s.steps,
        momentum=s.momentum,
        unbiased=s.stored == "unbiased",
        separation=separation,
    )


def _exact(law: ExpectedGaps | None, at: int) -> tuple[float, float] | None:
    """Correlation and RMS gap in closed form."""
    if law is None or np.isnan(law.now[at]):
        return None
    return float(law.correlation[at]), float(law.now[at])


def _true_statistics(unit: TrainedUnit, here: Here) -> tuple[float, float] | None:
    """Mean batch std over the input's, and the RMS gap, if inference used the true statistics."""
    if here.case != "ordinary" or not here.is_defined or unit.std == 0:
        return None
    ratio = unit.eps / unit.std**2
    if unit.shape == "normal":
        return float(std_ratio(here.batch)), float(rms_gap(here.batch, ratio))
    return gap_with_true_statistics(unit, here.batch)


def _one_class(
    s: TrainInferenceSettings,
    unit: TrainedUnit,
    runs: TrainingRuns,
    at: int,
    law: ExpectedGaps | None,
) -> OneClass | None:
    """The variances that batches of one class each lead to; None in the other cases."""
    if s.case != "one class" or s.std == 0:
        return None
    second = float(np.mean(runs.scale[at] ** 2))
    if law is not None and not np.isnan(law.now[at]):
        second = float(_inference_moments(s, unit).second[0]) / unit.std**2
    return OneClass(unit.std**2, float(runs.var[at].mean()), second * s.std**2)


def _inference_moments(s: TrainInferenceSettings, unit: TrainedUnit) -> InferenceMoments:
    return inference_moments([s.batch], trained_statistics(unit))


def _clouds(
    s: TrainInferenceSettings, unit: TrainedUnit, runs: TrainingRuns, at: int, here: Here
) -> list[Cloud]:
    alone = here.case == "eval forgotten"
    training, inference = some_outputs(unit, BATCH_SIZES, runs, at, DOTS, alone=alone)
    if not here.is_defined:
        training = np.full_like(training, np.nan)
    if not unit.separation:
        law = _expected(s, unit, runs, at, here, 0.0)
        return [Cloud("samples", "after", "circle", inference, training, law)]
    return [
        Cloud(
            name,
            colour,
            symbol,
            inference[start::2],
            training[start::2],
            _expected(s, unit, runs, at, here, side * unit.separation),
        )
        for start, side, name, colour, symbol in (
            (0, 1.0, "class +", "after", "circle"),
            (1, -1.0, "class −", "running", "diamond"),
        )
    ]


def _expected(
    s: TrainInferenceSettings,
    unit: TrainedUnit,
    runs: TrainingRuns,
    at: int,
    here: Here,
    side: float,
) -> tuple[Array, Array, Array] | None:
    """Inference outputs, and the mean and sd of the training output at each in closed form."""
    if here.exact is None or here.trained_batch == 1 or not here.is_defined:
        return None
    shift, scale = runs.mean[at] / unit.std - side, runs.scale[at] * unit.std
    y = (U - np.median(shift)) * np.median(scale)
    mean, sd = fixed_sample.expected_training_output(
        y, shift, scale, s.batch, unit.eps / unit.std**2
    )
    known = np.isfinite(mean)
    return y[known], mean[known], sd[known]


def _sample(
    s: TrainInferenceSettings, unit: TrainedUnit, runs: TrainingRuns, at: int, here: Here
) -> Shown:
    """One fixed sample, of the class + where there are two: its training output and inference's."""
    batch = here.trained_batch
    law, mean, sd = fixed_sample_density(unit, batch, s.sample)
    if not here.is_defined:
        law, mean, sd = Density(law.edges, 0 * law.density, 0), math.nan, math.nan
    place = s.sample + unit.separation
    with np.errstate(invalid="ignore"):
        outputs = (unit.std * place - runs.mean[at]) * runs.scale[at]
        middle, scatter = float(outputs.mean()), float(outputs.std())
    inference = middle, 0.0 if scatter < 1e-12 * abs(middle) else scatter
    moments = curve = None
    if here.exact is not None and here.is_defined:
        ratio = unit.eps / unit.std**2
        known = fixed_sample.fixed_sample_moments(s.sample, batch, ratio)
        of_runs = _inference_moments(s, unit)
        middle = (place - of_runs.bias) * float(of_runs.first[0])
        square = float(of_runs.second[0]) * (
            (place - of_runs.bias) ** 2 + float(of_runs.mean_noise[0])
        )
        scatter = math.sqrt(max(square - middle**2, 0.0)) if math.isfinite(square) else math.inf
        scatter = 0.0 if scatter < 1e-7 * abs(middle) else scatter  # rounding of the difference
        moments = (float(known[0]), float(known[1]), middle, scatter)
        curve = _density(s.sample, batch, moments, ratio)
    return {
        "fig_same_sample": same_sample(
            law,
            curve,
            mean,
            sd,
            moments[2:] if moments else inference,
            float(output_bound(batch)),
        ),
        "sample_seen": tables.sample_seen(here),
        "sample_table": tables.sample_table(s.sample, (mean, sd, *inference), moments, N_RUNS),
    }


def _density(
    u: float, batch: int, moments: tuple[float, ...], ratio: float
) -> tuple[Array, Array] | None:
    if batch < 3:
        return None
    bound = math.sqrt(batch - 1)
    mean, sd = moments[:2]
    low, high = max(-bound, mean - 5 * sd), min(bound, mean + 5 * sd)
    # Denser towards both ends, where the density may shoot up.
    z = (low + high) / 2 + (high - low) / 2 * np.sin(np.linspace(-0.499, 0.499, 101) * np.pi)
    return z, fixed_sample.fixed_sample_pdf(z, u, batch, ratio)


VIEW = View(TrainInferenceSettings, show)
