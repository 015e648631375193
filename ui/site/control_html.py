"""Controls as native elements, each with its label, its help and its value in words."""

from html import escape
from typing import Any

from ui.layout import Page
from ui.settings.controls import Choice, Control, Slider, Steps, Whole, controls


def control(page: Page, name: str, labels: bool = True) -> str:
    """The control of this setting, at its default. labels: whether its label is seen."""
    chosen = controls(page.settings)[name]
    value = getattr(page.settings(), name)
    hidden = "" if labels else " unlabelled"
    helped = (
        f'<button type="button" class="help" popovertarget="help-{name}" '
        f'aria-label="Help for {escape(chosen.label)}">?</button>'
        f'<div id="help-{name}" popover>{escape(chosen.help)}</div>'
        if chosen.help
        else ""
    )
    return (
        f'<div class="control{hidden} st-key-{name}" data-setting="{name}">'
        f"{_input(name, chosen, value, helped)}</div>"
    )


def _input(name: str, control: Control, value: Any, helped: str) -> str:
    label = escape(control.label)
    text = escape(control.text(value))
    head = f'<label for="set-{name}">{label}</label>{helped}'
    output = f'<output for="set-{name}">{text}</output>'
    match control:
        case Slider(_, low, high, step):
            return (
                f"{head}{output}"
                f'<input type="range" id="set-{name}" min="{low:g}" max="{high:g}" step="{step:g}" '
                f'value="{value:g}" aria-valuetext="{text}">'
            )
        case Steps(_, options):
            return (
                f"{head}{output}"
                f'<input type="range" id="set-{name}" min="0" max="{len(options) - 1}" step="1" '
                f'value="{options.index(value)}" aria-valuetext="{text}">'
            )
        case Choice(_, options) if control.is_long:
            inner = "".join(
                f"<option{' selected' if option == value else ''}>{escape(option)}</option>"
                for option in options
            )
            return f'{head}<select id="set-{name}">{inner}</select>'
        case Choice(_, options):
            inner = "".join(
                f'<label><input type="radio" name="{name}" value="{escape(option)}"'
                f"{' checked' if option == value else ''}><span>{escape(option)}</span></label>"
                for option in options
            )
            return f"<fieldset><legend>{label}</legend>{helped}<div>{inner}</div></fieldset>"
        case Whole(_, low, high):
            return (
                f"{head}"
                f'<input type="number" id="set-{name}" min="{low}" max="{high}" step="1" '
                f'value="{value}">'
            )


def buttons(new_batch: bool) -> str:
    """Reset, and New batch on a page that draws one."""
    new = '<button type="button" id="new-batch">New batch</button>' if new_batch else ""
    return f'<div class="buttons">{new}<button type="button" id="reset">Reset</button></div>'
