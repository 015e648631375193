"""Small batches."""

from ui.app.page import show_page
from ui.views.small_batches.page import PAGE

show_page(PAGE)
