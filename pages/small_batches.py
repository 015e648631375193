"""Small batches: how noisy are the statistics of a batch?"""

import streamlit as st

from ui.live import live
from ui.settings import Settings
from ui.widgets import sidebar

chosen = sidebar(Settings, "batch", "std", "mean", "eps", "features", "shape", "seed")
page = live("small_batches", chosen)

st.title("Is my batch large enough?", anchor=False)
page.show("answer")

left, right = st.columns([2, 1])
with left:
    page.show("fig_errors_by_batch")
with right:
    page.show("numbers")
    page.show("about_inputs")
    st.caption("Points are simulated, lines are closed forms. Click a point to choose its size.")

st.header("How far are mean and variance off?", anchor=False)
page.show("sampled")
page.show("fig_sampling")

st.header("What does one output look like?", anchor=False)
page.show("output_text")
page.show("fig_output_law")

st.header("How much is everything scaled?", anchor=False)
page.show("scale_text")
page.show("fig_inverse_std")
st.caption(
    "What to see: straight tails on logarithmic axes, the steeper the larger the batch. At the "
    "right the averages of 3 and 4 settle on their dashed lines, at 3 with late jumps; that of 2 "
    "never does."
)

with st.expander("The formulas, and where they part from the simulation"):
    st.markdown(
        r"""
$B$ samples with mean $\mu$, std $\sigma$ and excess kurtosis $k$ (0 for a Gaussian). All of it is
textbook sampling theory (Cochran's theorem) but the last, which is derived from it.

**Any input.** The batch mean scatters by $\sigma/\sqrt{B}$. The biased batch variance has mean
$\sigma^2 (B-1)/B$ and relative sd
$$\sqrt{\frac{k}{B} + \frac{2}{B-1}}.$$
Every output obeys $|z| \le \sqrt{B-1}$, and two outputs of a batch have correlation $-1/(B-1)$.

**Gaussian input.** The unbiased variance is $\sigma^2 \chi^2_{B-1}/(B-1)$. One output follows
$$\frac{z^2}{B-1} \sim \mathrm{Beta}\!\left(\tfrac12, \tfrac{B-2}{2}\right), \qquad
p(z) \propto \left(1 - \frac{z^2}{B-1}\right)^{(B-4)/2},$$
for layer normalisation with the number of features in the place of $B$. The scale is on average
$$\mathrm{E}\left[\frac{\sigma}{s_B}\right] =
\sqrt{\frac{B}{2}}\, \frac{\Gamma((B-2)/2)}{\Gamma((B-1)/2)},$$
infinite at $B = 2$; its density falls as $w^{-B}$, so at $B = 3$ the average exists and its
scatter does not. An output is off by
$$\sqrt{2(1-b)}, \qquad b = \sqrt{\frac{2}{B}}\, \frac{\Gamma(B/2)}{\Gamma((B-1)/2)},$$
about $\sqrt{3/(2B)}$.

**Where they part.** The laws of the output are for $\epsilon = 0$: with an $\epsilon$ that counts
beside $\sigma^2$ outputs shrink, and the laws are left out. Where the input is not Gaussian, only
the first block is drawn. Points beside their lines show the noise of the simulation itself: with
2048 batches an sd is known to some 1.6 %, at $B = 2$ and heavy tails less well.
"""
    )
