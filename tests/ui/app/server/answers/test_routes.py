"""The answers below /live, asked as a visitor who means no good would."""

import json
from dataclasses import fields

import numpy as np
import pytest
from starlette.requests import Request
from starlette.routing import Router

from tests.ui.app.server.asgi import get
from ui import views
from ui.activations.contents import Contents
from ui.activations.held import files
from ui.app.server.answers.assets import assets
from ui.app.server.answers.routes import LONGEST_PAGE, LONGEST_QUERY, client_of, routes
from ui.app.server.answers.turns import Client, Turns
from ui.app.server.watch.times import Times
from ui.lessons.lectures import LECTURES
from ui.lessons.sent import revealed
from ui.settings.address import spell
from ui.settings.controls import controls
from ui.take_away.copies import KINDS, copy_of, settings_class

APP = Router(routes("", Turns(), Times()))


@pytest.mark.parametrize("name", views.NAMES)
def test_every_setting_spelt_out_fits_an_address(name: str) -> None:
    settings = views.load(name).settings
    longest = {
        key: max((str(o) for o in getattr(control, "options", ())), key=len, default="-1234.567")
        for key, control in controls(settings).items()
    }
    query = "&".join(f"{key}={value}" for key, value in longest.items())
    assert 2 * len(query) < LONGEST_QUERY
    # But for the token of a visitor's file, which stands in no address.
    assert longest.keys() == {field.name for field in fields(settings)} - {"data"}
    spelt = "&".join(f"{key}={value}" for key, value in spell(settings()).items())
    assert get(APP, f"/live/{name}", spelt).status == 200


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/live/lab", "batch=" + "7" * LONGEST_QUERY, 414),
        ("/live/lab", "a&" * LONGEST_QUERY, 414),
        ("/live/nothing", "a" * (LONGEST_QUERY + 1), 414),
        ("/live/lab", "batch=7", 422),
        ("/live/lab", "mean=" + "9" * 400, 422),
        ("/live/lab", "batch=%00&mean=%ff%fe", 422),
        ("/live/nothing", "", 404),
        ("/live/lessons", "lecture=none&scene=1", 422),
        ("/live/lessons", "lecture=<b>x</b>&scene=" + "9" * 1900, 422),
        ("/live/lessons", "scene=0", 422),
        ("/live/lessons", "a" * (LONGEST_QUERY + 1), 414),
        ("/live/training", "experiment=none", 422),
        ("/live/lab/copy", "", 422),
        ("/live/lab/copy", "as=csv", 422),
        ("/live/lab/copy", "as=" + "x" * 1900, 422),
        ("/live/lab/copy", "as=numpy&batch=7", 422),
        ("/live/lessons/copy", "as=numpy", 404),
        ("/live/os/copy", "as=numpy", 404),
        ("/live/training/copy", "as=numpy&experiment=none", 422),
        ("/live/lab/copy", "a" * (LONGEST_QUERY + 1), 414),
        ("/live/training", "a" * (LONGEST_QUERY + 1), 414),
        ("/live/__init__", "", 404),
        ("/live/os", "", 404),
        ("/live/lab.show", "", 404),
        ("/live/assets/none.js", "", 404),
        ("/live/assets/../../app.py", "", 404),
        ("/live/assets/", "", 404),
    ],
)
def test_what_cannot_be_had_is_refused_in_short(path: str, query: str, status: int) -> None:
    kept = len(assets())
    answer = get(APP, path, query, "identity")
    assert answer.status == status
    assert len(answer.body) < 2 * LONGEST_QUERY + 500
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(assets()) == kept


