"""What an address may say of how pages are shown, and what it is told when it cannot have it."""

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.settings.showing import Showing, read_showing

KNOWN = ("batch", "eps", "momentum")


@given(st.booleans(), st.lists(st.sampled_from(KNOWN), unique=True))
def test_what_is_spelt_is_read(present: bool, hide: list[str]) -> None:
    showing = Showing(present, tuple(hide))
    assert read_showing(parse_qs(urlencode(showing.spelt())), KNOWN) == (showing, [])


def test_nothing_said_is_as_ever_and_spelt_as_nothing() -> None:
    assert read_showing({}, KNOWN) == (Showing(), [])
    assert read_showing({"present": "", "hide": " , "}, KNOWN) == (Showing(), [])
    assert read_showing({"present": "0"}, KNOWN) == (Showing(), [])
    assert Showing().spelt() == {}


def test_names_in_several_places_are_hidden_once_each() -> None:
    showing, problems = read_showing({"hide": ["eps, batch", "eps"]}, KNOWN)
    assert showing.hide == ("eps", "batch")
    assert not problems


def test_an_unknown_name_is_told_and_the_others_are_hidden() -> None:
    showing, [problem] = read_showing({"hide": "momentun,eps"}, KNOWN)
    assert showing.hide == ("eps",)
    assert problem.asked == "hide=momentun"
    assert "no page has a setting of that name" in str(problem)


@pytest.mark.parametrize("texts", ["yes", "2", ["1", "yes"], "<b>"])
def test_another_present_is_told(texts: str | list[str]) -> None:
    showing, [problem] = read_showing({"present": texts}, KNOWN)
    assert not showing.present
    assert "expected 1" in problem.why


def test_what_is_told_of_a_long_text_has_a_bound() -> None:
    _, problems = read_showing({"present": "x" * 9000, "hide": "y" * 9000}, KNOWN)
    assert all(len(problem.asked) < 200 for problem in problems)
