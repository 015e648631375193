"""Train vs inference."""

from ui.app.page import show_page
from ui.views.train_vs_inference.page import PAGE

show_page(PAGE)
