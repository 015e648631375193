"""What flows back through a norm, what that does to the weights before it, and to deep networks."""

import streamlit as st

from ui.live import live
from ui.views.gradients import GradientSettings
from ui.widgets import sidebar, widgets

chosen = sidebar(
    GradientSettings,
    *("batch", "norm", "features", "mean", "std", "eps", "gamma", "shape", "seed"),
)

heading, choice = st.columns([3, 1], vertical_alignment="bottom")
with heading:
    st.title("What comes back through a norm?", anchor=False)
with choice:
    chosen |= widgets(GradientSettings, "upstream")
top = st.container()
parts, side = st.columns([3, 2])
noted = st.container()

st.subheader("Longer weights, smaller steps", anchor=False)
for place, name in zip(st.columns(3), ("weight_scale", "sgd_lr", "sgd_decay"), strict=True):
    with place:
        chosen |= widgets(GradientSettings, name)
scale, path = st.columns([1, 2])

st.subheader("And through many layers?", anchor=False)
with st.columns(3)[0]:
    chosen |= widgets(GradientSettings, "relu_layers")
deep = st.container()

page = live("gradients", chosen)
with top:
    page.show("answer")
with parts:
    page.show("fig_gradients")
    page.show("sums")
with side:
    page.show("fig_share")
    page.show("fig_check")
    page.show("check_note")
with noted:
    page.show("lesson")
with scale:
    page.show("fig_rescaled")
    page.show("scale_note")
with path:
    page.show("fig_scale")
    page.show("sgd_note")
with deep:
    page.show("fig_depth")
    page.show("depth_note")

with st.expander("The formulas, and where they come from"):
    st.markdown(
        r"""
**Backward.** With $s=\sqrt{\sigma^2+\epsilon}$, $z=(x-\mu)/s$ and $g$ the gradient at $z$ (the
upstream gradient times $\gamma$), all means over the group that shares $\mu$ and $\sigma$,

$$\frac{\partial L}{\partial x} = \frac1s\left(g - \overline{g} - z\,\overline{g z}\right),\qquad
\sum \frac{\partial L}{\partial x} = 0,\qquad
\sum z\,\frac{\partial L}{\partial x} = \frac1s\,\frac{\epsilon}{\sigma^2+\epsilon}\sum g z .$$

The two subtracted terms are there because $\mu$ and $\sigma$ depend on $x$ too (Ioffe & Szegedy
2015, arXiv 1502.03167, section 3). Two of the $B$ directions are projected away, so a random
gradient keeps $(B-2)/B$ of its energy. "Mean, variance as constants" is $g/s$. Layer norm: the
same, over the features.

**Weights.** $\mathrm{BN}(aW)=\mathrm{BN}(W)$, so the gradient at $aW$ is $1/a$ of that at $W$ and
orthogonal to $W$; small $a$ departs from $1/a$ where the variance comes near $\epsilon$. Each step
of SGD lengthens $w$ by Pythagoras, $|w|^2 \to |w|^2 + \eta^2|g|^2$, and $\eta/|w|^2$ is the
learning rate that the direction feels. With $g_1$ the gradient at $|w|=1$,

$$|w|^4 = 1 + 2\eta^2|g_1|^2\,t \ \text{ without decay},\qquad
|w|^4 \to \frac{\eta\,|g_1|^2}{2\lambda}\ \text{ with decay }\lambda .$$

Here one neuron with 16 inputs fits pure noise, so that $|g_1|$ stays the same on average; it is
measured over the run. At 3 or 4 examples it varies so much that the run strays from the law. van
Laarhoven 2017 (arXiv 1706.05350).

**Depth.** In a wide network at initialisation with a large batch the gradient of batch norm grows
by $\sqrt{\pi/(\pi-1)}=1.211$ a ReLU layer: 5.60 from layer 10 to layer 1 (Yang et al. 2019, arXiv
1902.08129). Layers are 64 wide, weights Gaussian with variance $2/64$.
"""
    )
