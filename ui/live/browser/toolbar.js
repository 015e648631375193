// A figure's own buttons: real ones, so that the keyboard and a screen reader find them.

export function createToolbar({ pin, reset, save }) {
  const element = document.createElement("div");
  element.className = "live-toolbar";
  element.setAttribute("role", "toolbar");
  element.setAttribute("aria-label", "Figure");

  const button = (label, title, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.title = title;
    made.addEventListener("click", act);
    element.append(made);
    return made;
  };

  const whole = button("Whole view", "Undo the zoom (or double-click the figure)", reset);
  whole.hidden = true;
  const pinned = button("Pin", "Keep the present curves as a ghost; press again to let go", () => {
    const on = pin();
    pinned.setAttribute("aria-pressed", String(on));
    pinned.textContent = on ? "Unpin" : "Pin";
  });
  pinned.setAttribute("aria-pressed", "false");
  button("PNG", "Save the figure as a PNG", () => save("png"));
  button("SVG", "Save the figure as an SVG", () => save("svg"));

  return {
    element,
    zoomed(on) {
      whole.hidden = !on;
    },
  };
}
