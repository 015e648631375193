"""Your norm."""

from ui.app.your_norm import show_your_norm
from ui.your_norm.page import PAGE

show_your_norm(PAGE)
