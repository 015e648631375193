"""What a session has submitted to the job queue, and how far that is."""

import secrets
from dataclasses import replace

import streamlit as st

from ui.app.visit import visit
from ui.bounded import Bounded
from ui.jobs import Status, Task
from ui.jobs.job_queue import job_queue
from ui.training.earlier import Earlier
from ui.training.estimate import Trial, seconds, small, told
from ui.training.experiment import Experiment
from ui.training.prepared import prepared

_SESSION = "_training_session"
_SUBMITTED = "_training_submitted"

_EARLIER = "_training_earlier"

PATIENCE_SECONDS = 2.0

Tasks = tuple[Task, ...]

# The results so far of what sessions stopped, shown until they submit something else. Not kept in
# the sessions, which together would have no bound: up to 6 MB each.
_stopped: Bounded[str, tuple[Tasks, Status]] = Bounded(16_000_000)


def start(tasks: Tasks) -> None:
    """Submit these tasks."""
    st.session_state[_SUBMITTED] = tasks
    _stopped.pop(_session())


def start_preset(experiment: str, tasks: Tasks) -> None:
    """Turn to this experiment and submit its tasks."""
    visit().values["experiment"] = experiment
    start(tasks)


def stop() -> None:
    """Stop what was submitted; its results so far stay on the page."""
    tasks: Tasks | None = st.session_state.pop(_SUBMITTED, None)
    if tasks is not None:
        _stopped.put(_session(), (tasks, job_queue().stop(tasks, _session())))


def is_running(tasks: Tasks) -> bool:
    """Whether this session waits for these tasks. Any others that it waits for are stopped."""
    submitted = st.session_state.get(_SUBMITTED)
    if submitted is not None and submitted != tasks:
        stop()
    return submitted == tasks


def status(tasks: Tasks) -> Status:
    """How far these tasks are; when they have ended, the session no longer waits for them."""
    if is_running(tasks):
        found = job_queue().submit(tasks, _session())
        if found.finished or found.error or found.refused:
            stop()
        if found.refused:
            _stopped.put(_session(), (tasks, found))
        return found
    found = job_queue().peek(tasks)
    stopped = _stopped.get(_session())
    if stopped is not None and stopped[0] == tasks and not found.finished:
        return replace(stopped[1], position=0, seconds_left=None)
    return found


def takes(tasks: Tasks) -> str:
    """How long a run of these tasks takes, where that is worth telling and known.

    Whoever asks first on this server waits for a worker that tries how fast it is.
    """
    queue = job_queue()
    if small(tasks):
        return ""
    trial = queue.wait((Trial(),), "trial", PATIENCE_SECONDS)
    if not trial.finished:
        return ""
    left = 1 - queue.peek(tasks).fraction
    long = left * seconds(tasks, len(queue.workers), trial.results[0])
    return told(long, "on this server when nobody else trains")


def remember(experiment: Experiment, run: Earlier) -> None:
    """Keep what was shown last: a few kilobytes."""
    st.session_state[_EARLIER] = (experiment.name, run)


def earlier(experiment: Experiment) -> Earlier:
    """What this session was shown last, if it is of this experiment; else its prepared run."""
    name, run = st.session_state.get(_EARLIER, ("", None))
    return run if name == experiment.name else prepared(experiment)


def _session() -> str:
    name: str = st.session_state.setdefault(_SESSION, secrets.token_hex(8))
    return name
