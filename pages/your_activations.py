"""Your activations."""

from ui.app.page import show_page
from ui.views.your_activations.page import PAGE

show_page(PAGE)
