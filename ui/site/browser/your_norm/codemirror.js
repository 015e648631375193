// The editor made of CodeMirror, whose modules the page's import map names. Tab indents; after Escape it
// leaves the editor, as ever in CodeMirror.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentService, indentUnit, LRLanguage, syntaxHighlighting } from "@codemirror/language";
import { EditorState, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, gutterLineClass, GutterMarker, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, WidgetType } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { parser } from "@lezer/python";

import { indentAfter, UNIT } from "./indent.js";
import { GAP } from "./plain.js";

const setError = StateEffect.define(); // { line, text }, or null

// The line of an error: marked beside its number, with the sentence below it.
const errorField = StateField.define({
  create: () => ({ lines: Decoration.none, gutter: RangeSet.empty }),
  update(value, transaction) {
    let { lines, gutter } = value;
    lines = lines.map(transaction.changes);
    gutter = gutter.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setError)) ({ lines, gutter } = marked(transaction.state.doc, effect.value));
    }
    return { lines, gutter };
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ lines }) => lines),
    gutterLineClass.from(field, ({ gutter }) => gutter),
  ],
});

function marked(doc, error) {
  if (!error?.line || error.line > doc.lines) return { lines: Decoration.none, gutter: RangeSet.empty };
  const { from, to } = doc.line(error.line);
  return {
    lines: Decoration.set([
      Decoration.line({ class: "norm-wrong-line" }).range(from),
      Decoration.widget({ widget: new Sentence(error.text), block: true, side: 1 }).range(to),
    ]),
    gutter: RangeSet.of([new Mark().range(from)]),
  };
}

class Mark extends GutterMarker {
  elementClass = "norm-wrong-number";
}

class Sentence extends WidgetType {
  constructor(text) {
    super();
    this.text = text;
  }
  eq(other) {
    return other.text === this.text;
  }
  toDOM() {
    const element = document.createElement("div");
    element.className = "norm-wrong-text";
    element.textContent = this.text;
    element.setAttribute("aria-hidden", "true"); // it is told below the editor
    return element;
  }
}

// As createPlain of plain.js.
export function createCodeMirror(parent, { label, described, changed }) {
  const view = new EditorView({ parent });
  const extensions = [
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    bracketMatching(),
    LRLanguage.define({ name: "python", parser, languageData: { commentTokens: { line: "#" } } }).extension,
    syntaxHighlighting(classHighlighter),
    indentUnit.of(UNIT),
    indentService.of((context, at) => indentAfter(context.lineAt(at, -1).text)),
    errorField,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": described, autocapitalize: "off", tabindex: "0" }),
    EditorView.updateListener.of(({ docChanged }) => docChanged && changed()),
    keymap.of([indentWithTab, ...defaultKeymap, ...historyKeymap]),
  ];
  return {
    text: () => view.state.doc.toString(),
    // Another text, with nothing to undo; the cursor stands where something is to be written.
    open(text) {
      const at = Math.max(0, text.indexOf(GAP));
      view.setState(EditorState.create({ doc: text, selection: { anchor: at }, extensions }));
      view.dispatch({ effects: EditorView.scrollIntoView(at, { y: "center" }) });
    },
    // Another text that Undo takes back.
    put(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: "input.replace" });
    },
    wrong: (error) => view.dispatch({ effects: setError.of(error) }),
    focus: () => view.focus(),
  };
}
