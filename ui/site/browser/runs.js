// Trainings that came to their end, kept in this tab for the visit: the last few, by their settings.

const KEPT = "runs";
const MOST = 6;

// What the run at these settings ended with, or null.
export function keptRun(query) {
  return all().find((run) => run.query === query)?.report ?? null;
}

export function keepRun(query, report) {
  const runs = [{ query, report }, ...all().filter((run) => run.query !== query)].slice(0, MOST);
  // A browser gives a tab so much room, and may give none.
  for (let count = runs.length; count > 0; count -= 1) {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(runs.slice(0, count)));
      return;
    } catch {
      continue;
    }
  }
}

function all() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}
