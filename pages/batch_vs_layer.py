"""Batch or layer: which numbers share a mean, and when that matters."""

import streamlit as st

from ui.live import live
from ui.views.batch_vs_layer import CompareSettings
from ui.widgets import sidebar, widgets

chosen = sidebar(
    CompareSettings,
    *("batch", "features", "mean", "std", "eps", "momentum", "gamma", "beta", "shape", "seed"),
)

st.title("Batch or layer: which numbers share a mean?", anchor=False)
top = st.container()

for place, name in zip(
    st.columns(3, vertical_alignment="bottom"), ("over", "positions", "groups"), strict=True
):
    with place:
        chosen |= widgets(CompareSettings, name)
matrix, side = st.columns([2, 1])
with side:
    numbers = st.container()
    st.caption("What shares the entry's statistics is outlined. Click another entry, or move:")
    chosen |= widgets(CompareSettings, "entry_row", "entry_column")
st.subheader("One example alone parts them", anchor=False)
alone = st.container()
st.subheader("Sequences of unequal length", anchor=False)
with st.columns([2, 3])[0]:
    chosen |= widgets(CompareSettings, "shortest")
lengths, tokens = st.columns(2)
sequences = st.container()
st.subheader("What leaves the output where it was?", anchor=False)
left, right = st.columns([1, 2])
with left:
    chosen |= widgets(CompareSettings, "invariant_norm")
with right:
    chosen |= widgets(CompareSettings, "invariant_change")
cells, pair = st.columns([5, 2])
changed = st.container()
st.subheader("Side by side", anchor=False)
beside = st.container()

page = live("batch_vs_layer", chosen)
with top:
    page.show("answer")
    page.show("special")
with matrix:
    page.show("fig_axes")
with numbers:
    page.show("groups_table")
with alone:
    page.show("fig_before_after")
    page.show("batch_of_one")
with lengths:
    page.show("fig_padding")
with tokens:
    page.show("fig_padded_outputs")
with sequences:
    page.show("padding_note")
with cells:
    page.show("fig_invariances")
with pair:
    page.show("fig_pair")
with changed:
    page.show("pair_note")
with beside:
    page.show("compare_table")

with st.expander("The formulas, and where they come from"):
    st.markdown(
        r"""
Every norm computes, over a set $S$ of entries that share their statistics,

$$z_i = \frac{x_i - \mu_S}{\sqrt{\sigma_S^2 + \epsilon}},\qquad
\mu_S = \frac1{|S|}\sum_{j\in S} x_j,\qquad
\sigma_S^2 = \frac1{|S|}\sum_{j\in S}(x_j-\mu_S)^2 ,$$

and scales and shifts the result. $S$ is one feature over all examples and positions (batch norm),
one example over all features and positions (layer norm; on images some take it over the features
of one position only), one example over a few features (group norm), one feature of one example
(instance norm). RMSNorm sets $\mu_S = 0$. Here a matrix has one column per example; PyTorch's is
the transpose. Wu & He 2018 (arXiv 1803.08494), equations 1 to 7; Zhang & Sennrich 2019
(1910.07467).

**Padding.** With a share $p$ of zeros among a feature's entries the mean becomes $(1-p)\mu$ and the
variance $(1-p)(\sigma^2 + p\mu^2)$: exact for any numbers. Leaving the padding out of the
statistics by a mask repairs it; the statistics then rest on fewer tokens from batch to batch.

**Invariances.** Ba et al. 2016 (1607.06450), table 1; RMSNorm after Zhang & Sennrich. They are
exact at $\epsilon = 0$. "Recentred" adds one vector to every weight vector or to every sample;
what is rescaled is tripled.
"""
    )
