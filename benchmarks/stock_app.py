"""What one writes after the tutorial: a slider, a Plotly chart, default settings. The yardstick."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

mean = st.slider("mean", -10.0, 10.0, 5.0, 0.1, key="mean")
samples = np.random.default_rng(0).normal(mean, 3.0, 1000)
st.plotly_chart(go.Figure(go.Histogram(x=samples)))
