import { expect, test } from 'vitest';
import { allows, sessionStates, transition } from '../../src/session/state.ts';
import { arrows, transitions } from '../../src/studio/state-diagram.ts';

test('the diagram has an arrow for each transition that the machine allows, and no other', () => {
  const drawn = new Set(transitions().map(([from, to]) => `${from}/${to}`));
  expect(drawn).toContain('not-started/pre-market');
  expect(drawn).toContain('active/timed-out');
  expect(drawn).not.toContain('ended/active');
  expect(allows('active', 'close') && transition('active', 'close').state).toBe('post-market');
  for (const from of sessionStates) expect([...drawn].some((each) => each.startsWith(`${from}/`))).toBe(true);
  expect(arrows(50, 6).arrows).toHaveLength(drawn.size);
});

test('no two arrows lie on the same path', () => {
  const paths = arrows(50, 6).arrows.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
});
