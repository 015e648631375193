// How much larger than designed a figure is drawn: everything in it by one factor, so that it looks
// the same on a projector as on a laptop. It is designed for a window of 1280 x 720 pixels; type
// grows more slowly than the window: 14 pixels there, 18 at 1080 lines, 22 at 1440.

const DESIGNED = { width: 1280, height: 720 };
const GROWTH = 4 / 7;
const MOST = 2;
const LEAST_TYPE = 11; // pixels
const BASE_TYPE = 14; // pixels: what most of a figure's type is designed at

// In pixels, the smallest type that the back row of a hall reads: 1/36 of the screen's height. A
// window higher than it is wide is a phone's, and is read from near.
export function hallType({ innerWidth, innerHeight }) {
  return Math.max(16, Math.min(innerHeight, 0.75 * innerWidth) / 36);
}

export function windowScale({ innerWidth, innerHeight }) {
  const room = Math.min(innerWidth / DESIGNED.width, innerHeight / DESIGNED.height);
  return Math.min(MOST, 1 + GROWTH * Math.max(0, room - 1));
}

// How a figure is drawn in this window. hall: for the back row of one.
export function sizeIn(page, hall) {
  if (!hall) return { scale: windowScale(page), least: LEAST_TYPE };
  return { scale: hallType(page) / BASE_TYPE, least: hallType(page) };
}

// Calls back, at most once a frame, when the window has come to another scale.
export function watchScale(scaleNow, changed) {
  let scale = scaleNow();
  let waiting = false;
  addEventListener("resize", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (scaleNow() === scale) return;
      scale = scaleNow();
      changed();
    });
  });
}

// Enlarges every length in pixels of a figure's traces and layout, in place. What is in the units of
// the data, or a share of the picture, stays; lists of numbers of the data are not looked into.
// least: pixels that no type is smaller than.
export function enlarge({ data, layout }, { scale, least }) {
  layout.height = Math.round(layout.height * scale);
  grow(layout, "layout", scale, least);
  for (const trace of data) grow(trace, "trace", scale, least);
}

// Gives a figure this height. What stands beside its panels, a legend below the axis title, keeps its
// distance from them, which is spelt as a share of their height.
export function stretch(layout, height) {
  const { t = 0, b = 0 } = layout.margin ?? {};
  const share = (layout.height - t - b) / Math.max(1, height - t - b);
  const beside = [layout.legend, ...(layout.annotations ?? []).filter(({ yref }) => yref === "paper")];
  for (const part of beside) {
    if (part?.y < 0) part.y *= share;
    else if (part?.y > 1) part.y = 1 + (part.y - 1) * share;
  }
  layout.height = height;
}

// Whether part[key] is in pixels, by the name that the part has in its own parent.
const inPixels = (name, key) =>
  name === "margin" ||
  (key === "size" && (name === "marker" || name === "pattern" || isFont(name))) ||
  (key === "width" && (name === "line" || name.startsWith("error_"))) ||
  /^([xy]shift|standoff|(tick|line|grid|border)width|ticklen|borderpad|thickness)$/.test(key);

const isFont = (name) => /font$/.test(name);

function grow(part, name, scale, leastType) {
  for (const [key, value] of Object.entries(part)) {
    if (inPixels(name, key)) {
      const least = isFont(name) ? leastType : -Infinity;
      const grown = (pixels) => (typeof pixels === "number" ? Math.max(least, pixels * scale) : pixels);
      part[key] = Array.isArray(value) ? value.map(grown) : grown(value);
    } else if (Array.isArray(value)) {
      for (const one of value) {
        if (typeof one !== "object" || one === null || Array.isArray(one)) break;
        grow(one, key, scale, leastType); // annotations, shapes
      }
    } else if (value && typeof value === "object") {
      grow(value, key, scale, leastType);
    }
  }
}
