// One stop of the Tab key for each control: its help is a stop from the control itself alone, by
// Shift and Tab. With the help of each control among them, every second stop would be one.

import { helpButtons, widgetOf } from "./streamlit_dom.js";

export function thinOutStops() {
  addEventListener("keydown", ({ key }) => key === "Tab" && thin(), true);
}

function thin() {
  const here = widgetOf(document.activeElement);
  for (const button of helpButtons()) button.tabIndex = here && widgetOf(button) === here ? 0 : -1;
}
