// The place for a visitor's file, from where it goes to the server's memory.

import { createUpload } from "../browser/upload.js";

const places = new Map(); // element -> { component, upload } of a place that stands

// The place stays with its element; what the page's script sends again is what is held now.
export function mountUpload(component, sent, { base }) {
  const element = component.parentElement;
  const place = places.get(element) ?? {};
  Object.assign(place, { component, sent });
  if (!places.has(element)) {
    places.set(element, place);
    // The page's script runs with each trigger, which brings what the view shows.
    place.upload = createUpload(element, sent, {
      async put(file, signal) {
        const read = await put(`${base}/live/${place.sent.page}/file`, place.sent.session, file, signal);
        place.component.setTriggerValue("file", "put");
        return read;
      },
      forget: () => place.component.setTriggerValue("file", "forget"),
    });
  }
  place.upload.holds(sent.held);
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
