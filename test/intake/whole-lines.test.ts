import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookedAtBehind } from '../../src/intake/bar-run.ts';
import { FileFault } from '../../src/intake/file-fault.ts';
import { maxRecordBytes } from '../../src/intake/layout.ts';
import { WholeLines } from '../../src/intake/whole-lines.ts';

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Takes down the records that it is given: one that begins with a quote ends with the line that ends with one. */
class Scribe {
  readonly records: string[] = [];
  rest = '';
  looked = 0;

  parse(bytes: Uint8Array, from: number, limit: number): number {
    expect(bytes[limit - 1]).toBe(10);
    expect(bytes.length - limit).toBeGreaterThanOrEqual(lookedAtBehind);
    this.looked += limit - from;
    let at = from;
    while (at < limit) {
      let end = bytes.indexOf(10, at);
      if (bytes[at] === 34)
        while (end !== -1 && end < limit && (end === at + 1 || bytes[end - 1] !== 34)) end = bytes.indexOf(10, end + 1);
      if (end === -1 || end >= limit) return at;
      this.records.push(textOf(bytes.subarray(at, end)));
      at = end + 1;
    }
    return at;
  }

  rejectRest(bytes: Uint8Array, from: number, limit: number): void {
    this.rest = textOf(bytes.subarray(from, limit));
  }

  tooLong(): FileFault {
    return new FileFault('has a record that is too long');
  }
}

/** What is taken down of a text that comes in slices of those lengths, over and over; each is spoilt afterwards. */
function takenDown(text: string, lengths: readonly number[]): Scribe {
  const bytes = bytesOf(text);
  const scribe = new Scribe();
  const lines = new WholeLines(scribe);
  for (let at = 0, i = 0; at < bytes.length; at += lengths[i++ % lengths.length]!) {
    const slice = bytes.slice(at, at + lengths[i % lengths.length]!);
    lines.add(slice);
    slice.fill(0xff);
  }
  lines.end();
  return scribe;
}

const line = fc.oneof(
  fc.constant(''),
  fc.string({ maxLength: 200 }).map((text) => text.replace(/["\n\r]/g, 'x')),
);
const record = fc.oneof(
  { weight: 5, arbitrary: line },
  { weight: 1, arbitrary: fc.array(line, { minLength: 1, maxLength: 20 }).map((lines) => `"${lines.join('\n')}"`) },
);

it('hands over every record once and in order, however the text is cut', () => {
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 40 }),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 }),
      (records, endsWithLine, lengths) => {
        const text = records.join('\n') + (endsWithLine ? '\n' : '');
        const { records: taken, rest } = takenDown(text, lengths);
        expect(taken).toEqual(endsWithLine || records.at(-1) !== '' ? records : records.slice(0, -1));
        expect(rest).toBe('');
      },
    ),
    { numRuns: 500 },
  );
});

it('gives back what a quote that is never closed takes along', () => {
  const { records, rest } = takenDown('a\n"b\nc\n'.padEnd(400, 'd\n'), [90]);
  expect(records).toEqual(['a']);
  expect(rest.trimEnd()).toBe('"b\nc\n'.padEnd(398, 'd\n').trimEnd());
});

describe('a record of many lines', () => {
  const lines = (bytes: number): string => `"${'x'.repeat(49)}\n`.padEnd(bytes - 1, `${'x'.repeat(49)}\n`) + '"';

  it('is looked through a few times, not once for each of its lines', () => {
    const text = `a\n${lines(1_000_000)}\nb\n`;
    const { records, looked } = takenDown(text, [262_144]);
    expect(records.map(({ length }) => length)).toEqual([1, 1_000_000, 1]);
    expect(looked).toBeLessThan(8 * text.length);
  });

  it.each([5_000, 65_536, 3_000_000])('may have a mebibyte and no more, in slices of %i bytes', (length) => {
    const open = `a\n${lines(maxRecordBytes).slice(0, -1)}`;
    expect(takenDown(open, [length]).rest.length).toBeGreaterThanOrEqual(maxRecordBytes - 1);
    expect(() => takenDown(`${open}${'x'.repeat(500)}`, [length])).toThrow('too long');
    expect(() => takenDown(`a\n${'x'.repeat(maxRecordBytes + 500)}`, [length])).toThrow('too long');
  });
});
