"""Effective batch."""

from ui.app.page import show_page
from ui.views.effective_batch.page import PAGE

show_page(PAGE)
