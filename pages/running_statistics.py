"""Running statistics."""

from ui.app.page import show_page
from ui.views.running_statistics.page import PAGE

show_page(PAGE)
