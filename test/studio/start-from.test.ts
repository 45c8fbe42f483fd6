import { expect, test } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { readConfig } from '../../src/config/read.ts';
import { fromPreset, inPlace } from '../../src/studio/start-from.ts';

const bars = { dataset: 'WALK', fillFrom: ['STROLL'], symbols: ['A'], from: '2024-03-07', to: '2024-03-08' };
const strategy = { name: 'SMA cross', params: {} };
const now = { data: { ...bars, interval: '5m' }, strategy, broker: { cash: 5 }, feed: { seed: 7 } };

test.each(presets)('$name leaves the bars that are played and the strategy, and nothing else', (preset) => {
  const { settings } = preset;
  const started = fromPreset(now, preset, 'WALK');
  expect(started).toEqual({ ...settings, data: { ...bars, ...settings['data'] }, strategy });
  expect(readConfig(started).ok).toBe(true);
  expect(fromPreset({}, preset, undefined)).toEqual({ ...settings, data: settings['data'] ?? {} });
});

test('a preset that breaks the feed has it mended from the dataset itself, where nothing else fills gaps', () => {
  const broken = presets.filter(({ settings }) => settings['feed']);
  expect(broken).toHaveLength(1);
  for (const preset of presets) {
    const { data } = fromPreset({ data: { dataset: 'WALK', fillFrom: [] } }, preset, 'WALK');
    expect(data?.['fillFrom']).toEqual(broken.includes(preset) ? ['WALK'] : []);
  }
});

test('what is kept, and the defaults, take the place of everything but the dataset', () => {
  expect(inPlace(now, {})).toEqual({ data: { dataset: 'WALK' } });
  expect(inPlace(now, { data: { dataset: 'OTHER', to: '2024-03-09' }, feed: { seed: 1 } })).toEqual({
    data: { dataset: 'OTHER', to: '2024-03-09' },
    feed: { seed: 1 },
  });
  expect(inPlace({}, {})).toEqual({ data: {} });
});
