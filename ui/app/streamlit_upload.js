// The place for a visitor's file, from where it goes to the server's memory.

import { createUpload } from "../browser/upload.js";

const places = new Map(); // element -> { component, sent, upload, told } of a place that stands

// The place stays with its element; what the page's script sends again is what is held now. What it
// sends before it has heard of the last file, or that none is wanted, is of old.
export function mountUpload(component, sent, { base }) {
  const element = component.parentElement;
  const place = places.get(element) ?? {};
  if (place.sent?.session !== sent.session) place.told = sent.heard;
  Object.assign(place, { component, sent });
  if (!places.has(element)) {
    places.set(element, place);
    // The page's script runs with each trigger, which brings what the view shows.
    const tell = (word) => place.component.setTriggerValue("file", { word, number: ++place.told });
    place.upload = createUpload(element, sent, {
      async put(file, signal) {
        const read = await put(`${base}/live/${place.sent.page}/file`, place.sent.session, file, signal);
        tell("put");
        return read;
      },
      forget: () => tell("forget"),
    });
  }
  if (sent.heard === place.told) place.upload.holds(sent.held);
  return () => {
    place.upload.remove();
    places.delete(element);
  };
}

// The session says whose file it is: only its own page knows it, and a page of another site may not
// send such a header.
export async function put(address, session, file, signal) {
  let response, told;
  try {
    response = await fetch(address, {
      method: "PUT",
      body: file,
      headers: { "X-Session": session, "X-File-Name": encodeURIComponent(file.name) },
      signal,
    });
    told = await response.json();
  } catch {
    throw new Error(`${file.name} did not arrive at the server: try again in a minute.`);
  }
  if (!response.ok) throw new Error(told.error);
  return told;
}
