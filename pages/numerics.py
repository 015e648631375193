"""Numerics."""

from ui.app.page import show_page
from ui.views.numerics.page import PAGE

show_page(PAGE)