def test_a_scene_is_told_and_a_prepared_run_is_drawn() -> None:
    lecture = LECTURES[0]
    told = get(APP, "/live/lessons", f"lecture={lecture.name}&scene=1", "identity")
    assert json.loads(told.body) == revealed(lecture.name, 1)
    drawn = get(APP, "/live/training", "experiment=learning+rates", "identity")
    assert {name[:4] for name in json.loads(drawn.body)} == {"fig_"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("page", [*views.NAMES, "training"])
def test_code_is_copied_at_the_settings_of_the_query(page: str, kind: str) -> None:
    made = settings_class(page)
    query = "&".join(f"{name}={text}" for name, text in spell(made(batch=8, eps=0.01)).items())
    answer = get(APP, f"/live/{page}/copy", f"as={kind}&{query.replace(' ', '+')}", "identity")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.body.decode() == copy_of(page, made(batch=8, eps=0.01), kind)


def test_every_answer_forbids_to_guess_its_type() -> None:
    for path in ("/live/lab", *(f"/live/assets/{name}" for name in assets())):
        for encoding in ("gzip", "identity"):
            answer = get(APP, path, encoding=encoding)
            assert answer.status == 200
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_who_asks_too_much_is_told_when_to_ask_again_and_what_is_kept_is_given() -> None:
    times = Times()
    app = Router(routes("", Turns(most_waiting=0), times))
    query = "mean=1.3&seed=4711"
    refused = get(app, "/live/lab", query)
    assert refused.status == 429
    assert refused.headers["retry-after"] == "1"
    others = ("/live/lessons", "/live/training", "/live/lab/copy")
    assert [get(app, path).status for path in others] == [429, 429, 429]
    assert times.refused == 4
    drawn = get(APP, "/live/lab", query)
    again = get(app, "/live/lab", query)
    assert (again.status, again.body) == (200, drawn.body)


def test_a_page_is_known_by_what_it_says_and_a_connection_by_its_port() -> None:
    def asked(client: tuple[str, int], **headers: str) -> Client:
        told = [(name.encode(), value.encode()) for name, value in headers.items()]
        return client_of(Request({"type": "http", "client": client, "headers": told}))

    assert asked(("10.0.0.1", 5)) == Client("10.0.0.1", "", "5")
    assert asked(("10.0.0.1", 5), **{"x-page": "1-2"}) == Client("10.0.0.1", "1-2", "5")
    assert len(asked(("10.0.0.1", 5), **{"x-page": "a" * 9000}).page) == LONGEST_PAGE


def test_each_answer_is_counted_under_its_page() -> None:
    times = Times()
    app = Router(routes("", Turns(), times))
    for query in ("batch=8", "batch=16", "batch=7"):
        get(app, "/live/lab", query)
    assert 'x_count{page="lab"} 2' in list(times.lines("x"))


def test_names_that_are_no_settings_change_nothing() -> None:
    plain = get(APP, "/live/lab", "batch=8")
    odd = get(APP, "/live/lab", "batch=8&__class__=1&utm_source=x&batch_=3")
    assert odd.status == 200
    assert json.loads(odd.body) == json.loads(plain.body)


def test_a_visitors_file_is_asked_for_in_a_header_and_by_nobody_else() -> None:
    values = np.random.default_rng().normal(30, 1, (64, 8)).astype(np.float32)
    token = files.hold(Contents("mine.npy", {"x": values}), "a session")
    own = {"x-data": token}
    examples = get(APP, "/live/your_activations", "batch=8").body
    assert get(APP, "/live/your_activations", f"batch=8&data={token}").body == examples
    mine = get(APP, "/live/your_activations", "batch=8", headers=own).body
    assert mine != examples
    assert token.encode() not in mine
    assert get(APP, "/live/lab", headers=own).body == get(APP, "/live/lab").body
    copied = get(APP, "/live/your_activations/copy", "as=numpy", headers=own)
    assert (copied.status, token.encode() in copied.body) == (200, False)
    files.let_go("a session")
    gone = get(APP, "/live/your_activations", "batch=8", headers=own).body
    assert gone not in (mine, examples)
    assert b"no longer" in gone
    other = {"x-data": "x" * 5000}
    assert get(APP, "/live/your_activations", "batch=8", headers=other).body == gone
