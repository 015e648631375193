"""Training."""

from ui.app.page import show_page
from ui.training.page import PAGE

show_page(PAGE)
