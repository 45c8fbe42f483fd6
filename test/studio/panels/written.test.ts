import { expect, test } from 'vitest';
import { tellsUnread, written } from '../../../src/studio/panels/written.ts';

/** A field as browsers have it: what is no value of its type reads as empty, and `change` tells of values alone. */
class Field extends EventTarget {
  value = '';
  readonly validity = { badInput: false };
  #before = '';

  write(text: string): void {
    this.validity.badInput = text !== '' && Number.isNaN(Number(text));
    this.value = this.validity.badInput ? '' : text;
    this.dispatchEvent(new Event('input'));
  }

  leave(): void {
    if (this.value !== this.#before) this.dispatchEvent(new Event('change'));
    this.#before = this.value;
    this.dispatchEvent(new Event('blur'));
  }
}

function told(): { field: Field; said: string[] } {
  const field = new Field();
  const said: string[] = [];
  written({ take: (text) => said.push(`take ${text}`), refuse: () => said.push('refuse') })(field as never);
  return { field, said };
}

test('what is no number is refused, and never taken as an empty field', () => {
  const { field, said } = told();
  field.write('5');
  field.leave();
  expect(said.splice(0)).toEqual(['take 5']);
  field.write('1e');
  field.leave();
  expect(new Set(said.splice(0))).toEqual(new Set(['refuse']));
  field.write('1e3');
  field.leave();
  expect(said.splice(0)).toEqual(['take 1e3']);
});

test('in a field that was empty it is refused too, and emptied again the field is taken as empty', () => {
  const { field, said } = told();
  field.write('-');
  field.leave();
  expect(said.splice(0)).toEqual(['refuse']);
  field.write('');
  field.leave();
  expect(said.splice(0)).toEqual(['take ']);
  field.leave();
  expect(said).toEqual([]);
});

test('a field that is read with every key tells it at once, and nothing once it is gone', () => {
  const field = new Field();
  const said: boolean[] = [];
  const gone = tellsUnread((isUnread) => said.push(isUnread))(field as never);
  field.write('-');
  field.write('-1');
  gone();
  field.write('-');
  expect(said).toEqual([true, false, false]);
});
