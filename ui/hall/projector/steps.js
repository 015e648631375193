// Where a lecture stands and where its room stands: which step brings the one to the other.
//
// A place is one of ui/browser/lesson.js: { scene, phase } with phase "open", "closed" or "revealed".
// room: its snapshot, which begins each question with the phase "waiting".

const PHASES = ["waiting", "open", "closed", "revealed"];
const UP = ["open", "close", "reveal"];

export const asks = ({ question }) => Boolean(question.options) || question.low !== undefined;

export const placeOf = ({ scene, phase }) => ({ scene, phase: phase === "waiting" ? "open" : phase });

// The room's next step towards the place; null where none is left. A question is opened as soon as it
// is shown; what was closed or revealed stays so, however the lecture goes back.
export function stepTowards(room, { scene, phase }) {
  if (scene > room.scenes) return null;
  if (scene !== room.scene) return scene > room.scene ? "next" : "back";
  const rank = PHASES.indexOf(room.phase);
  const wanted = phase === "open" && !asks(room) ? 0 : PHASES.indexOf(phase);
  return rank < wanted ? UP[rank] : null;
}

// What one press does: its name for a button, and the place that it leads to; null at the end.
export function nextPress(room) {
  const { scene, scenes, phase } = room;
  if (phase === "revealed" || (phase === "waiting" && !asks(room))) {
    return scene < scenes ? { label: "Next", place: { scene: scene + 1, phase: "open" } } : null;
  }
  const presses = { waiting: ["Open", "open"], open: ["Close", "closed"], closed: ["Reveal", "revealed"] };
  const [label, to] = presses[phase];
  return { label, place: { scene, phase: to } };
}

export const backPress = ({ scene }) => (scene > 1 ? { scene: scene - 1, phase: "open" } : null);

export const mayVoteAgain = (room) => room.phase === "closed" && room.round === 1 && asks(room);

// "212 of 287": votes, and the phones that are here.
export const countOf = ({ votes, phones }) => `${votes} of ${Math.max(phones, votes)}`;
