"""Gradients."""

from ui.app.page import show_page
from ui.views.gradients.page import PAGE

show_page(PAGE)
