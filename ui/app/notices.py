"""What a page has to tell besides its own: the one way to a page for text from outside."""

import streamlit as st

from ui.settings.address import Problem
from ui.text.markdown import literal


def not_taken(problem: Problem) -> None:
    """A value in the address that cannot be had."""
    words = f"{literal(problem.asked)} in the address: {problem.why}"
    st.warning(words, icon=":material/link_off:")


def refused(words: str) -> None:
    """Words of ours for what was not done."""
    st.warning(words)


def failed(words: str, reason: str) -> None:
    """Words of ours for what did not work, and the reason as it came."""
    st.error(f"{words} {literal(reason)}")
