import type { Sniffed } from './sniff.ts';

/** Decisions about a text that a table of columns never was. */
const ofText = ['delimiter', 'decimal point'];

/** What was found of the text that a table was made of: its first line is no record, and delimiters were none of its making. */
export function tableSniffed(sniffed: Sniffed, head: Uint8Array): Sniffed {
  return {
    ...sniffed,
    start: head.indexOf(10) + 1,
    layout: { ...sniffed.layout, headerRecords: 0, header: null },
    decisions: sniffed.decisions.filter(({ name }) => !ofText.includes(name)),
  };
}
