// Where a lecture stands, and where one step leads: plain data, without a page.
//
// A place is { scene, phase }. scene is counted from 1; one more than there are is the lecture's end.
// phase is "open" (answers are taken), "closed" (no more of them), or "revealed" (what happens is
// shown). The end is always "open".

export const PHASES = ["open", "closed", "revealed"];

// count: of scenes. far: [[scene, phase], ...], how far each has come, of a lecture that goes on.
// phasesOf(scene): those that steps lead through, of PHASES in their order; "open" is always one.
export function createSteps(count, far = [], phasesOf = () => PHASES) {
  const reached = new Map(far.filter(([scene, phase]) => scene <= count && PHASES.includes(phase)));
  let now = { scene: 1, phase: "open" };

  const stand = (scene, phase) => {
    now = { scene, phase: scene > count ? "open" : phase };
    return now;
  };
  const farthest = (scene) => reached.get(scene) ?? "open";
  const rank = (phase) => PHASES.indexOf(phase);

  function reach(scene, phase) {
    if (rank(phase) > rank(farthest(scene))) reached.set(scene, phase);
    return stand(scene, phase);
  }

  // A scene that is come to from the one before: a question that was closed stays closed, and what
  // happens is shown anew.
  const begin = (scene) => stand(scene, farthest(scene) === "open" ? "open" : lastBefore(scene, "revealed"));

  const lastBefore = (scene, phase) => phasesOf(scene).findLast((one) => rank(one) < rank(phase));

  return {
    now: () => now,
    far: () => [...reached],
    // The next step: close the question, show what happens, go on to the next scene.
    on() {
      const { scene, phase } = now;
      if (scene > count) return now;
      const next = phasesOf(scene).find((one) => rank(one) > rank(phase));
      return next ? reach(scene, next) : begin(scene + 1);
    },
    // One step back. It takes back what was shown and goes to the scene before, as that was left;
    // it opens no question that was closed.
    back() {
      const { scene, phase } = now;
      if (phase === "revealed") return stand(scene, lastBefore(scene, phase));
      return scene === 1 ? now : stand(scene - 1, farthest(scene - 1));
    },
    // Straight to what happens; to another scene, as it was left.
    reveal: () => (now.scene > count ? now : reach(now.scene, "revealed")),
    leaf: (scene) => stand(scene, farthest(scene)),
    // To any place; the only way to open a closed question again. RangeError where there is no such.
    goTo({ scene, phase }) {
      if (!Number.isInteger(scene) || scene < 1 || scene > count + 1) {
        throw new RangeError(`scene ${scene}: expected 1 to ${count}, or ${count + 1} for the end`);
      }
      if (!PHASES.includes(phase)) {
        throw new RangeError(`phase ${phase}: expected one of ${PHASES.join(", ")}`);
      }
      reached.set(scene, phase);
      return stand(scene, phase);
    },
  };
}
