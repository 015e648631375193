"""Why it speeds up training: real networks on real digits, trained while you watch."""

import streamlit as st

from ui.live import show_as_sent
from ui.sentences.training import BEFORE, doing
from ui.training import running
from ui.training.plan import plan
from ui.training.settings import PRESETS, USES, TrainingSettings
from ui.training.shown import shown
from ui.widgets import sidebar, widgets

SECONDS_BETWEEN_PICTURES = 0.3

title, which, run, halt = st.columns([4.6, 2.6, 1, 1], vertical_alignment="center")
with title:
    st.title("Why does a norm train faster?", anchor=False)
with which:
    chosen = widgets(TrainingSettings, "experiment", hide_labels=True)
chosen |= sidebar(TrainingSettings, *USES[chosen["experiment"]], run_page=True)
settings = TrainingSettings(**chosen)
tasks = plan(settings)
waiting = running.is_running(tasks)
run.button(
    "Run",
    key="run",
    icon=":material/play_arrow:",
    type="primary",
    on_click=running.start,
    args=(tasks,),
    disabled=waiting,
    width="stretch",
)
halt.button(
    "Stop",
    key="stop",
    icon=":material/stop:",
    on_click=running.stop,
    disabled=not waiting,
    width="stretch",
)
st.markdown(BEFORE[settings.experiment])


@st.fragment(run_every=SECONDS_BETWEEN_PICTURES if waiting else None)
def experiment() -> None:
    """The results so far; it runs again and again by itself while there are more to come."""
    status = running.status(tasks)
    if waiting and not running.is_running(tasks):
        st.rerun()
    st.progress(status.fraction, doing(status, waiting))
    if status.error:
        st.error(f"The training failed: press Run to try again. {status.error}")
    parts = shown(settings, status.results, status.finished)
    figures = [name for name in parts if name.startswith("fig_")]
    for place, name in zip(st.columns([5, 3][: len(figures)]), figures, strict=True):
        with place:
            show_as_sent(name, parts[name])
    show_as_sent("after", parts["after"])


experiment()

st.markdown("**Four mistakes, one click each.** Each trains for a second or two.")
for place, name in zip(st.columns(len(PRESETS)), PRESETS, strict=True):
    place.button(
        name.capitalize(),
        key=f"preset_{PRESETS.index(name)}",
        on_click=running.start_preset,
        args=(
            name,
            plan(TrainingSettings(experiment=name, seeds=settings.seeds, seed=settings.seed)),
        ),
        width="stretch",
    )

with st.expander("The network, the data, and where the claims come from"):
    st.markdown(
        r"""
**The network.** Dense layers $y = Wx$, a norm before each activation or a bias alone, and softmax
with cross-entropy on top; plain stochastic gradient descent
$W \leftarrow W - \eta\,\partial L/\partial W$
without momentum or decay. Initial weights are Gaussian with variance $2/n$ for ReLU (He et al.
2015, arXiv 1502.01852) and $1/n$ otherwise, $n$ the number of inputs. Runs with the same seed share
initial weights and batches whatever else differs, and a run is a function of its settings and seed,
to the last digit, on one machine. Arithmetic is in 32-bit floating point.

**The data.** 1797 handwritten digits of 8 x 8 pixels in a fixed, stratified split: 1297 to train
on, 500 to test. E. Alpaydin and C. Kaynak, *Optical Recognition of Handwritten Digits*, UCI Machine
Learning Repository, 1998, [doi 10.24432/C50P49](https://doi.org/10.24432/C50P49), CC BY 4.0.

**Running statistics** take the share $m$ (momentum) of each new batch:
$r \leftarrow (1-m)\,r + m\,\hat\mu_B$, and the same for the variance. They are used in testing.

**Noise after the norm**: $y \mapsto a\,y + b$ with $a$ uniform in $(\tfrac12, \tfrac32)$ and $b$
uniform in $(-\tfrac12, \tfrac12)$, new for each unit and step; none in testing. The shift drawn is
the mean over units of |mean now - mean one step before| / std, of 200 unseen digits.

**Sources.** Ioffe & Szegedy 2015 (arXiv 1502.03167): batch norm, and 14 times fewer steps on
ImageNet; Ba et al. 2016 (1607.06450): layer norm; Bjorck et al. 2018 (1806.02375): the gains come
from larger rates; Santurkar et al. 2018 (1805.11604): not from a steadier input; Wu & He 2018
(1803.08494): small batches; Hoffer et al. 2017 (1705.08741): ghost batches.
There is no closed form for what a network learns: every number on this page is measured.
"""
    )
