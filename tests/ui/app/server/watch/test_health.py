"""/health says whether one more page has room."""

from starlette.applications import Starlette
from starlette.routing import Route

from tests.ui.app.server.asgi import get
from ui.app.server.bounds.places import Places
from ui.app.server.watch.health import health


def test_it_says_ok_until_all_places_are_taken() -> None:
    places = Places(most=2)
    app = Starlette(routes=[Route("/health", health(places))])
    for taken, status, word in ((0, 200, b"ok"), (1, 200, b"ok"), (2, 503, b"full")):
        places.taken = taken
        answer = get(app, "/health")
        assert (answer.status, answer.body) == (status, word)
        assert answer.headers["cache-control"] == "no-store"


def test_it_is_full_too_where_something_else_has_run_out() -> None:
    app = Starlette(routes=[Route("/health", health(Places(is_crowded=lambda: True)))])
    assert get(app, "/health").body == b"full"
