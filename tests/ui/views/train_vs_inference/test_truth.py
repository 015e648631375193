"""Training against inference: every number against a simulation of these tests' own."""

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from tests.ui.truth.moves import assert_followed
from tests.ui.truth.oracle import Array, Estimate, agrees, draws, mean_of, rms_of, sd_of
from tests.ui.truth.printed import Printed, figure, find, sentence
from tests.ui.walk import assert_clean, show, values, walk
from ui.settings.controls import controls
from ui.views.train_vs_inference.view import TrainInferenceSettings
from ui.views.view import Shown

RUNS = 2500
PAGE_RUNS = 256  # how many training runs stand behind the page's simulated numbers
CASES = [
    *walk(TrainInferenceSettings, 20, seed=1),
    *walk(TrainInferenceSettings, 7, seed=2, shape="normal", case="ordinary"),
    *walk(TrainInferenceSettings, 5, seed=3, shape="normal", case="one class"),
    *walk(TrainInferenceSettings, 2, seed=4, batch=1, case="ordinary"),
    *walk(TrainInferenceSettings, 2, seed=5, std=0.0),
    *walk(TrainInferenceSettings, 2, seed=6, eps=10.0, batch=2),
    *walk(TrainInferenceSettings, 2, seed=7, eps=0.0, shape="rectified", batch=3),
]
EVERY = pytest.mark.parametrize("s", [pytest.param(s, id=str(i)) for i, s in enumerate(CASES)])


