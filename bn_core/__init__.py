"""Normalisation layers, running estimates, draws and closed forms: numpy alone."""

from .layers import BatchNorm1D, GroupNorm1D, LayerNorm1D, RMSNorm1D

__all__ = ["BatchNorm1D", "LayerNorm1D", "RMSNorm1D", "GroupNorm1D"]
