"""The training page through the shell: run to the end, stop, come back, presets, bad addresses."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.shell import run, said, shown
from ui.app import training_session as running
from ui.bounded import size_of
from ui.jobs.job_queue import JobQueue, job_queue
from ui.training.earlier import PREPARED
from ui.training.experiments import while_it_trains
from ui.training.settings import TrainingSettings

SMALL: dict[str, Any] = {"train_steps": 25, "layers": 2, "seeds": 1}
LARGE: dict[str, Any] = {"train_steps": 600, "layers": 10, "seeds": 9, "batch": 512}
PATIENCE = 60.0


@pytest.fixture(scope="module", autouse=True)
def _workers() -> Iterator[None]:
    """End the workers that the pages started."""
    yield
    job_queue().close()
    job_queue.cache_clear()


def finish(app: AppTest) -> AppTest:
    """Run the script again, as the page does by itself, until nothing is under way."""
    end = time.monotonic() + PATIENCE
    while not app.button(key="stop").disabled:
        assert time.monotonic() < end, "the training did not end"
        app.run()
    return app


def test_the_page_runs_to_its_end() -> None:
    app = run("training", **SMALL)
    assert not app.exception
    assert "Prepared run:" in shown(app)["fig_loss"]["alt"]
    app.button(key="run").click().run()
    finish(app)
    assert not app.exception
    assert not app.error
    assert "batch norm" in shown(app)["fig_loss"]["alt"]
    assert "After 25 steps" in shown(app)["after"]


def test_the_same_settings_come_back_at_once_in_another_session() -> None:
    first = run("training", **SMALL, seed=3)
    first.button(key="run").click().run()
    finish(first)
    again = run("training", **SMALL, seed=3)
    assert again.button(key="stop").disabled
    assert shown(again) == shown(first)


def test_stop_stops_at_once_and_leaves_the_page_usable() -> None:
    app = run("training", **LARGE)
    app.button(key="run").click().run()
    assert not app.button(key="stop").disabled
    assert app.button(key="run").disabled
    app.button(key="stop").click().run()
    assert app.button(key="stop").disabled
    assert not app.button(key="run").disabled
    assert shown(app)["after"] == ""
    small = run("training", **SMALL, seed=5)
    small.button(key="run").click().run()
    finish(small)
    assert shown(small)["after"]


def test_a_full_queue_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    full = JobQueue(workers=1, most_jobs=2)
    monkeypatch.setattr(running, "job_queue", lambda: full)
    try:
        for seed in (0, 1):
            full.submit(
                while_it_trains.tasks(TrainingSettings(**LARGE, seed=seed)), f"session {seed}"
            )
        app = run("training", **SMALL, seed=8)
        app.button(key="run").click().run()
        assert not app.exception
        assert "The queue is full: 2 others wait" in said(app)
        assert app.button(key="stop").disabled
        assert not app.button(key="run").disabled, "to try again"
    finally:
        full.close()


def captions(app: AppTest) -> str:
    return " ".join(caption.value for caption in app.caption)


def test_what_takes_long_is_told_before_it_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = JobQueue()  # which has not measured how fast it is
    monkeypatch.setattr(running, "job_queue", lambda: fresh)
    assert "takes about" not in captions(run("training"))
    long = run("training", **LARGE, experiment="learning rates")
    assert "A run at these settings takes about" in captions(long)
    assert "on this server when nobody else trains." in captions(long)
    long.button(key="run").click().run()
    assert "takes about" not in captions(long), "the bar says how far it is"
    fresh.close()


def test_a_session_keeps_no_results() -> None:
    app = run("training", experiment="drift of the inputs", seeds=9)
    app.button(key="run").click().run()
    end = time.monotonic() + PATIENCE
    while "Prepared run:" in shown(app)["fig_drift"]["alt"] and time.monotonic() < end:
        app.run()
    app.button(key="stop").click().run()
    assert running._stopped.bytes > 100_000, "it is kept, within a bound for all sessions together"
    state = app.session_state._state.filtered_state
    assert sum(map(size_of, state.values())) < 300_000


def test_a_change_of_settings_stops_the_work_at_the_old_ones() -> None:
    app = run("training", **LARGE)
    app.button(key="run").click().run()
    app.slider(key="layers").set_value(9).run()
    assert app.button(key="stop").disabled
    assert "Press Run to train at the present settings." in said(app)


def test_the_page_opens_with_a_prepared_run() -> None:
    app = run("training")
    assert PREPARED in said(app)
    assert "After 250 steps" in said(app)
    assert "batch norm 9" in shown(app)["fig_accuracy"]["alt"]


def test_a_moved_slider_leaves_the_last_curves_as_a_ghost_with_their_settings() -> None:
    app = run("training", **SMALL)
    app.button(key="run").click().run()
    finish(app)
    lines = [trace["y"] for trace in shown(app)["fig_accuracy"]["data"]]
    app.select_slider(key="rate").set_value(0.2).run()
    assert "Pale: the last run (learning rate 0.4)." in said(app)
    assert [trace["y"] for trace in shown(app)["fig_accuracy"]["data"]] == lines
    assert shown(app)["after"] == ""
    app.select_slider(key="rate").set_value(0.4).run()
    assert "After 25 steps" in shown(app)["after"]


def test_a_preset_is_one_click() -> None:
    app = run("training", seeds=1)
    app.button(key="preset_0").click().run()
    finish(app)
    assert app.selectbox(key="experiment").value == "eval forgotten"
    assert "eval()" in shown(app)["after"]


def test_every_experiment_has_its_figure() -> None:
    figures = {
        "while it trains": "fig_loss",
        "drift of the inputs": "fig_drift",
        "learning rates": "fig_learning_rates",
        "initial weights": "fig_initialisation",
        "batch sizes": "fig_batch_sizes",
        "noise after the norm": "fig_noisy",
        "regularisation": "fig_regularisation",
    }
    for experiment, figure in figures.items():
        app = run("training", experiment=experiment)
        assert not app.exception
        assert figure in shown(app)


def test_both_sides_of_the_contest_are_named() -> None:
    app = run("training", experiment="noise after the norm", **SMALL)
    app.button(key="run").click().run()
    finish(app)
    told = said(app)
    for word in ("Contested", "1502.03167", "1805.11604"):
        assert word in told


def test_bad_settings_in_the_address_are_told_and_fall_back() -> None:
    app = run("training", rate="0.3", experiment="nonsense", layers="99", seeds="2")
    told = said(app)
    for word in ("rate=0.3", "experiment=nonsense", "layers=99"):
        assert word in told
    assert app.selectbox(key="experiment").value == "while it trains"
    assert app.select_slider(key="rate").value == 0.4
    assert app.slider(key="seeds").value == 2


def test_reset_puts_the_pages_own_settings_back() -> None:
    app = run("training", experiment="learning rates", layers=3)
    app.button(key="reset").click().run()
    assert app.selectbox(key="experiment").value == "while it trains"
    assert app.slider(key="layers").value == 8
