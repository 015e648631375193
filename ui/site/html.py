"""A page as HTML: its controls as native elements, an empty place for each part of its view."""

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from ui.layout import (
    Body,
    Caption,
    Columns,
    Controls,
    Element,
    Experiment,
    Fold,
    Heading,
    Lesson,
    OwnNorm,
    Page,
    Part,
    Text,
    Upload,
    When,
    named,
    settings_of,
)
from ui.navigation import MENU, PAGES
from ui.settings.controls import Steps, controls
from ui.site import codemirror, markdown
from ui.site.control_html import buttons, control
from ui.site.policy import policy
from ui.site.upload_place import upload_place

TITLE = "Batch and layer normalisation"

_BROWSER = Path(__file__).with_name("browser")
_OWN_NORM = "your_norm/page.js"

_EXPERIMENT = """<section id="experiment"><div class="claim text"></div>
<div class="buttons"><button type="button" id="run" class="primary">Run</button>
<button type="button" id="stop" disabled>Stop</button></div>
<p class="takes caption"></p>
<p class="doing" role="status"></p><progress max="1" value="0"></progress>
<div class="figures columns"></div><div class="part st-key-after"></div>
<p class="setup caption"></p>
<p><b>Three mistakes and a cure, one click each.</b> Each trains for a few seconds.</p>
<div class="presets buttons"></div></section>"""

# Past the settings and the menu, for who goes through the page by key.
_SKIP = '<a class="skip" href="#start">Skip to the page</a>'


@dataclass(frozen=True)
class Build:
    """Where the pages find what they load: folders below the site's root, without slashes."""

    code: str  # our own modules, style sheet and Python, of this build alone
    pyodide: str  # a folder of the site, or an address on another host
    editor: bool = True  # whether CodeMirror's modules are there


def page(page: Page, build: Build, prepared: str) -> str:
    """The whole document. prepared: the answer at the default settings, as JSON."""
    default = page.settings()
    known = controls(page.settings)
    names = settings_of(page)
    data = {
        "page": page.name,
        "title": page.question,
        "shown": list(names),
        "every": sorted({name for one in PAGES for name in controls(one.settings)}),
        "defaults": {name: known[name].text(getattr(default, name)) for name in known},
        "steps": {
            name: [one.text(option) for option in one.options]
            for name, one in known.items()
            if isinstance(one, Steps)
        },
    }
    script = _script(page)
    main = control(page, page.main) if page.main else ""
    body = (
        f'<div class="head" id="start" tabindex="-1"><h1>{escape(page.question)}</h1>{main}</div>'
        f'<div id="notices" role="status"></div>'
        f"{_body(page, page.body)}"
    )
    return _document(
        f"{page.menu} · {TITLE}",
        "../",
        build,
        f"""{_SKIP}{_panel(page)}
<main>{_menu("../", page.name, bool(page.sidebar))}<noscript><p>These pages
are drawn by JavaScript, which this browser does not run.</p></noscript>
<div id="python" hidden><progress max="1"></progress><span role="status"></span></div>{body}</main>
<script type="application/json" id="page">{_json(data)}</script>
<script type="application/json" id="prepared">{_safe(prepared)}</script>
<script type="module" src="../{build.code}/ui/site/browser/{script}"></script>""",
        page.name,
        _own_norm_head(build) if script == _OWN_NORM else "",
    )


def _own_norm_head(build: Build) -> str:
    """What the page with the editor has besides: its policy, and where its modules stand."""
    names = codemirror.names(f"../{build.code}/codemirror/") if build.editor else {}
    imports = _json({"imports": names})
    frame = (_BROWSER / "your_norm" / "sandbox_frame.js").read_text("utf-8")
    rules = policy((imports, frame), build.pyodide)
    return f"""<meta http-equiv="Content-Security-Policy" content="{escape(rules)}">
<script type="importmap">{imports}</script>
<link rel="stylesheet" href="../{build.code}/ui/site/browser/your_norm/your_norm.css">
"""


def _script(page: Page) -> str:
    for element in page.body:
        match element:
            case Lesson():
                return "lessons.js"
            case OwnNorm():
                return _OWN_NORM
    return "shell.js"


def landing(build: Build) -> str:
    """The first page of the site: every page with its question."""
    cards = "".join(
        f'<li><a href="{page.name}/"><b>{escape(page.menu)}</b> {escape(page.question)}</a></li>'
        for page in PAGES
    )
    return _document(
        TITLE,
        "",
        build,
        f"""<main class="landing"><h1>{TITLE}, seen while the hand is on the slider</h1>
<p>Move a slider and the pictures move with it. Everything is computed in this browser; nothing
that is set here leaves it, and after the first visit it works without a network.</p>
<ul class="cards">{cards}</ul></main>
<script type="module" src="{build.code}/ui/site/browser/landing.js"></script>""",
        "",
    )


