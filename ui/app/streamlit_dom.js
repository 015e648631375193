// What these modules know of Streamlit's page, under names of our own: an upgrade of Streamlit that
// renames a part is mended here. ui/app/streamlit_dom.py is the same for the style sheet and the tests.

// The element whose background is the theme's.
export function app() {
  return document.querySelector(".stApp");
}

// What holds the page itself, without menu and panel.
export function main() {
  return document.querySelector(".stMainBlockContainer");
}

// The native input of the slider of that key; null where none stands on the page.
export function sliderInput(key) {
  return document.querySelector(`.st-key-${key} input[type=range]`);
}

// Calls back when a slider's thumb has moved, also under a hand: its input's attribute tells.
export function watchInputs(moved) {
  const observer = new MutationObserver((changes) => {
    if (changes.some(({ target }) => target.type === "range")) moved();
  });
  observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["value"] });
}

// Calls back when the theme may have changed.
export function watchLook(look) {
  new MutationObserver(look).observe(app(), { attributes: true, attributeFilter: ["class", "style"] });
  // The class may change before its style sheet does.
  app().addEventListener("transitionend", look);
}

// The part of a slider that takes a press, of which this element is one; null for any other.
export function sliderPart(element) {
  return element.closest("[data-rac][role=group] > div");
}

// The buttons that show a control's help.
export function helpButtons() {
  return [...document.querySelectorAll(".stTooltipIcon button")];
}

// The control that this element is a part of; null for any other.
export function widgetOf(element) {
  return element.closest(".stElementContainer");
}
