"""What stands before every address of this server."""

import streamlit as st


def base_path() -> str:
    """What stands before every address of this server: nothing, or /name."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""
