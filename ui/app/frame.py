"""What stands around every page: spacing, the phone's settings sheet, notices on top."""

from pathlib import Path
from string import Template

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.app.address import keep_address
from ui.app.notices import not_taken
from ui.app.streamlit_dom import Dom, with_key
from ui.app.visit import arrive

FAVICON = Path(__file__).with_name("favicon.png")

# Streamlit leaves six rem above a page; a projector has no room for that. The type grows with the
# window: 16 pixels at 1280 x 720, 21 at 1920 x 1080, 25 at 2560 x 1440. On a phone the sidebar
# becomes a sheet over the lower part, so that the picture above it is seen to move.
_STYLE = Template("""
<style>
html { font-size: clamp(16px, min(6.8px + 1.28vh, 6.8px + 0.72vw), 26px); }
$MAIN { padding: 4.2rem 1.6rem 1rem 1.6rem; max-width: none; }
$MAIN > $BLOCK { gap: 0.6rem; }
$CAPTION { color: inherit; opacity: 0.82; }
$PRIMARY { color: light-dark(#FFFFFF, #10161C); }
$HEADING $MARKDOWN { margin-bottom: 0; }
$MAIN h1 { padding: 0.2rem 0; }
$SIDEBAR_CONTENT $BLOCK { gap: 0.55rem; }
$ADDRESS { position: absolute; }
$SIDEBAR_OPEN { min-width: 18.75rem; }
$COLLAPSE { visibility: visible !important; }
$SIDEBAR_HEADER { height: 2.2rem; padding-bottom: 0; margin-bottom: 0; }
@media (max-width: 1000px) {
  $COLUMNS { flex-wrap: wrap; }
  $COLUMN { min-width: min(100%, 15rem); }
}
@media (max-width: 768px) {
  $MAIN { padding: 4rem 0.7rem 48vh 0.7rem; }
  $SIDEBAR_OPEN {
    position: fixed !important; top: auto !important; bottom: 0; left: 0; height: 44vh !important;
    width: 100vw !important; max-width: 100vw !important;
    border-top: 1px solid rgba(128, 128, 128, 0.4); border-radius: 14px 14px 0 0; overflow: hidden;
  }
  $SIDEBAR_OPEN $SIDEBAR_CONTENT {
    height: 44vh; overflow-y: auto; display: flex; flex-direction: column;
  }
  $SIDEBAR_NAV { order: 1; }
  .katex-display > .katex { font-size: 1em; }
  /* A scene has no sheet of settings, and its bar stands at the bottom. */
  body:has(.lesson-bar) $MAIN { padding-top: 3.4rem; padding-bottom: 0; }
  body:has(.lesson-bar) .st-key-head { display: none; }
}
/* So low a window, a phone on its side or a page at twice its size, has room beside the picture. */
@media (max-width: 900px) and (max-height: 480px) {
  $MAIN { padding-top: 3.6rem; padding-bottom: 1rem; }
  $MAIN h1 { font-size: 1.2rem; }
  $SIDEBAR_OPEN {
    position: fixed !important; top: 0 !important; bottom: 0; left: auto; right: 0;
    height: 100vh !important; width: 50vw !important; max-width: 50vw !important; min-width: 0;
    border-radius: 0; box-shadow: none;
  }
  $SIDEBAR_OPEN $SIDEBAR_CONTENT { height: 100vh; }
  body:has($SIDEBAR_OPEN) $MAIN { padding-right: 52vw; }
}
</style>
""").substitute({part.name: part.value for part in Dom}, ADDRESS=with_key("address"))


_PARTS = {part.name: part.value for part in Dom}


def style() -> None:
    """The style sheets of the frame, of its controls, and of the page on paper."""
    st.html(_STYLE)
    for name in ("controls.css", "print.css"):
        _sheet(name)


def show(page: StreamlitPage) -> None:
    """Run the page, above it what could not be taken from the address that it came with."""
    here = arrive(page.url_path)
    if here.showing.present:
        _sheet("present.css")
    with st.container():
        for problem in here.problems:
            not_taken(problem)
    page.run()
    keep_address()


def _sheet(name: str) -> None:
    sheet = Template(Path(__file__).with_name(name).read_text()).substitute(_PARTS)
    st.html(f"<style>{sheet}</style>")
