// Runs the code at the settings: the newest question alone, and no code again that had to be ended.

import { createNewest } from "../newest.js";
import { cleanAnswer } from "./clean.js";
import { MOST_LETTERS } from "./kept.js";

const LATE =
  "Stopped after 2 seconds: the code did not come to an end. Is there a loop that never ends? " +
  "It runs again once it is changed, or when you press Run.";
const DIED = "Python stopped while this code ran, and is started anew. It runs again once it is changed, or when you press Run.";

// runner: see runner.js. begun: a promise of what is asked before any code runs. Gives run(code, query,
// again): a promise of the answer as cleanAnswer gives it; of null where a newer question has overtaken
// this one, or where this code had to be ended before. again: it was asked for by a button.
export function createQuestion(runner, begun) {
  let ended = null; // { code, words }: what had to be ended
  const newest = createNewest(async ({ code, query }) => {
    await begun.catch(() => {});
    return { code, text: await runner.ask("ran", code, query) };
  });

  return async function run(code, query, again = false) {
    if (code.length > MOST_LETTERS) {
      return problem(`This is too long to run: ${code.length} letters, expected at most ${MOST_LETTERS}.`);
    }
    if (again) ended = null;
    if (ended?.code === code) return problem(ended.words);
    try {
      const found = await newest({ code, query });
      return found && cleanAnswer(found.text);
    } catch (error) {
      const words = { late: LATE, died: DIED }[error.kind];
      if (words) ended = { code, words };
      return problem(words ?? `This could not be computed: ${error.message}`);
    }
  };
}

function problem(text) {
  return { error: { line: null, text }, printed: "", shown: {}, checks: null };
}
