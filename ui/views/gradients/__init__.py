"""The page gradients."""

from ui.views.gradients.view import VIEW

__all__ = ["VIEW"]
