"""The lab: move a slider and see what a norm does to a batch."""

import streamlit as st

from ui.live import live
from ui.views.lab import LabSettings
from ui.widgets import sidebar, widgets

chosen = sidebar(
    LabSettings,
    *("batch", "mean", "std", "momentum", "eps", "norm"),
    *("features", "feature", "gamma", "beta", "shape", "seed"),
)

left, middle, right = st.columns([5, 3, 2.7], vertical_alignment="bottom")
with left:
    st.title("What does normalisation do to a batch?", anchor=False)
with middle:
    chosen |= widgets(LabSettings, "view", hide_labels=True)
with right:
    chosen |= widgets(LabSettings, "show", hide_labels=True)

page = live("lab", chosen)
if page.settings.view == "four batch sizes":
    page.show("fig_batch_sizes")
    page.show("small_batches")
else:
    page.show("fig_before_after")
    left, right = st.columns([2, 1])
    with left:
        if page.settings.norm == "layer":
            page.show("no_running_mean")
            page.show("fig_per_example")
        else:
            page.show("fig_running_mean")
    with right:
        page.show("lesson")
        page.show("numbers")
