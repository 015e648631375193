// Light or dark: taken from the page's own background, so it holds for a chosen theme and for the
// system's, and followed when it is switched while the page is open.

let palettes = null;
let dark = false;

export function watchTheme(given, switched) {
  palettes = given;
  dark = isDark();
  const look = () => {
    if (isDark() === dark) return;
    dark = !dark;
    switched();
  };
  const app = document.querySelector(".stApp");
  new MutationObserver(look).observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  // The class may change before its style sheet does.
  app.addEventListener("transitionend", look);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    requestAnimationFrame(() => requestAnimationFrame(look)),
  );
}

function isDark() {
  const [red, green, blue] = getComputedStyle(document.querySelector(".stApp"))
    .backgroundColor.match(/[\d.]+/g)
    .map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

export function colour(name) {
  return palettes[dark ? "dark" : "light"][name];
}

// A copy of a figure's part in which every "@name" or "@name/0.3" is a colour of the theme.
export function coloured(part) {
  if (Array.isArray(part)) {
    // Long lists of numbers pass as they are; a colour scale begins with a number too.
    const plain = typeof part[0] === "number" && typeof part[1] !== "string";
    return plain ? part : part.map(coloured);
  }
  if (part && typeof part === "object") {
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, coloured(value)]));
  }
  const found = typeof part === "string" && part.match(/^@([a-z]+)(?:\/([0-9.]+))?$/);
  if (!found) return part;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour(found[1]).slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${found[2] ?? 1})`;
}
