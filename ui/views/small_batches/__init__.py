"""The page small_batches."""

from ui.views.small_batches.view import VIEW

__all__ = ["VIEW"]
