// Light or dark: taken from the background that stands behind the figures, so it holds for a chosen
// theme and for the system's, and followed when it is switched while the page is open.

// switched is called once the other theme is on. host: see live.js; paper is light whatever is on.
export function createTheme({ palettes, background, watchBackground }, switched, print) {
  let dark = isDark(background());
  const look = () => {
    if (print.on || isDark(background()) === dark) return;
    dark = !dark;
    switched();
  };
  watchBackground(look);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    requestAnimationFrame(() => requestAnimationFrame(look)),
  );
  return {
    palette: () => palettes[dark && !print.on ? "dark" : "light"],
  };
}

// Of a CSS colour such as rgb(16, 22, 28).
export function isDark(colour) {
  const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

// A copy of a figure's part in which every "@name" or "@name/0.3" is a colour of the palette.
export function resolve(part, palette) {
  if (Array.isArray(part)) {
    // Long lists of numbers pass as they are; a colour scale begins with a number too.
    const plain = typeof part[0] === "number" && typeof part[1] !== "string";
    return plain ? part : part.map((value) => resolve(value, palette));
  }
  if (part && typeof part === "object") {
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, resolve(value, palette)]));
  }
  const found = typeof part === "string" && part.match(/^@([a-z]+)(?:\/([0-9.]+))?$/);
  if (!found) return part;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(palette[found[1]].slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${found[2] ?? 1})`;
}
