"""The page batch_vs_layer."""

from ui.views.batch_vs_layer.view import VIEW

__all__ = ["VIEW"]
