"""The one browser component: draws a page's figures in place and follows a slider as it moves."""

from ui.live.component import LivePage, live, pictures_move, show_as_sent

__all__ = ["LivePage", "live", "pictures_move", "show_as_sent"]