def _document(title: str, root: str, build: Build, content: str, name: str, head: str = "") -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
{head}<title>{escape(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="{root}{build.code}/ui/site/browser/icon.svg" type="image/svg+xml">
<link rel="manifest" href="{root}manifest.webmanifest">
<link rel="stylesheet" href="{root}{build.code}/ui/browser/live.css">
<link rel="stylesheet" href="{root}{build.code}/ui/browser/lesson.css">
<link rel="stylesheet" href="{root}{build.code}/ui/browser/take_away.css">
<link rel="stylesheet" href="{root}{build.code}/ui/browser/handout.css">
<link rel="stylesheet" href="{root}{build.code}/ui/browser/present.css">
<link rel="stylesheet" href="{root}{build.code}/ui/browser/own/own.css">
<link rel="stylesheet" href="{root}{build.code}/ui/browser/upload.css">
<link rel="stylesheet" href="{root}{build.code}/ui/site/browser/site.css">
</head>
<body data-root="{root}" data-code="{build.code}" data-pyodide="{escape(build.pyodide)}"
 data-page="{name}">
{content}
</body>
</html>
"""


def _panel(page: Page) -> str:
    """The settings beside the page; a page without any has none."""
    if not page.sidebar:
        return ""
    return (
        '<aside id="panel" aria-label="Settings"><button id="panel-close" type="button" '
        'aria-label="Close the settings">×</button>'
        f"{_body(page, page.sidebar)}{buttons('seed' in settings_of(page))}"
        '<div id="take-away" class="st-key-take_away"></div></aside>'
    )


def _menu(root: str, here: str, panel: bool) -> str:
    settings = (
        '<button id="panel-open" type="button" aria-controls="panel">Settings</button>'
        if panel
        else ""
    )
    groups = "".join(
        f"<li><span>{escape(group)}</span><ul>{_links(root, here, pages)}</ul></li>"
        if group
        else _links(root, here, pages)
        for group, pages in MENU.items()
    )
    return (
        '<nav aria-label="Pages"><div class="phone">'
        f"{settings}"
        '<button id="menu-open" type="button" aria-controls="menu" aria-expanded="false">Pages'
        f'</button></div><ul id="menu">{groups}</ul>'
        '<button id="theme" type="button" aria-label="Light or dark">◐</button></nav>'
    )


def _links(root: str, here: str, pages: tuple[Page, ...]) -> str:
    return "".join(
        f'<li><a href="{root}{page.name}/" data-to="{page.name}"'
        f"{' aria-current=page' if page.name == here else ''}>{escape(page.menu)}</a></li>"
        for page in pages
    )


def _body(page: Page, body: Body) -> str:
    return "".join(_element(page, element) for element in body)


def _element(page: Page, element: Element) -> str:
    match element:
        case Part(name):
            return f'<div class="part st-key-{name}" data-part="{name}"></div>'
        case Controls(names):
            inner = "".join(control(page, name, element.labels) for name in names)
            return f'<div class="controls">{inner}</div>'
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Text(text):
            return f'<div class="text">{markdown.html(text)}</div>'
        case Caption(text):
            return f'<div class="caption">{markdown.html(text)}</div>'
        case Columns(widths, bodies):
            columns = "".join(
                f'<div style="flex-grow:{width:g};flex-basis:{14 * width / min(widths):g}rem">'
                f"{_body(page, inner)}</div>"
                for width, inner in zip(widths, bodies, strict=True)
            )
            return f'<div class="columns">{columns}</div>'
        case When(setting, values, inner):
            told = escape(json.dumps(values))
            return f'<div data-when="{setting}" data-values="{told}">{_body(page, inner)}</div>'
        case Fold(title, inner):
            inside = " ".join(named(inner))
            return (
                f'<details data-holds="{inside}"><summary>{escape(title)}</summary>'
                f"{_body(page, inner)}</details>"
            )
        case Experiment():
            return _EXPERIMENT
        case Lesson():
            return '<div id="lesson"></div>'
        case Upload():
            return upload_place(element)
        case OwnNorm(inner):
            return (
                '<section id="own-norm"><div class="norm-code"></div><div class="norm-seen">'
                f'{_body(page, inner[:1])}<div class="norm-results"></div>{_body(page, inner[1:])}'
                "</div></section>"
            )


def _json(value: Any) -> str:
    return _safe(json.dumps(value, separators=(",", ":")))


def _safe(text: str) -> str:
    """JSON that cannot end the element it stands in."""
    return text.replace("<", "\\u003c")
