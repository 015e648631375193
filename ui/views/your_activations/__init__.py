"""The page your_activations."""

from ui.views.your_activations.view import VIEW

__all__ = ["VIEW"]
