"""The frame around every page: set-up, navigation, and what was wrong with the address."""

import streamlit as st

from ui.frame import FAVICON, notices, style

st.set_page_config(
    page_title="Batch and layer normalisation",
    page_icon=FAVICON,
    layout="wide",
    initial_sidebar_state="auto",
)
style()

page = st.navigation(
    {
        "": [st.Page("lab.py", title="Lab", icon=":material/science:", default=True)],
        "Noise": [
            st.Page("small_batches.py", title="Small batches", icon=":material/blur_on:"),
            st.Page(
                "running_statistics.py",
                title="Running statistics",
                icon=":material/timeline:",
            ),
            st.Page(
                "train_vs_inference.py",
                title="Training against inference",
                icon=":material/compare_arrows:",
            ),
        ],
        "Compare": [
            st.Page("batch_vs_layer.py", title="Batch or layer", icon=":material/compare:"),
            st.Page("gradients.py", title="Gradients", icon=":material/undo:"),
            st.Page("numerics.py", title="Numerics", icon=":material/calculate:"),
        ],
        "Why it helps": [
            st.Page("training.py", title="Training", icon=":material/model_training:"),
        ],
    },
    position="top",
)
notices(page.run)
