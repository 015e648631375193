"""The page numerics."""

from ui.views.numerics.view import VIEW

__all__ = ["VIEW"]
