"""The lab."""

from ui.app.page import show_page
from ui.views.lab.page import PAGE

show_page(PAGE)
