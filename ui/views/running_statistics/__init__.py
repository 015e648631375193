"""The page running_statistics."""

from ui.views.running_statistics.view import VIEW

__all__ = ["VIEW"]
