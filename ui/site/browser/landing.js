// The root of the site: a link to the lab of the other edition stands there with its settings.

const asked = new URLSearchParams(location.search);
if (asked.size) location.replace(`lab/${location.search}${location.hash}`);
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(new URL("service_worker.js", location.href).href);
}
