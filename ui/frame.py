"""What stands around every page: spacing, the phone's settings sheet, notices on top."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.widgets import address_problems

FAVICON = Path(__file__).with_name("favicon.png")

# Streamlit leaves six rem above a page; a projector has no room for that. On a phone the
# sidebar becomes a sheet over the lower part, so that the picture above it is seen to move.
_STYLE = """
<style>
.stMainBlockContainer { padding: 4.4rem 1.6rem 1rem 1.6rem; max-width: 1500px; }
.stMainBlockContainer > .stVerticalBlock { gap: 0.6rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.82; }
.stHeading [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
.stMainBlockContainer h1 { padding: 0.2rem 0; }
[data-testid="stSidebarContent"] .stVerticalBlock { gap: 0.55rem; }
[data-testid="stSidebarHeader"] { height: 2.2rem; padding-bottom: 0; margin-bottom: 0; }
@media (max-width: 768px) {
  .stMainBlockContainer { padding: 4rem 0.7rem 48vh 0.7rem; }
  [data-testid="stSidebar"][data-collapsed="false"] {
    position: fixed !important; top: auto !important; bottom: 0; left: 0; height: 44vh !important;
    width: 100vw !important; max-width: 100vw !important;
    border-top: 1px solid rgba(128, 128, 128, 0.4); border-radius: 14px 14px 0 0; overflow: hidden;
  }
  [data-testid="stSidebar"][data-collapsed="false"] [data-testid="stSidebarContent"] {
    height: 44vh; overflow-y: auto; display: flex; flex-direction: column;
  }
  [data-testid="stSidebarNav"] { order: 1; }
}
</style>
"""


def style() -> None:
    """The style sheet of the frame."""
    st.html(_STYLE)


def notices(run: Callable[[], None]) -> None:
    """Run the page, and tell above it what could not be taken from the address."""
    place = st.container()
    run()
    for problem in address_problems():
        place.warning(problem, icon=":material/link_off:")
