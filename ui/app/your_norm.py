"""The page your_norm on a server: what it is, and the way to it. It runs no visitor's code."""

import os
from urllib.parse import urlencode

import streamlit as st

from ui.app.visit import visit
from ui.layout import Page, settings_of
from ui.text.markdown import literal
from ui.your_norm.starting_points import STARTING_POINTS

SITE = "SITE_ADDRESS"
"""The variable of the environment with the address of the site, as docs/serving.md says."""

_WHAT = (
    "The class of the chapter stands in an editor beside the lab's pictures: with all its lines, "
    "with gaps to fill, or with a bug to find. Each pause in your typing runs it. Checks beside "
    "the code turn right or wrong, and the histograms and the running mean are those of your code."
)
_WHERE = (
    "It runs in your own browser, in the edition of these pages without a server: this server runs "
    "no code of its visitors."
)
_NO_SITE = (
    "This server has not been told where that edition stands. `make site` builds it, as a folder "
    f"for any web space; whoever runs this server then gives its address in `{SITE}`."
)


def _start() -> dict[str, str]:
    """The starting point that the address asks for, as a scene of a lecture does."""
    asked = st.query_params.get("start", "")
    known = {point.name for point in STARTING_POINTS}
    return {"start": asked} if asked in known else {}


def show_your_norm(page: Page) -> None:
    """The title, what the page is, and a link at the visit's settings where the site is known."""
    with st.container(key="head"):
        st.title(page.question, anchor=False)
    st.markdown(_WHAT)
    st.markdown(_WHERE)
    site = os.environ.get(SITE, "")
    if not site:
        st.markdown(_NO_SITE)
    elif not site.startswith(("http://", "https://")):
        st.markdown(f"{SITE} is {literal(site)}, expected an address that begins with https://.")
    else:
        query = urlencode(_start() | visit().spelt(list(settings_of(page))))
        address = f"{site.rstrip('/')}/{page.name}/" + (f"?{query}" if query else "")
        st.link_button("Write your norm", address, type="primary", icon=":material/code:")
