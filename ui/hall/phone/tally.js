// How a hall has split: a row for each option, or for each stretch of a scale.

const MOST_ROWS = 12;

// question: with options, or low, high and step. rounds: the counts of each round that is closed: how
// many gave each option, or each number on the scale, by its text.
// Gives { rows: [{ label, counts, holds(value) }], totals }, with a count of each row for each round.
export function tally(question, rounds) {
  const rows = question.options ? ofOptions(question.options) : ofScale(question);
  const counted = rows.map((row, place) => ({
    ...row,
    counts: rounds.map((counts) => (question.options ? (counts[place] ?? 0) : sum(row, counts))),
  }));
  return { rows: counted, totals: rounds.map((_, round) => total(counted, round)) };
}

const ofOptions = (options) => options.map((label, place) => ({ label, holds: (value) => value === place }));

function ofScale({ low, high, step }) {
  const places = Math.round((high - low) / step) + 1;
  const together = Math.ceil(places / MOST_ROWS);
  return Array.from({ length: Math.ceil(places / together) }, (_, row) => {
    const first = row * together;
    const last = Math.min(first + together, places) - 1;
    const [from, to] = [first, last].map((place) => number(low + place * step));
    const holds = (value) => {
      const place = Math.round((value - low) / step);
      return place >= first && place <= last;
    };
    return { label: from === to ? from : `${from} to ${to}`, holds };
  });
}

const sum = (row, counts) =>
  Object.entries(counts).reduce((all, [value, votes]) => (row.holds(Number(value)) ? all + votes : all), 0);

const total = (rows, round) => rows.reduce((all, { counts }) => all + counts[round], 0);

// "29 %" of a total, "0 %" of nothing.
export const share = (part, whole) => `${whole ? Math.round((100 * part) / whole) : 0} %`;

// Whether an answer is right: the option, or within a tenth of the scale, as in a lesson.
export function isRight(question, value, truth) {
  if (question.options) return value === truth;
  return Math.abs(value - truth) <= 0.1 * (question.high - question.low);
}

// An answer in words.
export function inWords(question, value) {
  if (question.options) return question.options[value] ?? "";
  return question.unit ? `${number(value)} ${question.unit}` : number(value);
}

export const number = (value) => String(Number(value.toPrecision(4))).replace("-", "−");
