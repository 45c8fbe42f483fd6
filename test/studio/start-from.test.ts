import { expect, test } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { readConfig } from '../../src/config/read.ts';
import { fromPreset, inPlace } from '../../src/studio/start-from.ts';

const bars = { dataset: 'WALK', fillFrom: ['STROLL'], symbols: ['A'], from: '2024-03-07', to: '2024-03-08' };
const strategy = { name: 'SMA cross', params: {} };
const now = { data: { ...bars, interval: '5m' }, strategy, broker: { cash: 5 }, feed: { seed: 7 } };

test.each(presets)('$name leaves the bars that are played and the strategy, and nothing else', ({ settings }) => {
  const started = fromPreset(now, settings);
  expect(started).toEqual({ ...settings, data: { ...bars, ...settings['data'] }, strategy });
  expect(readConfig(started).ok).toBe(true);
  expect(fromPreset({}, settings)).toEqual({ ...settings, data: settings['data'] ?? {} });
});

test('what is kept, and the defaults, take the place of everything but the dataset', () => {
  expect(inPlace(now, {})).toEqual({ data: { dataset: 'WALK' } });
  expect(inPlace(now, { data: { dataset: 'OTHER', to: '2024-03-09' }, feed: { seed: 1 } })).toEqual({
    data: { dataset: 'OTHER', to: '2024-03-09' },
    feed: { seed: 1 },
  });
  expect(inPlace({}, {})).toEqual({ data: {} });
});
