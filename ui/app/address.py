"""The address says what the page's settings stand at; the browser keeps the others for a reload."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from ui.app.visit import asked, every_setting, visit
from ui.settings.showing import NAMES

_KEY = "address_keeper"
# What a browser may hand back: far more than all settings of all pages, spelt out.
_MOST = 10_000


def write_address() -> None:
    """Let the address say what the page's settings stand at, and leave in it what is not ours."""
    here = visit()
    query = _query()
    wanted, stands = urlencode(query, doseq=True), urlencode(_now(), doseq=True)
    # What the browser says it has may be older than what it was sent last.
    if wanted != here.written or wanted != stands:
        here.written = wanted
        st.query_params.from_dict(query)


def keep_address() -> None:
    """Once a page stands: its address, and every value of the visit for the browser to keep.

    The visit's first address is corrected by the browser's side, since Streamlit would make the
    corrected one another step of the browser's history.
    """
    here = visit()
    if here.written is None:
        here.written = urlencode(_query(), doseq=True)
    else:
        write_address()
    data = {
        "name": "address",
        "shown": here.written,
        "visit": here.name,
        "defaults": {name: _default(name) for name in here.shown},
        "kept": urlencode(here.spelt(list(here.values))),
    }
    with st.container(key="address"):
        _keeper()(key=_KEY, data=json.dumps(data).encode(), on_kept_change=_take_back)


def _query() -> dict[str, Any]:
    here = visit()
    ours = (*every_setting(), *NAMES)
    foreign = {name: texts for name, texts in _now().items() if name not in ours}
    return foreign | here.spelt(here.shown) | here.showing.spelt()


def _now() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _default(name: str) -> str:
    control, default = every_setting()[name]
    return control.text(default)


def _take_back() -> None:
    """The page was loaded again, which began a new visit: the browser had kept the last one's."""
    kept = str(st.session_state[_KEY].get("kept") or "")[:_MOST]
    values, _ = asked(parse_qs(kept))
    visit().values |= values


@cache
def _keeper() -> Any:
    script = Path(__file__).with_name("address.js").read_text()
    return st.components.v2.component("address", js=script, isolate_styles=False)
