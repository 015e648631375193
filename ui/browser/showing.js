// How the page is shown, as its address says it: large for a hall, and without some controls.

export function showing(search = location.search) {
  const asked = new URLSearchParams(search);
  const names = asked.getAll("hide").flatMap((text) => text.split(","));
  return {
    present: asked.get("present") === "1",
    hide: names.map((name) => name.trim()).filter(Boolean),
  };
}

// An address of ours that is shown as this page is. query: what else stands after the ?.
export function likewise(query = "", search = location.search) {
  const { present, hide } = showing(search);
  const asked = new URLSearchParams(query);
  if (present) asked.set("present", "1");
  if (hide.length) asked.set("hide", hide.join(","));
  // A comma between two names is one in an address, too.
  return asked.toString().replaceAll("%2C", ",");
}

// The same, in the presenter view.
export function presented(query = "", search = location.search) {
  const asked = new URLSearchParams(search);
  asked.set("present", "1");
  return likewise(query, asked.toString());
}
