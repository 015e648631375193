"""The chosen training experiment on its page: claim, run and stop, figures, verdict, presets."""

import streamlit as st

from ui.app import training_session
from ui.app.component import show_as_sent
from ui.app.notices import failed, refused
from ui.training.earlier import Earlier, show_earlier
from ui.training.experiment import Experiment
from ui.training.experiments import EXPERIMENTS
from ui.training.settings import TrainingSettings, chosen
from ui.training.words import progress_text

SECONDS_BETWEEN_PICTURES = 0.3


def show_experiment(settings: TrainingSettings) -> None:
    """All of the experiment at these settings, and a button for each preset."""
    experiment = chosen(settings)
    tasks = experiment.tasks(settings)
    waiting = training_session.is_running(tasks)
    claim, buttons = st.columns([3, 1], vertical_alignment="center")
    with claim:
        st.markdown(experiment.before(settings))
        if not waiting and (takes := training_session.takes(tasks)):
            st.caption(takes)
    with buttons, st.container(horizontal=True):  # side by side on a phone too
        st.button(
            "Run",
            key="run",
            icon=":material/play_arrow:",
            type="primary",
            on_click=training_session.start,
            args=(tasks,),
            disabled=waiting,
            width="stretch",
        )
        st.button(
            "Stop",
            key="stop",
            icon=":material/stop:",
            on_click=training_session.stop,
            disabled=not waiting,
            width="stretch",
        )
    st.fragment(_results, run_every=SECONDS_BETWEEN_PICTURES if waiting else None)(
        experiment, settings, tasks, waiting
    )
    st.caption(experiment.setup(settings))
    st.markdown("**Three mistakes and a cure, one click each.** Each trains for a few seconds.")
    presets = [one for one in EXPERIMENTS if one.preset]
    for number, (place, one) in enumerate(zip(st.columns(len(presets)), presets, strict=True)):
        place.button(
            one.name.capitalize(),
            key=f"preset_{number}",
            on_click=training_session.start_preset,
            args=(one.name, one.tasks(settings)),
            width="stretch",
        )


def _results(
    experiment: Experiment,
    settings: TrainingSettings,
    tasks: training_session.Tasks,
    waiting: bool,
) -> None:
    """The results so far; it runs again and again by itself while there are more to come."""
    status = training_session.status(tasks)
    if waiting and not training_session.is_running(tasks):
        st.rerun()
    measured = experiment.measure(status.results)
    if measured.empty:
        earlier = training_session.earlier(experiment)
        line, parts = show_earlier(experiment, settings, earlier)
        settings = earlier.settings  # those that a saved picture is of
    else:
        line, parts = "", experiment.shown(settings, measured, status.finished)
        training_session.remember(experiment, Earlier(settings, measured, status.finished))
    if waiting or not line:
        st.progress(status.fraction, progress_text(status, waiting))
    else:
        st.markdown(line)
    if status.error:
        failed("The training failed: press Run to try again.", status.error)
    if status.refused:
        refused(status.refused)
    figures = [name for name in parts if name.startswith("fig_")]
    for place, name in zip(st.columns(len(figures)), figures, strict=True):
        with place:
            show_as_sent(name, parts[name], "training", settings)
    show_as_sent("after", parts["after"], "training", settings)
