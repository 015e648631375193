// Where a presenter stands in a lecture: this tab keeps it over a reload, and over a page that was
// looked at in between. Whoever opens a lecture from the list begins it afresh.

const KEPT = "lesson";

// place: { lecture, now, far }; see lesson_steps.js.
export function keepPlace(place) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(place));
  } catch {
    // It holds for as long as the page is open.
  }
}

// The place that this tab has kept for the scene of this lecture; null where it begins afresh.
export function keptPlace(lecture, scene) {
  const [entry] = performance.getEntriesByType("navigation");
  if (!["reload", "back_forward"].includes(entry?.type)) return null;
  try {
    const place = JSON.parse(sessionStorage.getItem(KEPT));
    const here = place?.lecture === lecture && place.now?.scene === scene && Array.isArray(place.far);
    return here ? place : null;
  } catch {
    return null;
  }
}
