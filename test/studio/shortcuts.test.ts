import { expect, test } from 'vitest';
import { shortcuts, type Press } from '../../src/studio/shortcuts.ts';

const meaning = (press: Partial<Press>): string | undefined =>
  shortcuts.find(({ meant }) => meant({ key: '', code: '', shiftKey: false, ...press }))?.words;

test('Shift with the full stop steps a session, whatever the keyboard types with it', () => {
  for (const key of ['>', ':', '.'])
    expect(meaning({ key, code: 'Period', shiftKey: true }), key).toBe('step a session');
  expect(meaning({ key: '>', code: 'IntlBackslash', shiftKey: true })).toBe('step a session');
});

test('the full stop without Shift steps a bar, and so does one that needs Shift elsewhere', () => {
  expect(meaning({ key: '.', code: 'Period' })).toBe('step a bar');
  expect(meaning({ key: '.', code: 'Comma', shiftKey: true })).toBe('step a bar');
});

test('the comma goes back as the full stop goes on', () => {
  expect(meaning({ key: ',', code: 'Comma' })).toBe('back a bar');
  for (const key of ['<', ';', ','])
    expect(meaning({ key, code: 'Comma', shiftKey: true }), key).toBe('back a session');
});

test('letters mean the same while capitals are locked', () => {
  expect(meaning({ key: 's', code: 'KeyS' })).toBe('stop');
  expect(meaning({ key: 'S', code: 'KeyS' })).toBe('stop');
  expect(meaning({ key: 'S', code: 'KeyS', shiftKey: true })).toBeUndefined();
});

test('only the step of a bar goes on while its key is held', () => {
  expect(shortcuts.filter(({ repeats }) => repeats).map(({ words }) => words)).toEqual(['step a bar']);
});

test('no two shortcuts are meant by one press, and the map shows each key once', () => {
  expect(new Set(shortcuts.map(({ shown }) => shown)).size).toBe(shortcuts.length);
  for (const { shown } of shortcuts.filter(({ shown }) => shown.length === 1)) {
    const press: Press = { key: shown.toLowerCase(), code: '', shiftKey: false };
    expect(shortcuts.filter(({ meant }) => meant(press)).map((each) => each.shown)).toEqual([shown]);
  }
});
