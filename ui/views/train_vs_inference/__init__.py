"""The page train_vs_inference."""

from ui.views.train_vs_inference.view import VIEW

__all__ = ["VIEW"]
