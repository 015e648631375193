// The hall's votes as bars: a row for each option or stretch of a scale, two bars a row after a second round.

import { make } from "./make.js";
import { number, share, tally } from "./tally.js";

// marks: { mine, truth }, each an answer or undefined.
export function createBars(question, rounds, { mine, truth } = {}) {
  const { rows, totals } = tally(question, rounds);
  const most = Math.max(1, ...rows.flatMap(({ counts }) => counts.map((count, at) => count / (totals[at] || 1))));
  const onScale = !question.options;
  const truthMark = onScale ? `here: ${number(truth ?? 0)}` : "this is what happens";
  const mineMark = onScale ? `you: ${number(mine ?? 0)}` : "your answer";
  const items = rows.map(({ label, counts, holds }) => {
    const right = truth !== undefined && holds(truth);
    const marks = [right && truthMark, mine !== undefined && holds(mine) && mineMark].filter(Boolean);
    const bars = counts.map((count, at) =>
      make("div", { className: `bar round-${at + 1}${at < counts.length - 1 ? " before" : ""}` }, [
        make("i", { style: `--share: ${count / (totals[at] || 1) / most}`, "aria-hidden": "true" }),
        make("span", {}, [
          make("span", { className: "heard", textContent: counts.length > 1 ? `${ROUND[at]} vote: ` : "" }),
          share(count, totals[at]),
          make("small", { textContent: ` (${count})` }),
        ]),
      ]),
    );
    const name = make("p", {}, [label, ...marks.map((text) => make("em", { textContent: text }))]);
    return make("li", { className: right ? "right" : "" }, [name, ...bars]);
  });
  const votes = (count) => `${count} ${count === 1 ? "vote" : "votes"}`;
  const all =
    totals.length < 2
      ? [`The hall: ${votes(totals[0])}`]
      : totals.map((count, at) => make("span", { className: at < totals.length - 1 ? "before" : "", textContent: `${ROUND[at]} vote: ${count}` }));
  return make("section", { className: `bars${onScale ? " along-a-scale" : ""}${totals.length > 1 ? " side-by-side" : ""}` }, [
    make("h2", {}, all),
    make("ul", {}, items),
  ]);
}

const ROUND = ["First", "Second", "Third", "Fourth"];
