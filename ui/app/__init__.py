"""The Streamlit edition: all that knows Streamlit, its page and its server."""
