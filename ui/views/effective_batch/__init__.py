"""The page effective_batch."""

from ui.views.effective_batch.view import VIEW

__all__ = ["VIEW"]
