"""A session's part in the work: what it has asked for, and how far that is."""

import secrets

import streamlit as st

from ui.jobs import Status, Task, desk

_WHO = "_training_session"
_ASKED = "_training_asked"
_LEFT = "_training_left"

Tasks = tuple[Task, ...]


def start(tasks: Tasks) -> None:
    """Ask for these tasks from now on."""
    st.session_state[_ASKED] = tasks
    st.session_state.pop(_LEFT, None)


def start_preset(experiment: str, tasks: Tasks) -> None:
    """Turn to this experiment and ask for its tasks."""
    st.session_state["experiment"] = experiment
    start(tasks)


def stop() -> None:
    """Leave what was asked for; what there is of it stays to be seen."""
    tasks: Tasks | None = st.session_state.pop(_ASKED, None)
    if tasks is not None:
        st.session_state[_LEFT] = (tasks, desk().stop(tasks, _who()))


def is_running(tasks: Tasks) -> bool:
    """Whether this session waits for these tasks. It stops waiting for any others."""
    asked = st.session_state.get(_ASKED)
    if asked is not None and asked != tasks:
        stop()
    return asked == tasks


def status(tasks: Tasks) -> Status:
    """How far these tasks are; when they have ended the session no longer waits for them."""
    if is_running(tasks):
        found = desk().ask(tasks, _who())
        if found.finished or found.error:
            stop()
        return found
    found = desk().look(tasks)
    left = st.session_state.get(_LEFT)
    if left is not None and left[0] == tasks and not found.finished:
        return Status(left[1].results, left[1].fraction, error=left[1].error)
    return found


def _who() -> str:
    name: str = st.session_state.setdefault(_WHO, secrets.token_hex(8))
    return name
