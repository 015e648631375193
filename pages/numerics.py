"""What eps and float arithmetic do to a norm."""

import streamlit as st

from ui.live import live
from ui.views.numerics import NumericsSettings
from ui.widgets import sidebar, widgets

chosen = sidebar(NumericsSettings, "eps", "std", "mean", "batch", "shape", "seed")

st.title("When do eps and rounding decide the result?", anchor=False)
top = st.container()
ramp, defaults = st.columns([3, 2])
st.subheader("What rounding leaves of a variance", anchor=False)
with st.columns(2)[0]:
    chosen |= widgets(NumericsSettings, "mean_over_std")
errors, share = st.columns([2, 1])
table, note = st.columns([3, 2])

page = live("numerics", chosen)
with top:
    page.show("answer")
    page.show("lesson")
with ramp:
    page.show("fig_eps")
with defaults:
    page.show("defaults_table")
with errors:
    page.show("fig_float32")
with share:
    page.show("fig_negative")
with table:
    page.show("error_table")
with note:
    page.show("error_note")
    page.show("present_note")

with st.expander("The formulas, and where they come from"):
    st.markdown(
        r"""
**eps.** The norm divides by $\sqrt{v+\epsilon}$, so an input of variance $v$ comes out with
variance $v/(v+\epsilon)$, whatever its shape; the std is $1/\sqrt2$ at the knee, where it is
$\sqrt\epsilon$ before. Here $v$ is the batch's own variance, and the formula is exact.

**Rounding.** One pass computes $E[x^2]-E[x]^2$, two numbers near $\mu^2$ with a relative error of
about one unit roundoff $u$ each, and keeps $\sigma^2$ of them: the relative error is about
$u\,(\mu/\sigma)^2$, with $u=6\cdot10^{-8}$ in float32 and $1.1\cdot10^{-16}$ in float64. At
$\mu/\sigma=4096$ it reaches 1 in float32, and a variance may come out below 0. Two passes square
distances from the mean; Welford's method keeps a running mean, whose own rounding shows; shifting
by one sample first removes the large mean altogether. The law gives the size of the error: single
runs lie on both sides of it, and errors of exactly 0 cannot be drawn on a log axis. Chan, Golub &
LeVeque 1983, The American Statistician 37(3); Welford 1962, Technometrics 4(3). The truth is the
variance of the samples as rounded, with the mean taken off in float64.
"""
    )
