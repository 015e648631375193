"""Running statistics: what does momentum do to the estimates that inference lives on?"""

import streamlit as st

from ui.live import live
from ui.views.running_statistics import RunningSettings
from ui.widgets import sidebar

chosen = sidebar(
    RunningSettings,
    *("momentum", "batch", "average", "stored", "drift", "start_mean", "start_var"),
    *("mean", "std", "features", "shape", "seed"),
)
page = live("running_statistics", chosen)

st.title("How fast should an average forget?", anchor=False)
page.show("answer")
page.show("fig_running_mean")
st.caption(
    "What to see: the estimate leaves its start, then wanders inside the funnel; a larger momentum "
    "gets there sooner and wanders further. At the left the batch of the present step: dots are "
    "its samples (10 at most), the line is its mean, the open circle is the estimate before it "
    "and the full one after it. Play, or move the scrubber."
)
left, right = st.columns([3, 2])
with left:
    page.show("ends")
with right:
    page.show("bias")
    page.show("lag")

st.header("And the running variance?", anchor=False)
page.show("variance")
page.show("fig_running_var")
st.caption(
    "What to see: the same forgetting on a quantity that scatters more, and to one side: small "
    "batches rarely see a large variance, but then a very large one."
)

st.header("Momentum 0.1 or 0.9?", anchor=False)
page.show("momentum_text")
page.show("fig_conventions")
page.show("code")
st.markdown(
    """
| | running update | variance used / stored | eps |
|---|---|---|---|
| PyTorch | (1 − m) r + m x, m = 0.1 | biased / unbiased | 1e-5 |
| Keras 3 | m r + (1 − m) x, m = 0.99 | biased / biased | 1e-3 |
| Flax nnx | m r + (1 − m) x, m = 0.99 | biased / biased | BN 1e-5, LN and others 1e-6 |
| ONNX | m r + (1 − m) x | population variance | attribute |
| this project | (1 − m) r + m x, m = 0.1 | biased / biased | 1e-5 |
"""
)

with st.expander("The formulas, and where they part from the simulation"):
    st.markdown(
        r"""
$m$ weighs the new batch, $q = 1 - m$; $x_t$ is the statistic of batch $t$ and $r_t$ the estimate:
$r_t = q\,r_{t-1} + m\,x_t$. All of it follows from summing geometric series (derived); it
holds for any input.
$$\mathrm{E}[r_t] = \mu(1 - q^t) + r_0 q^t, \qquad
\mathrm{Var}[r_t] = \frac{\sigma^2}{B}\,\frac{m}{2-m}\,(1 - q^{2t}).$$
Half-life of the start $\ln\frac12/\ln q$; equivalent window $2/m - 1$ batches; the bias of the
start falls below the settled noise at
$t^* = \ln\left(|\mu - r_0|/\mathrm{sd}_\infty\right)/(-\ln q)$.

**Bias-corrected** (as Adam does, Kingma & Ba, arXiv 1412.6980):
$(r_t - q^t r_0)/(1 - q^t)$ has mean $\mu$ and variance
$\frac{\sigma^2}{B}\frac{m}{2-m}\frac{1+q^t}{1-q^t}$. **Cumulative** (`momentum=None`): variance
$\sigma^2/(tB)$.

**Drift.** Where the mean moves by $d$ a step, the lag obeys $L_t = q(L_{t-1} + d)$ and settles at
$d(1-m)/m$; the cumulative average trails by $d(t-1)/2$.

**Variance.** The same, with the mean and sd of the batch variance: $\sigma^2 (B-1)/B$ (biased)
or $\sigma^2$, relative sd $\sqrt{k/B + 2/(B-1)}$, $k$ the input's excess kurtosis.

**Where they part.** The funnel is ± 2 sd at every step; the running variance is skewed for small
batches, so more than its share of the paths lies above it. Mean and sd are exact for every
shape. For large batches the paths share batches (the table says how many there are).
"""
    )
