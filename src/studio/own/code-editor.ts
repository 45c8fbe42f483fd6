import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript, javascriptLanguage } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { linter, lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view';
import type { CodeFault } from '../../own/code-fault.ts';
import { apiAt, completions } from './code-help.ts';
import { colours } from './code-colours.ts';

export interface EditorEvents {
  /** The text is another one. */
  changed(text: string): void;
  /** What is wrong in a text. */
  faultsOf(text: string): readonly CodeFault[];
}

/** An editor of code in an element. */
export interface CodeEditor {
  readonly text: string;
  /** Puts the caret at a place, in sight. */
  goTo(fault: CodeFault): void;
  /** Looks at what is wrong anew. */
  look(): void;
  destroy(): void;
}

/** Milliseconds without a key after which a text is looked at. */
const lookAfterMs = 250;

export function codeEditor(parent: HTMLElement, text: string, events: EditorEvents): CodeEditor {
  const diagnostics = (doc: Text): Diagnostic[] =>
    events.faultsOf(doc.toString()).map((fault) => {
      const from = placeOf(doc, fault);
      const to = Math.max(from, Math.min(doc.lineAt(from).to, from + 1));
      return { from, to, severity: 'error', message: fault.message };
    });
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of('  '),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        javascript(),
        javascriptLanguage.data.of({ autocomplete: completions }),
        autocompletion(),
        // Within the dialog they would be cut off.
        tooltips({ parent: document.body }),
        hoverTooltip((editor, position) => {
          const found = apiAt(editor.state.doc.toString(), position);
          return found && { pos: found.from, end: found.to, above: true, create: () => ({ dom: helpElement(found) }) };
        }),
        linter((editor) => diagnostics(editor.state.doc), { delay: lookAfterMs }),
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...historyKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
        EditorView.contentAttributes.of({ 'aria-label': 'Code', 'aria-describedby': 'code-keys', spellcheck: 'false' }),
        // After Escape, Tab leaves the editor until something is written or it was left.
        EditorView.domEventHandlers({
          keydown: (event, editor) => {
            if (event.key === 'Escape') editor.setTabFocusMode(true);
          },
          blur: (_, editor) => editor.setTabFocusMode(false),
        }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          update.view.setTabFocusMode(false);
          events.changed(update.state.doc.toString());
        }),
        colours,
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    goTo(fault) {
      const at = placeOf(view.state.doc, fault);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      view.focus();
    },
    look() {
      view.dispatch(setDiagnostics(view.state, diagnostics(view.state.doc)));
    },
    destroy: () => view.destroy(),
  };
}

function placeOf(doc: Text, { line, column }: CodeFault): number {
  const at = doc.line(Math.max(1, Math.min(line, doc.lines)));
  return Math.min(at.to, at.from + column - 1);
}

function helpElement({ name, type, help }: { name: string; type: string; help: string }): HTMLElement {
  const element = document.createElement('div');
  element.className = 'code-help';
  const head = document.createElement('code');
  head.textContent = `${name}: ${type}`;
  const words = document.createElement('p');
  words.textContent = help;
  element.append(head, words);
  return element;
}
