// Light or dark: the system's, or what was chosen here, which this browser remembers.

const KEPT = "look";
const lookers = [];

export const background = () => getComputedStyle(document.body).backgroundColor;

export function watchLook(look) {
  lookers.push(look);
}

const root = document.documentElement;
const dark = () => {
  const chosen = root.style.colorScheme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

try {
  root.style.colorScheme = localStorage.getItem(KEPT) ?? "";
} catch {
  root.style.colorScheme = "";
}

document.getElementById("theme")?.addEventListener("click", () => {
  root.style.colorScheme = dark() ? "light" : "dark";
  try {
    localStorage.setItem(KEPT, root.style.colorScheme);
  } catch {
    // It holds for this page then.
  }
  for (const look of lookers) look();
});
