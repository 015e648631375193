// Keeps every file of one build, and serves that build alone: a new one takes over once every page
// of the old one is closed, so that no page ever gets files of both.

const CACHE = `site-${SITE.build}`;

// A folder named by its content never changes. All else is asked for anew, as the browser may
// still hold pages of the build before.
const STAYS = /^(build|pyodide)-/;

self.addEventListener("install", (event) => {
  const files = SITE.files.map(
    (path) => new Request(addressOf(path), { cache: STAYS.test(path) ? "force-cache" : "no-cache" }),
  );
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(files)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith("site-") && name !== CACHE))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !url.href.startsWith(self.registration.scope)) return;
  const path = url.pathname.slice(new URL(self.registration.scope).pathname.length);
  if (SITE.files.includes(`${path}/index.html`)) {
    // As every static server does: what a page loads is named from its folder.
    url.pathname += "/";
    event.respondWith(Response.redirect(url.href));
    return;
  }
  event.respondWith(
    caches
      .open(CACHE)
      .then((cache) => cache.match(addressOf(path), { ignoreSearch: true }))
      .then((kept) => kept ?? fetch(event.request)),
  );
});

// A folder's page is its index.html.
function addressOf(path) {
  const named = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  return new URL(named, self.registration.scope).href;
}
