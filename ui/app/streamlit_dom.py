"""What the app knows of Streamlit's page: every selector of it under a name of our own.

An upgrade of Streamlit that renames a part is mended here (for the browser's modules in
streamlit_dom.js); a test finds each part in a running page and tells the name.
"""

from enum import StrEnum


class Dom(StrEnum):
    """A part of Streamlit's page, as a CSS selector."""

    APP = ".stApp"
    MAIN = ".stMainBlockContainer"
    BLOCK = ".stVerticalBlock"
    COLUMNS = '[data-testid="stHorizontalBlock"]'
    COLUMN = '[data-testid="stColumn"]'
    CAPTION = '[data-testid="stCaptionContainer"]'
    HEADING = ".stHeading"
    MARKDOWN = '[data-testid="stMarkdownContainer"]'
    PRIMARY = '[data-testid="stBaseButton-primary"]:not(:disabled)'
    SIDEBAR = '[data-testid="stSidebar"]'
    SIDEBAR_OPEN = '[data-testid="stSidebar"][data-collapsed="false"]'
    SIDEBAR_CONTENT = '[data-testid="stSidebarContent"]'
    SIDEBAR_HEADER = '[data-testid="stSidebarHeader"]'
    COLLAPSE = '[data-testid="stSidebarCollapseButton"]'
    SIDEBAR_NAV = '[data-testid="stSidebarNav"]'
    SIDEBAR_LINK = '[data-testid="stSidebarNavLink"]'
    EXPAND = '[data-testid="stExpandSidebarButton"]'
    TOP_LINK = '[data-testid="stTopNavLink"]'
    TOP_SECTION = '[data-testid="stTopNavSection"]'
    FOLD = '[data-testid="stExpander"]'
    ALERT = '[data-testid="stAlert"]'
    EXCEPTION = '[data-testid="stException"]'
    CHART = '[data-testid="stPlotlyChart"]'
    RUN_ENDED = "[data-test-script-state=notRunning]"
    TRACK = "[role=group] > div"  # what a slider's thumb moves along
    HEADER = '[data-testid="stHeader"]'
    HELP = '[data-testid="stTooltipIcon"] button'
    # A control, and not a part of ours, which has buttons too.
    CONTROL = ".stElementContainer:has(button, input):not(:has(.live-figure, .live-text))"
    SLIDER_VALUE = '[data-testid="stSliderThumbValue"]'
    THUMB = "[data-rac][style*=absolute]"  # what moves of a slider, around its range input


def with_key(key: str) -> str:
    """The element of the widget or container of that key."""
    return f".st-key-{key}"


def slider(key: str) -> str:
    """The native input of the slider of that key."""
    return f"{with_key(key)} input[type=range]"
