"""Batch vs layer."""

from ui.app.page import show_page
from ui.views.batch_vs_layer.page import PAGE

show_page(PAGE)
