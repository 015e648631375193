"""The page lab."""

from ui.views.lab.view import VIEW

__all__ = ["VIEW"]
