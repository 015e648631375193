// What a worker says is made harmless: no element, address or kind of curve gets through that loads or runs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { random, SEED } from "../../../browser/page.js";
import { cleanAnswer, cleanFigure, cleanHtml } from "../../../../../ui/site/browser/your_norm/clean.js";

const answer = (given) => JSON.stringify({ error: null, printed: "", shown: {}, checks: [], ...given });

test("our own sentences stay as they are", () => {
  const ours =
    '<p class="lesson">a &lt; b, x<sup>2</sup></p><table><tr><th scope="row">mean</th><td><b>0</b></td></tr></table>';
  assert.equal(cleanHtml(ours), ours);
});

test("everything else is text", () => {
  const hostile = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '<p onclick="a()">',
    '<p class="a" style="background:url(x)">',
    "<svg><style><!--",
    '<a href="javascript:a()">',
    "<p class=\"a'>\"",
    "<P>",
    "<b\n>",
    "<iframe srcdoc='<p>'>",
    '<p class="a"onclick="a()">',
    '<p class="present-blank">',
    "<b/onclick=a()>",
  ];
  for (const text of hostile) {
    const left = cleanHtml(text).replaceAll(/<\/?(p|b)>/g, "");
    assert.doesNotMatch(left, /[<>]/, text);
  }
});

test("whatever the letters, only known elements are left", () => {
  const chance = random(SEED);
  const pieces = ["<", ">", "/", "p", "b", "img", " ", "class=", '"', "'", "a", "onload=", "=", "\n", "&lt;", "<!--", "td"];
  for (let round = 0; round < 2000; round += 1) {
    const text = Array.from({ length: 12 }, () => pieces[chance(pieces.length)]).join("");
    const left = cleanHtml(text).replaceAll(/<\/?[a-z]+>/g, "");
    assert.doesNotMatch(left, /[<>]/, `seed ${SEED}: ${text}`);
  }
});

test("a figure keeps its curves and loses what would load something", () => {
  const figure = {
    data: [
      { type: "scatter", y: [1, null], name: "<b>one</b>", hovertemplate: "%{y}<extra></extra>" },
      { type: "bar", y: [1], text: ['<a href="https://x">x</a>'] },
      { type: "scattergeo", lat: [1] },
      { type: "image", source: "https://x" },
      { y: [2] },
    ],
    layout: { images: [{ source: "https://x" }], title: { text: "<img src=x>" }, xaxis: { range: [0, 1] }, mapbox: {} },
    alt: "1 < 2",
    pick: { seed: "x" },
  };
  const { data, layout, alt, ...rest } = cleanFigure(figure);
  assert.deepEqual(data[0], figure.data[0]);
  assert.deepEqual(data.map(({ type }) => type), ["scatter", "bar", undefined]);
  assert.equal(data[1].text[0], '&lt;a href="https://x"&gt;x&lt;/a&gt;');
  assert.deepEqual(layout, { title: { text: "&lt;img src=x&gt;" }, xaxis: { range: [0, 1] } });
  assert.equal(alt, "1 < 2");
  assert.deepEqual(rest, {});
});

test("an answer comes whole, each part as what it has to be", () => {
  const found = cleanAnswer(
    answer({
      error: { line: "3", text: 5 },
      printed: 7,
      shown: { numbers: "<p>1</p><img>", fig_a: { data: [], layout: {}, alt: "a" } },
      checks: [{ name: "a", title: "A", state: "<b>", text: null, heat: null }],
    }),
  );
  assert.deepEqual(found, {
    error: { line: null, text: "5" },
    printed: "7",
    shown: { numbers: "<p>1</p>&lt;img&gt;", fig_a: { data: [], layout: {}, alt: "a" } },
    checks: [{ name: "a", title: "A", state: "open", text: "", heat: null }],
  });
});

test("an answer that is none is refused", () => {
  for (const text of ["", "7e", answer({ shown: { a: 5 } }), answer({ checks: [null] }), "x".repeat(4_000_001)]) {
    assert.throws(() => cleanAnswer(text), text.slice(0, 20));
  }
});
