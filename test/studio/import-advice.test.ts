import { expect, test } from 'vitest';
import { importAdvice } from '../../src/studio/import-advice.ts';

const failure = (message: string, name = 'Error', cause?: string) => Object.assign(new Error(message), { name, cause });

test('a file is to be mended when it was the reason', () => {
  expect(importAdvice(failure('SPY.csv has no column with times'))).toMatch(/Mend the file/);
});

test('a full storage is not the fault of the file, and its message has the advice already', () => {
  expect(importAdvice(failure('storage is full: …', 'Error', 'QuotaExceededError: over'))).toBe(
    'The library is as it was.',
  );
});

test('a storage that fails is asked again', () => {
  const failures = [
    failure('the browser could not store the import (UnknownError: x)', 'Error', 'UnknownError: x'),
    failure('The transaction was aborted', 'AbortError'),
    failure('the browser did not open its storage in 10 s'),
  ];
  for (const each of failures) expect(importAdvice(each)).toMatch(/Reload the page/);
});

test('where the dataset that files are added to is gone, they are not at fault', () => {
  const gone =
    'chunk 0 of symbol 0 of dataset c36f is not in the library any more: it may have been deleted in another tab';
  expect(importAdvice(failure(gone))).toMatch(/Import the files as a dataset of their own/);
});

test('what is thrown need not be an error', () => {
  for (const each of [null, undefined, 'no']) expect(importAdvice(each)).toMatch(/as it was/);
});
