import { describe, expect, it } from 'vitest';
import type { IntakeChoices } from '../../src/intake/choices.ts';
import type { ByteSource } from '../../src/intake/source.ts';
import { importFiles } from '../../src/library/import.ts';
import { previewFiles } from '../../src/library/import-preview.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { sharedBars } from '../../src/library/shared-bars.ts';
import { isoText } from '../../src/time/instant.ts';
import { choicesOf, decided, file, gzipped } from '../intake/files.ts';
import { compactLines, exchangeMinutes, wallLines, weekMinutes } from '../intake/market-bars.ts';

const minute = 60_000;
const hour = 60 * minute;

const told = async (source: ByteSource, choices = choicesOf({}), store: MemoryStore | null = null) => {
  const { files } = await previewFiles([source], choices, store && sharedBars(store));
  const of = (name: string) => files[0]!.decisions.find((decision) => decision.name === name)!;
  return { zone: of('zone'), stamp: of('stamp'), preview: files[0]! };
};

function imported(sources: readonly ByteSource[], store = new MemoryStore(), choices: IntakeChoices = choicesOf({})) {
  let ids = 0;
  return importFiles(sources, choices, store, {
    now: () => 0,
    newId: () => `${sources[0]!.name} ${ids++}`,
    breathe: async () => undefined,
    onProgress: () => undefined,
  });
}

// The change of clocks in America is on 10 March 2024, that in Europe on the 31st.
const regular = exchangeMinutes('XNYS', '2024-02-26', '2024-04-12');
const extended = exchangeMinutes('XNYS', '2024-02-26', '2024-04-12', 2 * hour);
const week = weekMinutes('FX', '2024-02-26', '2024-04-12');

describe('zone and stamp are decided by what is traded', { timeout: 60_000 }, () => {
  it.each([
    ['New York, starts', regular, 'America/New_York', 'start'],
    ['New York, ends', regular, 'America/New_York', 'end'],
    ['New York with hours around, starts', extended, 'America/New_York', 'start'],
    ['New York with hours around, ends', extended, 'America/New_York', 'end'],
    ['UTC, starts', extended, 'UTC', 'start'],
    ['UTC, ends', regular, 'UTC', 'end'],
    ['winter time all year, starts', extended, 'Etc/GMT+5', 'start'],
    ['Chicago, ends', regular, 'America/Chicago', 'end'],
    ['Berlin, starts', extended, 'Europe/Berlin', 'start'],
    ['London, starts', exchangeMinutes('XLON', '2024-02-26', '2024-04-12', hour), 'Europe/London', 'start'],
    ['Tokyo, ends', exchangeMinutes('XTKS', '2024-02-26', '2024-04-12'), 'Asia/Tokyo', 'end'],
  ] as const)('%s', async (_, bars, zone, stamp) => {
    const found = await told(file('A.csv', wallLines(bars, zone, stamp === 'end' ? minute : 0)));
    expect([found.zone.value, found.zone.certainty]).toEqual([zone, 'likely']);
    expect([found.stamp.value, found.stamp.certainty]).toEqual([stamp, 'likely']);
    expect(found.zone.reason).toMatch(/^trading steps up with the open of X/);
  });

  it.each([
    ['New York', 'America/New_York', 'start'],
    ['winter time all year', 'Etc/GMT+5', 'start'],
    ['UTC, ends', 'UTC', 'end'],
  ] as const)('the week of currencies: %s', async (_, zone, stamp) => {
    const found = await told(file('EURUSD.csv', compactLines(week, zone, stamp === 'end' ? minute : 0)));
    expect(decided(found.preview, 'format')).toBe('HistData');
    expect([found.zone.value, found.stamp.value]).toEqual([zone, stamp]);
    expect(found.zone.reason).toMatch(/^trading ends on Friday and begins on Sunday/);
  });

  it('NinjaTrader against HistData with volumes', async () => {
    const ninja = await told(file('ES.txt', compactLines(extended, 'UTC', minute)));
    expect([decided(ninja.preview, 'format'), ninja.zone.value, ninja.stamp.value]).toEqual([
      'NinjaTrader',
      'UTC',
      'end',
    ]);
    const other = await told(file('ES.txt', compactLines(extended, 'America/New_York')));
    expect([other.zone.value, other.stamp.value]).toEqual(['America/New_York', 'start']);
  });

  it('a bar at the close alone proves nothing', async () => {
    const withClose = [...regular, ...regular.map(([at]): [number, number] => [at, 9])].filter(
      ([at]) => at % minute === 0,
    );
    const closes = exchangeMinutes('XNYS', '2024-02-26', '2024-04-12')
      .filter(([at], i, all) => all[i + 1] === undefined || all[i + 1]![0] - at > minute)
      .map(([at]): [number, number] => [at + minute, 5_000]);
    const bars = [...withClose.slice(0, regular.length), ...closes].sort(([a], [b]) => a - b);
    const found = await told(file('A.csv', wallLines(bars, 'America/New_York')));
    expect([found.zone.value, found.stamp.value]).toEqual(['America/New_York', 'start']);
  });

  it('in packed files, from the text alone, and in large ones at many places', async () => {
    const text = wallLines(extended, 'UTC', minute);
    const packed = await told(gzipped('A.csv.gz', text));
    expect([packed.zone.value, packed.stamp.value]).toEqual(['UTC', 'end']);
    const years = wallLines(exchangeMinutes('XNYS', '2022-01-03', '2023-12-29'), 'UTC', minute);
    expect(years.length).toBeGreaterThan(4_194_304);
    const large = await told(file('A.csv', years));
    expect([large.zone.value, large.stamp.value]).toEqual(['UTC', 'end']);
    expect(large.zone.reason).not.toContain('would fit');
  });

  it('of a market that never closes only that it is kept in UTC, and of few bars nothing', async () => {
    const always = Array.from({ length: 20_000 }, (_, i): [number, number] => [
      Date.UTC(2024, 0, 1) + i * minute,
      100 + ((i * 7_919) % 90),
    ]);
    const found = await told(file('BTC.csv', wallLines(always, 'UTC')));
    expect([found.zone.value, found.zone.certainty, found.stamp.certainty]).toEqual(['UTC', 'likely', 'guess']);
    const few = await told(file('BTC.csv', wallLines(always.slice(0, 5 * 1_440), 'UTC')));
    expect([few.zone.certainty, few.stamp.certainty]).toEqual(['guess', 'guess']);
  });

  it('never against a choice, nor against what a vendor writes for sure', async () => {
    const text = wallLines(regular, 'UTC');
    const found = await told(file('A.csv', text), choicesOf({ zone: 'Europe/London', stamp: 'end' }));
    expect([found.zone.value, found.stamp.value]).toEqual(['Europe/London', 'end']);
    const lines = text.split('\n').slice(1, -1);
    const tradeStation = lines.map((line) => line.replace(/^(\S+) (\S+?),(.*)$/, '$1,$2,$3,0')).join('\n');
    const other = await told(file('A.csv', `Date,Time,Open,High,Low,Close,Vol,OI\n${tradeStation}\n`));
    expect([other.stamp.value, other.stamp.certainty]).toEqual(['end', 'sure']);
  });
});

