"""The closed forms that are drawn over the simulations, each with its source and its limits.

The batch size B may be a number or an array where a docstring does not say otherwise. "Gaussian"
marks what holds for Gaussian input alone; the rest holds for any input with a fourth moment.
Everywhere a batch size that is no whole number of at least 1, and a momentum outside 0..1, raise
ValueError.
"""
