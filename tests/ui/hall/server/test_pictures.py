"""What the phones that follow are sent."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.ui.hall.rooms import a_room
from ui import views
from ui.app.server.answers.answer import answer
from ui.hall.server.pictures import MOST_BYTES, picture, shown_now, view_of
from ui.hall.state.room import Progress, Refusal, View
from ui.lessons.scene import TRAINING


@pytest.mark.parametrize("page", [*views.NAMES, TRAINING])
def test_every_page_has_a_first_figure_that_fits(page: str) -> None:
    told = json.loads(picture(View(page, ""), (), hidden=False))
    [(name, figure)] = told["parts"].items()
    assert name.startswith("fig_")
    assert figure["data"]


def test_the_wanted_parts_are_those_of_the_page_itself() -> None:
    wanted = ("fig_running_mean", "numbers", "none")
    told = json.loads(picture(View("lab", "batch=4&seed=3"), wanted, hidden=False))
    settings = replace(views.load("lab").settings(), batch=4, seed=3)
    whole = json.loads(answer("lab", settings))
    assert list(told["parts"]) == ["fig_running_mean", "numbers"]
    assert all(told["parts"][name] == whole[name] for name in told["parts"])


def test_a_trained_picture_is_hidden_until_its_answer_is_out() -> None:
    view = View(TRAINING, "experiment=learning+rates")
    assert json.loads(picture(view, (), hidden=True))["parts"] == {}
    assert json.loads(picture(view, (), hidden=False))["parts"]


def test_what_is_too_large_the_phones_ask_for_themselves() -> None:
    every = tuple(json.loads(answer("lab", views.load("lab").settings())))
    few = picture(View("lab", ""), every, hidden=False)
    assert len(few) < MOST_BYTES
    query = "batch=512&features=256"
    large = picture(View("running_statistics", query), tuple(views.NAMES), hidden=False)
    assert len(large) < MOST_BYTES + 200


def test_without_a_view_the_scene_shows_itself() -> None:
    room = a_room()
    assert shown_now(room) == View("lab", "batch=64")
    revealed = replace(room, progress=(Progress("revealed", 1), *room.progress[1:]))
    assert shown_now(revealed) == View("lab", "batch=2&seed=5")
    assert shown_now(replace(revealed, view=View("lab", "batch=3"))) == View("lab", "batch=3")


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("none", ""),
        (None, ""),
        (["lab"], ""),
        ("lab", None),
        ("lab", "batch=7"),
        ("lab", "batch=8&batch=9"),
        ("lab", "a" * 2049),
        ("../lab", ""),
        ("training", "experiment=none"),
    ],
)
def test_a_view_that_cannot_be_had(page: Any, query: Any) -> None:
    found = view_of(page, query)
    assert isinstance(found, Refusal)
    assert len(found.word) < 1000


def test_a_view_that_can() -> None:
    assert view_of("lab", "batch=8") == View("lab", "batch=8")
    assert view_of("training", "") == View("training", "")