it('an import decides as its preview, and for all files that are laid out alike', async () => {
  const sessions = ['2024-03-04', '2024-03-05', '2024-03-06', '2024-03-07', '2024-03-08'] as const;
  const files = sessions.map((day) =>
    file(`SPY/${day}.csv`, wallLines(exchangeMinutes('XNYS', day, day, hour), 'UTC', minute)),
  );
  const { manifest, audits } = await imported(files, new MemoryStore(), choicesOf({ symbol: 'SPY' }));
  expect(isoText(manifest.from)).toBe('2024-03-04T13:30:00Z');
  expect(new Set(audits.map((audit) => `${decided(audit, 'zone')!} ${decided(audit, 'stamp')!}`))).toEqual(
    new Set(['UTC end']),
  );
});

it('bars that are here already tell zone and stamp for sure', async () => {
  const bars = regular.slice(0, 2_000).map(([at], i): [number, number] => [at, i]);
  const rising = (text: string) =>
    text.replace(/,100,101,99,100,(\d+)$/gm, (_, i: string) => `,${100 + +i},${101 + +i},99,${100 + +i},7`);
  const store = new MemoryStore();
  await imported([file('SPY.csv', rising(wallLines(bars, 'America/New_York')))], store);
  // Without a volume that tells anything, only the bars themselves do.
  const found = await told(
    file('spy-tokyo.csv', rising(wallLines(bars, 'Asia/Tokyo', minute))),
    choicesOf({ symbol: 'spy' }),
    store,
  );
  expect([found.zone.value, found.zone.certainty]).toEqual(['Asia/Tokyo', 'sure']);
  expect([found.stamp.value, found.stamp.certainty]).toEqual(['end', 'sure']);
  expect(found.zone.reason).toContain('the dataset "SPY"');
});

describe('day and month', { timeout: 60_000 }, () => {
  const lines = (...dates: string[]) =>
    `date,open,high,low,close\n${dates.map((date) => `${date},1,2,0.5,1`).join('\n')}\n`;
  const orderOf = async (text: string) => {
    const { files } = await previewFiles([file('A.csv', text)], choicesOf({}));
    return files[0]!.decisions.find(({ name }) => name === 'time format')!;
  };

  it('are told by a date anywhere in the file', async () => {
    const many = Array.from({ length: 3_000 }, (_, i) => `0${(i % 9) + 1}/0${(i % 7) + 1}/${2000 + (i % 20)}`);
    expect(await orderOf(lines(...many, '13/04/2020'))).toMatchObject({
      value: 'day, month, year',
      certainty: 'sure',
    });
    expect(await orderOf(lines(...many, '04/13/2020'))).toMatchObject({
      value: 'month, day, year',
      certainty: 'sure',
    });
  });

  it('are told by the days on which nothing trades', async () => {
    // 6 April 2024 and 9 March 2024 were Saturdays; 4 June and 3 September were Tuesdays.
    expect((await orderOf(lines('06/04/2024'))).value).toBe('month, day, year');
    expect((await orderOf(lines('03/09/2024', '04/09/2024'))).value).toBe('day, month, year');
  });
});
