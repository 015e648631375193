// A lecture and its room stay at one place: the lecture's steps go to the room, the room's come to the lecture.

import { placeOf, stepTowards } from "./steps.js";

// now(), goTo(place): of the lecture. send(place): brings the room there; a promise of whether it came, of null
// where no answer did.
export function createTogether({ now, goTo, send }) {
  let last = null; // the room's newest snapshot
  let started = false; // before it the lecture goes alone
  let going = 0; // steps of the lecture that the room is being told of
  let missed = false; // a step that the room has not heard of

  async function stepped(place) {
    if (!started) return;
    going += 1;
    const came = await send(place);
    going -= 1;
    if (going) return;
    missed = came === null;
    // The room did not come along: another device has moved it, or steers.
    if (came === false && stepTowards(last, now())) goTo(placeOf(last));
  }

  return {
    stepped,
    // The lecture's place is the room's from now on.
    start() {
      if (started) return;
      started = true;
      stepped(now());
    },
    // Gives whether they go together now.
    told(snapshot) {
      const before = last;
      last = snapshot;
      const { scene, phase } = snapshot;
      // A room that has gone on already, before this page was loaded or from the remote, takes the lecture along.
      const first = !started && (scene > 1 || phase !== "waiting");
      if (first) started = true;
      if (!started || going) return started;
      if (missed) stepped(now());
      else if (first || moved(before, snapshot)) goTo(placeOf(snapshot));
      return started;
    },
  };
}

const moved = (one, other) => ["scene", "phase", "round"].some((name) => one[name] !== other[name]);
