// What stands around every page of the site: its addresses, its menu, how far Python is, and the
// service worker that keeps it for the time without a network.

const site = new URL(document.body.dataset.root, location.href);

// The address of a file of the site.
export const from = (path) => new URL(path, site).href;

document.getElementById("menu-open")?.addEventListener("click", ({ target }) => {
  const open = document.getElementById("menu").classList.toggle("open");
  target.setAttribute("aria-expanded", String(open));
});

// How far Python is; see python.js.
export function told({ state, share, why }) {
  const bar = document.getElementById("python");
  const [progress, words] = bar.children;
  bar.dataset.state = state; // none until Python is asked for: the bar is hidden then, too
  bar.hidden = state === "ready";
  // Kept for the time without a network, once the page has what it needs itself.
  if (state !== "coming") navigator.serviceWorker?.register(from("service_worker.js"));
  if (state === "coming") {
    progress.value = share;
    words.textContent = why
      ? `Python stopped (${why}) and is started anew.`
      : "Python is on its way; what you move now is drawn as soon as it is there.";
  } else if (state === "gone") {
    progress.hidden = true;
    words.textContent = `Python does not run in this browser (${why}). The pictures stay as they are.`;
  }
}

// What has been drawn is on the screen; a page in the background is never painted.
export function painted() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const soon = new Promise((resolve) => setTimeout(resolve, 500));
  return Promise.race([frame().then(frame), soon]);
}

// What could not be taken from the address, above the page.
export function notices(problems) {
  const box = document.getElementById("notices");
  box.replaceChildren(
    ...problems.map((problem) => {
      const line = document.createElement("p");
      line.textContent = problem; // text from outside, never markup
      return line;
    }),
  );
}
