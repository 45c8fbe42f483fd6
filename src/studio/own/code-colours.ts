import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor in the colours of the page, dark and light. */
export const colours = [
  EditorView.theme({
    '&': { color: 'var(--text)', backgroundColor: 'var(--bg)', height: '100%', fontSize: 'var(--body)' },
    '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
    '.cm-scroller': { fontFamily: "ui-monospace, 'DejaVu Sans Mono', monospace", lineHeight: '1.5' },
    '.cm-content': { caretColor: 'var(--text)' },
    '.cm-cursor': { borderLeftColor: 'var(--text)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'color-mix(in srgb, var(--info) 32%, transparent)',
    },
    '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--mute)', borderRight: '1px solid var(--line)' },
    '.cm-activeLine': { backgroundColor: 'var(--past)' },
    '.cm-matchingBracket': { outline: '1px solid var(--edge)', backgroundColor: 'transparent !important' },
    '.cm-tooltip': {
      backgroundColor: 'var(--raise)',
      color: 'var(--text)',
      border: '1px solid var(--edge)',
      borderRadius: '6px',
      maxWidth: '460px',
    },
    '.cm-tooltip .code-help': { padding: '6px 9px' },
    '.cm-tooltip .code-help p': { margin: '4px 0 0' },
    '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      backgroundColor: 'var(--accent)',
      color: 'var(--on-accent)',
    },
    '.cm-completionDetail': { color: 'var(--mute)', fontStyle: 'normal' },
    'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
    '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--trace-2)' },
      { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--trace-3)' },
      { tag: [tags.number, tags.bool, tags.null], color: 'var(--trace-4)' },
      { tag: [tags.definition(tags.variableName), tags.function(tags.variableName)], color: 'var(--trace-1)' },
      { tag: tags.className, color: 'var(--trace-5)' },
      { tag: tags.comment, color: 'var(--mute)', fontStyle: 'italic' },
      { tag: tags.invalid, color: 'var(--bad)' },
    ]),
  ),
];
