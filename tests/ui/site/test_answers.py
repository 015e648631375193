"""The site's answers are the server's: the same numbers, spelt in JSON alike."""

import json
from urllib.parse import urlencode

import pytest

from tests.ui.walk import walk
from ui import views
from ui.app.server.answers import answer as server
from ui.settings.address import spell
from ui.site.answers import answer, copied
from ui.take_away.copies import copy_of
from ui.views.lab.view import LabSettings


@pytest.mark.parametrize("name", views.NAMES)
def test_they_show_what_the_server_shows(name: str) -> None:
    for settings in walk(views.load(name).settings, 12, seed=11):
        query = urlencode(spell(settings))
        found = json.loads(answer(name, query))
        assert found["shown"] == json.loads(server.answer(name, settings))
        assert found["settings"] == spell(settings)
        assert found["problems"] == []


def test_what_an_address_cannot_have_is_told() -> None:
    found = json.loads(answer("lab", "batch=7&mean=<b>x</b>&std=4.5&nothing=1"))
    assert found["settings"]["batch"] == "32"
    assert found["settings"]["std"] == "4.5"
    assert len(found["problems"]) == 2
    assert any("<b>x</b>" in problem for problem in found["problems"])
    found = json.loads(answer("lab", "present=1&hide=over,momentun"))
    assert ["hide=momentun in the address" in problem for problem in found["problems"]] == [True]


def test_a_page_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError, match="expected one of"):
        answer("nothing", "")


def test_code_is_that_of_the_settings_in_the_query() -> None:
    found = json.loads(copied("lab", "numpy", "batch=8&mean=x&other=1"))
    assert found == copy_of("lab", LabSettings(batch=8), "numpy")
    with pytest.raises(ValueError, match="'csv' cannot be copied, expected one of numpy, "):
        copied("lab", "csv", "")
