"""Lessons."""

from ui.app.page import show_page
from ui.lessons.page import PAGE

show_page(PAGE)
