"""What the server does beyond Streamlit's own: answers to sliders, static files, limits."""
