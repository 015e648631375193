"""Training against inference: why does a network answer differently in eval mode?"""

import streamlit as st

from ui.live import live
from ui.views.train_vs_inference import TrainInferenceSettings
from ui.widgets import sidebar, widgets

chosen = sidebar(
    TrainInferenceSettings,
    *("batch", "sample", "steps", "momentum", "separation"),
    *("mean", "std", "eps", "stored", "shape", "seed"),
)

st.title("Why do training and inference differ?", anchor=False)
chosen |= widgets(TrainInferenceSettings, "case", hide_labels=True)
page = live("train_vs_inference", chosen)
page.show("answer")
left, right = st.columns(2)
with left:
    page.show("fig_gap")
    st.caption(
        "What to see: training squeezes the outer samples, since a sample far out widens its own "
        "batch's std; and the dots scatter, since the companions change."
    )
    page.show("gap_table")
with right:
    page.show("fig_same_sample")
    st.caption(
        "What to see: the sample never changes, only its companions do, and training gives it "
        "another place each time. Inference gives it one."
    )
    page.show("sample_table")
page.show("lesson")

st.header("Where does the gap come from?", anchor=False)
page.show("causes_text")
page.show("fig_gap_by_batch")
page.show("causes")

with st.expander("The formulas, and where they part from the simulation"):
    st.markdown(
        r"""
$u = (x - \mu)/\sigma$ is the sample in units of the input, $z$ its training output, $B$ the batch
size; Gaussian input throughout, everything derived.

**Settled statistics.** By symmetry $\mathrm{E}[zu] = \mathrm{E}[s_B]/\sigma = b$, the mean of the
biased batch std, so that
$$\mathrm{corr}(z, u) = b = \sqrt{\frac{2}{B}}\,\frac{\Gamma(B/2)}{\Gamma((B-1)/2)}, \qquad
\text{RMS gap} = \sqrt{2(1-b)} \approx \sqrt{\frac{3}{2B}}.$$
With $\epsilon$: $\mathrm{E}[z^2] = \mathrm{E}[v/(v+\epsilon)]$ and
$\mathrm{E}[zu] = \mathrm{E}[v/\sqrt{v+\epsilon}]/\sigma$ over the law of the batch variance $v$.

**One fixed sample** among random companions ($\epsilon = 0$):
$$z = \frac{\sqrt{B-1}\,T}{\sqrt{B(B-2) + T^2}}, \qquad
T \sim \text{noncentral } t_{B-2}\!\left(u\sqrt{B-1}\right).$$
At $B = 2$ the output is $\pm 1$ with mean $\mathrm{erf}(u/\sqrt2)$, where inference gives $u$.

**Statistics under way.** With running mean $r$ and variance $R$ in units of $\sigma$ and
$a = 1/\sqrt{R + \epsilon}$,
$$\mathrm{E}(z - (u - r)a)^2 =
\mathrm{E}[z^2] - 2\,\mathrm{E}[zu]\,\mathrm{E}[a] + \mathrm{E}[a^2]\,(1 + \mathrm{E}[r^2]),$$
exactly, because the mean and the variance of Gaussian batches are independent. The moments of $a$
come from the Laplace transform of $R$, a weighted sum of $\chi^2$ laws. The causes are put in one
after the other: right statistics, the start of the variance, the biased variance, its scatter, the
start of the mean, its scatter.

**One class a batch.** With $V$ the variance that inference uses, 1 within and $c^2$ between the
classes, the mean square gap is $1 - 2b/\sqrt{V} + (1 + c^2)/V$.

**Where they part.** At momentum 1 and $B = 2$ or 3 the mean square gap is infinite: a simulation
gives some number that says nothing. At $B = 2$ and 3 the simulated gaps scatter widely for every
quick momentum.
"""
    )