@dataclass(frozen=True)
class Oracle:
    """Own training runs, one a row; statistics in the input's units, the input's mean being 0."""

    s: TrainInferenceSettings
    rng: np.random.Generator

    @property
    def within(self) -> float:
        return self.s.std / math.sqrt(1 + self.apart**2)

    @property
    def apart(self) -> float:
        return self.s.separation if self.s.case == "one class" else 0.0

    def sides(self, n: int) -> Array:
        return self.within * self.apart * self.rng.choice([-1.0, 1.0], n)

    def batch_statistics(self, n: int, batch: int) -> tuple[Array, Array]:
        """Mean and stored variance of n batches. Gaussian ones by Cochran's theorem."""
        s = self.s
        if s.shape == "normal":
            mean = self.rng.standard_normal(n) / math.sqrt(batch)
            squares = self.rng.chisquare(batch - 1, n) if batch > 1 else np.zeros(n)
        else:
            x = draws(s.shape, (n, batch), self.rng)
            mean, squares = x.mean(axis=1), x.var(axis=1) * batch
        divisor = batch - 1 if s.stored == "unbiased" else batch
        return self.sides(n) + self.within * mean, self.within**2 * squares / divisor

    def runs(self, batch: int, *, settled: bool = False) -> tuple[Array, Array]:
        s = self.s
        counted = math.ceil(25 / max(s.momentum, 1e-3))
        steps = counted if settled else min(s.steps, counted)
        left = 0.0 if settled else (1 - s.momentum) ** s.steps
        n = RUNS if s.shape == "normal" else max(64, min(RUNS, 2_500_000 // (batch * steps + 1)))
        r, variance = np.zeros(n), np.zeros(n)
        for _ in range(steps):
            mean, var = self.batch_statistics(n, batch)
            r = (1 - s.momentum) * r + s.momentum * mean
            variance = (1 - s.momentum) * variance + s.momentum * var
        return r - left * s.mean, variance + left

    def outputs(self, batch: int, *, settled: bool = False) -> tuple[Array, Array]:
        """Training and inference output, (runs, samples)."""
        s = self.s
        r, variance = self.runs(batch, settled=settled)
        u = draws(s.shape, (r.size, min(batch, 64)), self.rng)
        if batch > 64:  # the others by their mean and spread would do; drawn all the same
            others = draws(s.shape, (r.size, batch - 64), self.rng)
            u = np.concatenate([u, others], axis=1)
        x = self.within * u
        centred = x - x.mean(axis=1, keepdims=True)
        if s.case == "eval forgotten":
            centred = 0 * centred
        spread = (centred**2).mean(axis=1, keepdims=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            z = np.where(spread + s.eps > 1e-25, centred / np.sqrt(spread + s.eps), 0.0)
            y = (x + self.sides(r.size)[:, None] - r[:, None]) / np.sqrt(variance + s.eps)[:, None]
        return z, y


def undefined(s: TrainInferenceSettings) -> bool:
    """0/0 in training, or nothing that could be stored."""
    alone = s.batch == 1 or s.case == "eval forgotten"
    return (s.eps == 0 and (alone or s.std == 0)) or unstored(s)


def after(s: TrainInferenceSettings) -> str:
    return f"after {s.steps} step{'s' if s.steps != 1 else ''}" if s.steps else "before any step"


def unstored(s: TrainInferenceSettings) -> bool:
    return s.batch == 1 and s.stored == "unbiased" and s.steps > 0


def heavy(s: TrainInferenceSettings, *, batch: int | None = None, settled: bool = False) -> bool:
    """Whether a mean over runs converges too slowly for any simulation."""
    b = batch or s.batch
    if b == 1 or s.momentum == 0 or s.std == 0:
        return False
    fixed = s.eps + (0.0 if settled else (1 - s.momentum) ** s.steps)
    within = s.std**2 / (1 + (s.separation**2 if s.case == "one class" else 0))
    return (b - 1) * (2 / s.momentum - 1) < 12 and fixed < 0.1 * within


def widened(found: Estimate, runs: int) -> Estimate:
    """With the error of the page's own simulation beside ours."""
    return Estimate(found.value, found.error * math.sqrt(1 + runs / PAGE_RUNS))


def gap_of(z: Array, y: Array) -> Estimate:
    return rms_of(((z - y) ** 2).mean(axis=1))


def correlation_of(z: Array, y: Array) -> Estimate:
    whole = float(np.corrcoef(z.ravel(), y.ravel())[0, 1])
    groups = zip(np.array_split(z, 16), np.array_split(y, 16), strict=True)
    parts = [np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in groups]
    return Estimate(whole, float(np.std(parts, ddof=1) / 4))


def told(shown: Shown, name: str, pattern: str) -> list[Printed]:
    text = sentence(shown, name)
    found = find(text, pattern)
    assert found, f"{pattern!r} not in {text!r}"
    return found


def close(told: Printed, found: Estimate, runs: int, exact: bool) -> bool:
    return agrees(told, found if exact else widened(found, runs))


@EVERY
def test_no_text_holds_what_is_no_word(s: TrainInferenceSettings) -> None:
    assert_clean(show("train_vs_inference", s))


@EVERY
def test_the_gap_is_that_of_the_present_training(s: TrainInferenceSettings) -> None:
    shown = show("train_vs_inference", s)
    said = sentence(shown, "answer")
    if undefined(s):
        assert find(said, r"differs? (?:from it )?by #") is None
        assert "0/0" in said
        assert "undefined" in figure(shown, "fig_gap")["alt"]
        return
    headline = find(said, r"(?:by|it is) # (?:\(RMS\)|after|before)")
    assert headline, said
    assert after(s) in said
    if s.batch == 1 and s.case != "eval forgotten" and s.std:
        start = find(said, "start, 1, # is left")
        assert start
        assert agrees(start[0], Estimate((1 - s.momentum) ** s.steps, 0))
    if heavy(s):
        return
    oracle = Oracle(s, np.random.default_rng(s.batch * 1000 + s.steps))
    z, y = oracle.outputs(s.batch)
    exact = s.shape == "normal" or s.std == 0
    gap = gap_of(z, y)
    assert close(headline[0], gap, len(z), exact), (headline, gap)
    table = sentence(shown, "gap_table")
    simulated = told(shown, "gap_table", "RMS gap #")[0]
    assert close(simulated, gap, len(z), False), (simulated, gap)
    both = find(table, "RMS gap # #")
    assert (both is not None) == (s.shape == "normal" and s.std > 0)
    correlated = find(said, r"correlation #")
    if correlated:
        assert close(correlated[0], correlation_of(z, y), len(z), exact)
        first = told(shown, "gap_table", "correlation #")[0]
        assert close(first, correlation_of(z, y), len(z), False)
    else:
        assert s.batch == 1 or s.case == "eval forgotten" or s.std == 0


@EVERY
def test_headline_alternative_texts_and_causes_say_one_number(s: TrainInferenceSettings) -> None:
    shown = show("train_vs_inference", s)
    headline = find(sentence(shown, "answer"), r"(?:by|it is) # (?:\(RMS\)|after|before)")
    if headline is None:
        return
    number = headline[0].value
    for name, pattern in (("fig_gap", "gap #"), ("fig_gap_by_batch", f"size {s.batch} it is #")):
        alt = figure(shown, name)["alt"].replace("infinite", "∞")
        found = find(alt, pattern)
        assert found, alt
        assert found[0].value == pytest.approx(number, rel=6e-3), name
    causes = sentence(shown, "causes")
    assert (causes != "") == (s.case != "eval forgotten" and s.shape == "normal" and s.std > 0)
    if causes:
        root = told(shown, "causes", "its root, the RMS gap #")[0].value
        assert root == pytest.approx(number, rel=6e-3)
        cells = re.findall(r"<td>([^<]*(?:<sup>[^<]*</sup>)?)</td>", str(shown["causes"]))
        parts = [value_of(cell) for cell in cells[:-4:2]]
        total = value_of(cells[-4])
        assert total == pytest.approx(number**2, rel=0.012)
        if math.isfinite(total):
            assert sum(parts) == pytest.approx(total, abs=0.006 * max(map(abs, parts)) * 3)


def value_of(cell: str) -> float:
    found = find(re.sub(r"<[^>]*>", "", cell), "#")
    assert found, cell
    return found[0].value


@EVERY
def test_settled_gaps_follow_momentum_and_what_is_stored(s: TrainInferenceSettings) -> None:
    shown = show("train_vs_inference", s)
    found = find(sentence(shown, "answer"), r"have settled, by #")
    if found is None:
        assert (
            (s.shape != "normal" or undefined(s) or s.momentum == 0 or s.std == 0 or s.batch == 1)
            or s.case == "eval forgotten"
            or "no average" in sentence(shown, "answer")
            or "∞" in sentence(shown, "answer")
        )
        return
    if heavy(s, settled=True):
        return
    oracle = Oracle(s, np.random.default_rng(s.batch))
    assert agrees(found[0], gap_of(*oracle.outputs(s.batch, settled=True)))


def line(shown: Shown, name: str, called: str) -> Any:
    traces = [t for t in figure(shown, name)["data"] if t.get("name") == called]
    return traces[0] if traces else None


@EVERY
def test_the_lines_over_the_batch_sizes_are_drawn_where_they_hold(
    s: TrainInferenceSettings,
) -> None:
    shown = show("train_vs_inference", s)
    now = line(shown, "fig_gap_by_batch", after(s))
    settled = line(shown, "fig_gap_by_batch", "once settled")
    assert (now is not None) == (s.shape == "normal" and s.std > 0)
    assert (settled is not None) == (now is not None and s.momentum > 0)
    if now is None:
        return
    rng = np.random.default_rng(s.seed + s.batch)
    at = int(rng.integers(len(now["x"])))
    batch = int(now["x"][at])
    oracle = Oracle(s, rng)
    for drawn, end in ((now, False), (settled, True)):
        if drawn is None or heavy(s, batch=batch, settled=end):
            continue
        value = drawn["y"][at]
        largest = max(y for y in drawn["y"] if y is not None)
        found = gap_of(*oracle.outputs(batch, settled=end))
        assert agrees(Printed(value, 1e-4 * largest), found), (batch, value, found)


@EVERY
def test_the_fixed_sample(s: TrainInferenceSettings) -> None:
    shown = show("train_vs_inference", s)
    text = sentence(shown, "sample_table")
    if undefined(s):
        assert find(text, "training, mean # #") is None
        return
    rng = np.random.default_rng(s.seed)
    oracle = Oracle(s, rng)
    batch = 1 if s.case == "eval forgotten" else s.batch
    n = max(4000, 1_000_000 // batch) if batch < 100 else 4000
    x = oracle.within * draws(s.shape, (n, batch), rng)
    x[:, 0] = oracle.within * s.sample
    centred = x[:, 0] - x.mean(axis=1)
    with np.errstate(invalid="ignore"):
        z = np.where(batch == 1, 0.0, centred / np.sqrt(x.var(axis=1) + s.eps))
    z = np.nan_to_num(z)
    r, variance = oracle.runs(s.batch)
    with np.errstate(divide="ignore"):
        place = oracle.within * (s.sample + oracle.apart)
        y = (place - r) / np.sqrt(variance + s.eps)
    exact = s.shape == "normal" and s.std > 0
    for name, outputs in (("training, ", z), ("inference, ", y)):
        if name == "inference, " and heavy(s):
            continue
        for kind, found in (("mean", mean_of(outputs)), ("sd", sd_of(outputs))):
            label = f"{name}{kind}" + (" over runs" if name + kind == "inference, sd" else "")
            cells = find(text, f"{label} # #") if exact else find(text, f"{label} #")
            assert cells, (label, text)
            # The page's own simulation has 256 runs, or 2048 batches and more.
            behind = PAGE_RUNS if name == "inference, " else 2048
            wide = Estimate(found.value, found.error * math.sqrt(1 + outputs.size / behind))
            # An sd of two values has no fourth moment to speak of: a thousandth on top.
            slack = Printed(cells[0].value, cells[0].rounding + 1e-3 * abs(found.value) + 1e-9)
            assert agrees(slack, wide), (label, cells, found)
            if exact:
                slack = Printed(cells[1].value, cells[1].rounding + 2e-3 * abs(found.value) + 1e-6)
                assert agrees(slack, found), (label, cells, found)
    curve = line(shown, "fig_same_sample", "closed form")
    assert (curve is not None) == (exact and batch > 2)
    if curve is not None:
        places, density = np.array(curve["x"]), np.array(curve["y"])
        for low, high in ((-0.5, 0.0), (0.0, 0.7), (-2.0, 2.0)):
            a, b = z.mean() + low * z.std(), z.mean() + high * z.std()
            grid = np.linspace(a, b, 400)
            share = float(np.trapezoid(np.interp(grid, places, density, 0, 0), grid))
            inside = ((z > a) & (z < b)).astype(float)
            assert agrees(Printed(share, 0.02), mean_of(inside)), (share, inside.mean())


@EVERY
def test_the_expected_line_runs_through_the_samples(s: TrainInferenceSettings) -> None:
    shown = show("train_vs_inference", s)
    drawn = line(shown, "fig_gap", "expected")
    allowed = s.shape == "normal" and s.std > 0 and s.batch > 1 and s.case != "eval forgotten"
    assert (drawn is not None) == allowed
    # The page's line is for its own 256 runs: where these scatter a lot, so does the line.
    if not allowed or heavy(s) or s.case == "one class":
        return
    r, variance = Oracle(s, np.random.default_rng(3)).runs(s.batch)
    scatter = r.std() / s.std + np.sqrt(variance).std() / np.sqrt(variance.mean())
    if scatter > 0.25:
        return
    oracle = Oracle(s, np.random.default_rng(s.seed))
    z, y = (part[:, 0] for part in oracle.outputs(s.batch))
    places, heights = np.array(drawn["x"]), np.array(drawn["y"])
    edges = np.quantile(y, [0.3, 0.4, 0.5, 0.6, 0.7])
    for a, b in pairwise(edges):
        inside = (y >= a) & (y <= b)
        expected = np.interp(y[inside], places, heights).mean()
        slack = 0.02 + 0.3 * scatter / math.sqrt(PAGE_RUNS) * 5
        assert agrees(Printed(float(expected), slack), mean_of(z[inside]))


@EVERY
def test_sentences_stand_under_their_conditions(s: TrainInferenceSettings) -> None:
    shown = show("train_vs_inference", s)
    said = " ".join(sentence(shown, n) for n, part in shown.items() if isinstance(part, str))
    ratio = s.eps / s.std**2 if s.std else math.inf
    batch = 1 if s.case == "eval forgotten" else s.batch
    ordinary = batch > 1 and ratio <= 1e-3
    assert ("pulls the outer samples inwards" in said) == (ordinary and batch > 2)
    assert ("another output each time" in said) == (batch > 1 and s.std > 0)
    assert ("shrinks all outputs" in said) == (1e-3 < ratio < math.inf)
    assert ("Two samples come out" in said) == (ordinary and batch == 2 and s.case == "ordinary")
    assert ("Gaussian input, and are left out" in said) == (s.shape != "normal" and s.std > 0)
    assert ("never changes" in said.split("What to see")[0]) == (
        s.momentum == 0 and ordinary_answer(s)
    )
    found = find(said, "inference output has std #")
    if found:
        assert agrees(found[0], Estimate(s.std / math.sqrt(s.std**2 + s.eps), 0))
    found = find(said, r"the gap would be # = √\(2\(1 − #\)\)")
    if found:
        assert s.case == "ordinary"
        u = draws(s.shape, (max(2000, 400_000 // s.batch), s.batch), np.random.default_rng(5))
        own = mean_of(u.std(axis=1))
        page = 0.0 if s.shape == "normal" else float(u.std(axis=1).std()) / math.sqrt(2048)
        assert agrees(found[1], Estimate(own.value, math.hypot(own.error, page)))
        square, rounding = 2 * (1 - found[1].value), 2 * found[1].rounding
        assert abs(found[0].value ** 2 - square) <= rounding + 0.01 * square
    found = find(said, r"the gap would be #")
    if found:
        u = draws(s.shape, (max(2000, 400_000 // s.batch), s.batch), np.random.default_rng(6))
        x = s.std * (u - u.mean(axis=1, keepdims=True))
        v = (x**2).mean(axis=1, keepdims=True)
        z = np.where(v > 0, x / np.sqrt(np.where(v > 0, v, 1.0) + s.eps), 0.0)
        own = gap_of(z, s.std * u / math.sqrt(s.std**2 + s.eps))
        behind = 0.0 if s.shape == "normal" else len(u) / 2048
        assert agrees(found[0], Estimate(own.value, own.error * math.sqrt(1 + behind)))


def ordinary_answer(s: TrainInferenceSettings) -> bool:
    return not undefined(s) and s.std > 0 and s.batch > 1 and s.case != "eval forgotten"


@EVERY
def test_one_class_a_batch(s: TrainInferenceSettings) -> None:
    lesson = sentence(show("train_vs_inference", s), "lesson")
    found = find(
        lesson,
        r"variance is #, and # within a class.*variance is # on average.*variance # "
        r"where # was meant",
    )
    if s.case != "one class" or s.std == 0 or s.batch == 1:
        assert found is None
        return
    assert found, lesson
    oracle = Oracle(s, np.random.default_rng(2))
    _, variance = oracle.runs(s.batch)
    assert agrees(found[0], Estimate(s.std**2, 0))
    assert agrees(found[1], Estimate(oracle.within**2, 0))
    assert agrees(found[2], widened(mean_of(variance), variance.size))
    assert agrees(found[4], Estimate(s.std**2 / (s.std**2 + s.eps), 0))
    if not heavy(s):
        inference = mean_of(s.std**2 / (variance + s.eps))
        assert close(found[3], inference, variance.size, s.shape == "normal")


@pytest.mark.parametrize(
    ("batch", "stored", "gap"),
    [(2, "biased", 1.27), (32, "biased", 0.225), (2, "unbiased", 0.98), (32, "unbiased", 0.225)],
)
def test_known_settled_gaps(batch: int, stored: str, gap: float) -> None:
    s = TrainInferenceSettings(batch=batch, stored=stored)
    found = told(show("train_vs_inference", s), "answer", "have settled, by #")
    assert found[0].value == pytest.approx(gap, rel=0.01)


@pytest.mark.parametrize("case", ["ordinary", "eval forgotten", "one class"])
def test_every_control_that_can_be_moved_is_followed(case: str) -> None:
    assert_followed("train_vs_inference", case=case)


@pytest.mark.parametrize("name", ["steps", "momentum", "stored", "mean", "std", "batch"])
@pytest.mark.parametrize("case", ["ordinary", "eval forgotten", "one class"])
def test_the_headline_follows_the_training(name: str, case: str) -> None:
    known = values(controls(TrainInferenceSettings)[name])
    picked = np.random.default_rng(1).permutation(len(known))[:4]
    said = {
        sentence(
            show("train_vs_inference", TrainInferenceSettings(case=case, **{name: known[i]})),
            "answer",
        )
        for i in picked
    }
    assert len(said) > 1
