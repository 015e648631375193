"""The lecturer's picture for the phones that follow: computed once for all of them."""

from typing import Any
from urllib.parse import parse_qs

from ui import views
from ui.app.server.answers.answer import encoded, spelt
from ui.hall.state.room import Refusal, Room, View
from ui.lessons.scene import TRAINING
from ui.settings.address import read
from ui.training.prepared import prepared_figures
from ui.training.settings import TrainingSettings

LONGEST_QUERY = 2048
MOST_BYTES = 64_000
"""Of one picture; the phones ask for what is larger themselves."""


def view_of(page: Any, query: Any) -> View | Refusal:
    """The view that a lecturer shows, or what is wrong with it."""
    if not isinstance(page, str) or page not in (*views.NAMES, TRAINING):
        return Refusal("value", f"Expected a page: {', '.join((*views.NAMES, TRAINING))}.")
    if not isinstance(query, str) or len(query) > LONGEST_QUERY:
        return Refusal("value", f"Expected a query of at most {LONGEST_QUERY} characters.")
    _, problems = _settings(page, query)
    return Refusal("value", " ".join(problems.values())) if problems else View(page, query)


def shown_now(room: Room) -> View:
    """What the lecturer has set, or else the scene's own view."""
    question = room.question
    own = View(question.page, question.after if room.phase == "revealed" else question.before)
    return room.view or own


def picture(view: View, wanted: tuple[str, ...], *, hidden: bool) -> str:
    """The view's wanted parts as JSON, or its first figure where it has none of them.

    hidden: the page trains networks and the answer is not revealed yet: then there is none.
    """
    parts = {} if hidden else _parts(view)
    chosen = [name for name in wanted if name in parts]
    chosen = chosen or [name for name in parts if name.startswith("fig_")][:1]
    told = [f"{spelt(name)}:{parts[name]}" for name in chosen]
    whole = "{" + ",".join(told) + "}"
    body = whole if len(whole) <= MOST_BYTES else "{}"
    return f'{{"page":{spelt(view.page)},"query":{spelt(view.query)},"parts":{body}}}'


def _parts(view: View) -> dict[str, str]:
    settings, _ = _settings(view.page, view.query)
    if isinstance(settings, TrainingSettings):
        return {name: spelt(part) for name, part in prepared_figures(settings).items()}
    return encoded(view.page, settings)


def _settings(page: str, query: str) -> tuple[Any, dict[str, str]]:
    kind = TrainingSettings if page == TRAINING else views.load(page).settings
    return read(kind, parse_qs(query, keep_blank_values=True, max_num_fields=200))
