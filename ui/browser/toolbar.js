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
  const pinned = button("Pin", "Keep the present curves as a ghost; press again to let go", pin);
  button("PNG", "Save the figure as a PNG", () => save("png"));
  button("SVG", "Save the figure as an SVG", () => save("svg"));

  return {
    element,
    zoomed(on) {
      whole.hidden = !on;
    },
    pinned(on) {
      pinned.setAttribute("aria-pressed", String(on));
      pinned.textContent = on ? "Unpin" : "Pin";
    },
    // Over the picture's upper corner where there is room for it, else in a row of its own.
    makeRoom(plot) {
      element.classList.remove("live-apart");
      const bar = element.getBoundingClientRect();
      const texts = plot.querySelectorAll(".infolayer text, .xtick text");
      const over = ({ left, right, top, bottom }) =>
        left < bar.right + 4 && right > bar.left - 4 && top < bar.bottom && bottom > bar.top;
      const taken = [...texts].some((text) => over(text.getBoundingClientRect()));
      element.classList.toggle("live-apart", taken);
    },
  };
}
