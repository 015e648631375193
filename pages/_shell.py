"""The frame around every page: set-up, navigation, and what was wrong with the address."""

import streamlit as st

from ui.app.frame import FAVICON, show, style
from ui.navigation import FIRST, MENU

# The icon first, since a page's own would be fetched from another host.
st.set_page_config(page_icon=FAVICON, layout="wide", initial_sidebar_state="auto")
style()
page = st.navigation(
    {
        group: [
            st.Page(
                f"{entry.name}.py",
                title=entry.menu,
                icon=f":material/{entry.icon}:",
                default=entry is FIRST,
            )
            for entry in pages
        ]
        for group, pages in MENU.items()
    },
    position="top",
)
st.set_page_config(page_title=f"{page.title} · Batch and layer normalisation")
show(page)
