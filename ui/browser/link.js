// A page's address with its settings, and the frame that shows it in another page.

// page: { view, settings, defaults }; link(view, query) is the whole address. What stands at its default
// is left out, so that the address is short.
export function linkTo({ view, settings, defaults }, link) {
  const set = Object.entries(settings).filter(([name, text]) => text !== defaults[name]);
  return link(view, new URLSearchParams(set).toString());
}

// HTML of a frame, for a page of someone else's.
export function frameOf(title, address) {
  return (
    `<iframe src="${escaped(address)}" title="${escaped(title)}"\n` +
    `  width="100%" height="720" loading="lazy" allow="clipboard-write; fullscreen"\n` +
    `  style="border: 0"></iframe>`
  );
}

function escaped(text) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
