import { describe, expect, test } from 'vitest';
import { Provenance } from '../../../src/bars/provenance.ts';
import type { PictureBars } from '../../../src/memory/picture.ts';
import { areSame, candlesOf, mostCandles } from '../../../src/studio/chart/candles.ts';
import { drawLayer, drawTrace, type Layer, type Scene } from '../../../src/studio/chart/candle-scene.ts';
import { labelledPrices, priceAt, priceY } from '../../../src/studio/chart/places.ts';
import { priceLines, priceScale, stepDecimals } from '../../../src/studio/chart/price-scale.ts';
import { SlotAxis } from '../../../src/studio/chart/slot-axis.ts';
import { timeMarks } from '../../../src/studio/chart/time-marks.ts';
import { followSpan, panned, zoomed } from '../../../src/studio/chart/viewport.ts';
import {
  barLabel,
  bytesLabel,
  decimalsOf,
  momentLabel,
  percentLabel,
  placeZoneLabel,
  rangeLabel,
  sessionLabel,
  tapeLabels,
} from '../../../src/studio/labels.ts';
import { calendar } from '../../../src/time/calendar.ts';
import { unitsOf } from '../../../src/session/plan-units.ts';
import { day, minute } from '../../../src/time/instant.ts';

const zone = 'America/New_York';
/** 26 Nov, 27 Nov, 29 Nov (closes early), 2 Dec: Thanksgiving is not among them. */
const sessions = calendar('XNYS').sessions('2024-11-26', '2024-12-02');
const axis = new SlotAxis(sessions, minute);

const onTime = (): boolean => false;

/** Bars in every slot of the first sessions, all of one provenance. */
function bars(sessionCount: number, provenance: number = Provenance.streamed): PictureBars {
  const places = sessions
    .slice(0, sessionCount)
    .flatMap((_, session) =>
      Array.from({ length: axis.offsets[session + 1]! - axis.offsets[session]! }, (_, slot) => ({ session, slot })),
    );
  const column = (value: (place: { session: number; slot: number }) => number) => Float64Array.from(places, value);
  return {
    symbol: 0,
    interval: 0,
    count: places.length,
    since: { session: 0, slot: 0 },
    session: Int32Array.from(places, ({ session }) => session),
    slot: Int32Array.from(places, ({ slot }) => slot),
    start: column((place) => axis.start(place)),
    open: column(() => 10),
    high: column(({ slot }) => 11 + slot),
    low: column(() => 9),
    close: column(({ slot }) => 10 + slot),
    volume: column(() => 5),
    provenance: new Uint8Array(places.length).fill(provenance),
  };
}

describe('a unit of days', () => {
  const { sessions: units } = unitsOf(calendar('XNYS').sessions('2012-11-01', '2013-12-31'), 0);
  const days = new SlotAxis(units, day);
  const marks = (from: number, to: number): string[] =>
    timeMarks(days, { from, to }, 840, 'America/New_York').map(({ text }) => text);

  test('is as long as it has sessions', () => {
    expect([...days.offsets]).toEqual([0, 41, 293]);
    expect(new Date(days.start({ session: 1, slot: 1 })).toISOString()).toBe('2013-01-03T05:00:00.000Z');
    expect(new Date(days.end({ session: 1, slot: 1 })).toISOString()).toBe('2013-01-03T21:00:00.000Z');
  });

  test('is labelled by months from afar, by days from near', () => {
    expect(marks(0, 293)).toEqual(['Nov 2012', 'Jan 2013', 'Mar 2013', 'May 2013', 'Jul 2013', 'Sep 2013', 'Nov 2013']);
    expect(marks(41, 61)).toEqual([
      '2 Jan',
      '4 Jan',
      '8 Jan',
      '10 Jan',
      '14 Jan',
      '16 Jan',
      '18 Jan',
      '23 Jan',
      '25 Jan',
      '29 Jan',
    ]);
  });

  test('has its days in words', () => {
    expect(units.map(sessionLabel)).toEqual(['1 Nov – 31 Dec 2012', '2 Jan – 31 Dec 2013']);
    expect(tapeLabels(units)).toEqual(['2012', '2013']);
    const start = days.start({ session: 1, slot: 0 });
    expect(barLabel(start, day, 'America/New_York')).toBe('2 Jan 2013');
    expect(momentLabel(start, day, 'America/New_York')).toBe('2 Jan 2013');
  });
});

test('a tape of more than a year has the year under its sessions', () => {
  expect(tapeLabels(sessions)).toEqual(['26 Nov', '27 Nov', '29 Nov', '2 Dec']);
  const long = tapeLabels(calendar('XNYS').sessions('2023-11-24', '2024-12-02'));
  expect([long[0], long.at(-1)]).toEqual(['Nov 2023', 'Dec 2024']);
  expect(tapeLabels([])).toEqual([]);
});

describe('the axis of slots', () => {
  test('nights, the holiday and the early afternoon take no room', () => {
    expect([...axis.offsets]).toEqual([0, 390, 780, 990, 1380]);
  });

  test('a position is found again as session and slot', () => {
    expect(axis.at(781.7)).toEqual({ session: 2, slot: 1 });
    expect(axis.at(-1)).toBeUndefined();
    expect(axis.at(1380)).toBeUndefined();
    expect(new Date(axis.start({ session: 2, slot: 1 })).toISOString()).toBe('2024-11-29T14:31:00.000Z');
  });

  test('marks stand at opens and at round times of the market, apart from each other', () => {
    const marks = timeMarks(axis, { from: 780, to: 990 }, 840, zone);
    expect(marks[0]).toEqual({ position: 780, text: 'Fri 29 Nov', open: true });
    expect(marks.map(({ text }) => text)).toContain('10:00');
    for (let i = 1; i < marks.length; i++)
      expect(marks[i]!.position - marks[i - 1]!.position).toBeGreaterThanOrEqual(21);
  });
});

describe('the days of the marks', () => {
  test('where times come up to the open, the day is still named there', () => {
    const fiveMinutes = new SlotAxis(sessions, 5 * minute);
    const marks = timeMarks(fiveMinutes, { from: 20, to: 250 }, 868, zone);
    expect(marks.filter(({ open }) => open).map(({ text }) => text)).toEqual(['Wed 27 Nov', 'Fri 29 Nov', 'Mon 2 Dec']);
    expect(marks[0]!.text).toMatch(/^26 Nov \d\d:\d\d$/);
  });

  test('a session whose open is out of sight names its day at its first time, once', () => {
    const marks = timeMarks(axis, { from: 480, to: 600 }, 840, zone);
    expect(marks.map(({ text }) => text).filter((text) => text.includes('Nov'))).toEqual([marks[0]!.text]);
    expect(marks[0]!.text).toMatch(/^27 Nov 11:/);
  });

  test.each([1, 5, 15])('every session in sight with a mark has its day, at %i minutes', (minutes) => {
    const some = new SlotAxis(sessions, minutes * minute);
    for (let from = 0; from < some.offsets[sessions.length]! - 40; from += 7) {
      const named = new Set<number>();
      for (const { position, text } of timeMarks(some, { from, to: from + 160 }, 700, zone)) {
        const { session } = some.at(position)!;
        expect(named.has(session) || /Nov|Dec/.test(text)).toBe(true);
        named.add(session);
      }
      expect(named.size).toBeGreaterThan(0);
    }
  });
});

describe('the view', () => {
  test('a session that fits has its room from the open on, whatever has been played', () => {
    const early = followSpan(axis, 1, 400, 1_400);
    expect(followSpan(axis, 1, 770, 1_400)).toEqual(early);
    expect(early.to).toBe(780);
  });

  test('a session that does not fit is followed with room ahead', () => {
    const span = followSpan(axis, 1, 700, 420);
    expect(span.to).toBeGreaterThan(701);
    expect(span.from).toBeLessThan(700);
    expect(span.to - span.from).toBe(60);
  });

  test('as many slots as were chosen are followed', () => {
    const span = followSpan(axis, 1, 500, 1_400, 50);
    expect(span.to - span.from).toBe(50);
    expect(span.to).toBeGreaterThan(501);
  });

  test('zooming keeps the place under the pointer, panning keeps the run in sight', () => {
    const span = zoomed({ from: 100, to: 200 }, 0.5, 150, axis);
    expect(span).toEqual({ from: 125, to: 175 });
    expect(panned(span, 1e9, axis).from).toBeLessThan(1380);
    expect(panned(span, -1e9, axis).to).toBeGreaterThan(0);
  });
});

describe('candles', () => {
  test('only what is in sight is drawn', () => {
    const candles = candlesOf(bars(3), axis, { from: 400, to: 500 }, onTime);
    expect(candles[0]!.position).toBeLessThanOrEqual(400);
    expect(candles.at(-1)!.position).toBe(500);
    expect(candles.length).toBeLessThan(105);
  });

  test('neighbours are merged when there are more than can be drawn, and never across a close', () => {
    const wide = { from: -2_000, to: 2_000 };
    const candles = candlesOf(bars(4), axis, wide, onTime);
    expect(candles.length).toBeLessThanOrEqual(mostCandles);
    expect(candles.reduce((sum, { volume }) => sum + volume, 0)).toBe(1_380 * 5);
    expect(candles[0]).toMatchObject({ width: 3, open: 10, high: 13, low: 9, close: 12, volume: 15 });
    expect(candles.find(({ position }) => position === 390)?.open).toBe(10);
  });

  test('filled and incomplete bars are kinds of their own', () => {
    expect(candlesOf(bars(1, Provenance.filled), axis, { from: 0, to: 10 }, onTime)[0]!.kind).toBe('filled');
    expect(candlesOf(bars(1, Provenance.repaired), axis, { from: 0, to: 10 }, onTime)[0]!.kind).toBe('repaired');
    const candles = candlesOf(bars(1), axis, { from: 0, to: 10 }, (place) => place === 3);
    expect(candles.slice(2, 5).map(({ kind }) => kind)).toEqual(['plain', 'late', 'plain']);
    expect(candlesOf(bars(1, Provenance.incomplete), axis, { from: 0, to: 10 }, onTime)[0]!.kind).toBe('incomplete');
  });
});

describe('the scale of prices', () => {
  test('it holds still while prices fit, and moves when they do not', () => {
    const first = priceScale(100, 110, 6, undefined);
    expect(priceScale(101, 110.5, 6, first)).toBe(first);
    expect(priceScale(100, 130, 6, first)).not.toBe(first);
    expect(priceScale(104, 105, 6, first)).not.toBe(first);
  });

  test('lines are round and inside; one price alone has room too', () => {
    const scale = priceScale(167.43, 168.45, 6, undefined);
    for (const line of priceLines(scale)) {
      expect(line).toBeGreaterThanOrEqual(scale.low);
      expect(line).toBeLessThanOrEqual(scale.high);
    }
    expect(priceLines(priceScale(5, 5, 6, undefined)).length).toBeGreaterThan(1);
  });
});

describe('a logarithmic scale', () => {
  test('gives equal ratios equal heights, and prices come back from their heights', () => {
    const plot = { x: 0, y: 10, width: 800, height: 400 };
    const scale = priceScale(10, 160, 6, undefined, 'log');
    const y = (price: number): number => priceY(plot, scale, price);
    expect(y(20) - y(40)).toBeCloseTo(y(80) - y(160), 9);
    for (const price of [10, 33.3, 160]) expect(priceAt(plot, scale, y(price))).toBeCloseTo(price, 9);
    expect(priceLines(scale)).toEqual([10, 20, 50, 100, 200].filter((line) => line >= scale.low && line <= scale.high));
  });

  test('is linear where a price is not above zero, and a scale of the other kind is not kept', () => {
    expect(priceScale(-1, 5, 6, undefined, 'log').isLog).toBe(false);
    const linear = priceScale(100, 110, 6, undefined);
    expect(priceScale(101, 109, 6, linear, 'log').isLog).toBe(true);
  });
});

/** Records what is drawn. */
class Recorder {
  readonly rects: number[][] = [];
  readonly lines: { from: number[]; to: number[] }[] = [];
  #at: number[] = [];
  moveTo(x: number, y: number): void {
    this.#at = [x, y];
  }
  lineTo(x: number, y: number): void {
    this.lines.push({ from: this.#at, to: [x, y] });
    this.#at = [x, y];
  }
  rect(...box: [number, number, number, number]): void {
    this.rects.push(box);
  }
}

describe('what is drawn', () => {
  const plot = { x: 0, y: 0, width: 400, height: 300 };
  const scene = (span: { from: number; to: number }, provenance: number, values = new Float64Array(0)): Scene => {
    const some = bars(2, provenance);
    return {
      axis,
      span,
      scale: priceScale(0, 400, 5, undefined),
      candles: candlesOf(some, axis, span, onTime),
      marks: { opens: [390], breaks: [], extended: [{ from: 0, to: 100 }] },
      traces: [{ values, session: some.session }],
      last: 205,
      session: 1,
    };
  };
  const drawn = (layer: Layer, of: Scene): Recorder => {
    const pen = new Recorder();
    drawLayer(layer, of, plot, pen);
    return pen;
  };

  test('bars too narrow for their shape have signs in a lane, apart from each other; wide ones have none', () => {
    const { rects } = drawn('laneFill', scene({ from: 0, to: 780 }, Provenance.filled));
    expect(rects.length).toBeGreaterThan(20);
    for (let i = 1; i < rects.length; i++) expect(rects[i]![0]! - rects[i - 1]![0]!).toBeGreaterThanOrEqual(7);
    expect(drawn('laneFill', scene({ from: 0, to: 40 }, Provenance.filled)).rects).toEqual([]);
    expect(drawn('laneFill', scene({ from: 0, to: 780 }, Provenance.streamed)).rects).toEqual([]);
    expect(drawn('laneIncomplete', scene({ from: 0, to: 780 }, Provenance.incomplete)).lines.length).toBeGreaterThan(
      20,
    );
    expect(drawn('laneInfo', scene({ from: 0, to: 780 }, Provenance.repaired)).lines.length).toBeGreaterThan(20);
  });

  test('prices have lines where bars are, and the last price has one of its own', () => {
    const whole = scene({ from: 0, to: 400 }, Provenance.streamed);
    const heights = ({ lines }: Recorder): number[] => lines.map(({ to }) => to[1]!);
    const at = (price: number): number => Math.round(priceY(plot, whole.scale, price)) + 0.5;
    expect(heights(drawn('prices', whole))).toEqual(priceLines(whole.scale).map(at));
    expect(heights(drawn('last', whole))).toEqual([at(205)]);
    expect(heights(drawn('last', { ...whole, last: undefined }))).toEqual([]);
    expect(heights(drawn('prices', { ...whole, candles: [] }))).toEqual([]);
  });

  test('the hatch of extended hours stays within them', () => {
    const { lines } = drawn('extended', scene({ from: 0, to: 400 }, Provenance.streamed));
    expect(lines.length).toBeGreaterThan(5);
    for (const { from, to } of lines)
      for (const [x, y] of [from, to] as [number, number][]) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(100);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(300);
      }
  });

  test('the open of a session and the history before it are where they should be', () => {
    expect(drawn('opens', scene({ from: 380, to: 400 }, Provenance.streamed)).lines[0]!.from).toEqual([200.5, 0]);
    expect(drawn('past', scene({ from: 380, to: 400 }, Provenance.streamed)).rects).toEqual([[0, 0, 200, 300]]);
  });

  test('a line is broken where it has no value and where its session ends', () => {
    const values = new Float64Array(780).fill(50);
    values[385] = NaN;
    const pen = new Recorder();
    const all = scene({ from: 380, to: 400 }, Provenance.streamed, values);
    drawTrace(all.traces[0]!, all, plot, pen);
    const xs = pen.lines.map(({ from, to }) => [from[0], to[0]]);
    const middle = (slot: number): number => (slot + 0.5 - 380) * 20;
    expect(xs).toContainEqual([middle(383), middle(384)]);
    expect(xs).not.toContainEqual([middle(384), middle(385)]);
    expect(xs).not.toContainEqual([middle(384), middle(386)]);
    expect(xs).not.toContainEqual([middle(389), middle(390)]);
    expect(xs).toContainEqual([middle(390), middle(391)]);
  });
});

describe('the labels of prices', () => {
  test.each([
    [167.7, 167.86],
    [0.000012, 0.000019],
    [99.5, 100.5],
    [1_000, 9_000],
    [5, 5],
  ])('lines from %d to %d are apart in their labels, which say them exactly', (low, high) => {
    for (const lines of [2, 3, 4, 5, 6, 7, 8]) {
      const scale = priceScale(low, high, lines, undefined);
      const texts = priceLines(scale).map((price) => price.toFixed(stepDecimals(scale)));
      expect(new Set(texts).size).toBe(texts.length);
      priceLines(scale).forEach((price, i) => {
        expect(Math.abs(Number(texts[i]) - price)).toBeLessThan(scale.step * 1e-6);
      });
      expect(scale.step.toExponential(3)).toMatch(/^[125]\.000e/);
    }
  });

  test('a step of 0.05 has two decimals, one of 20 has none', () => {
    expect(stepDecimals({ low: 167, step: 0.05 })).toBe(2);
    expect(stepDecimals({ low: 0, step: 20 })).toBe(0);
  });

  test('the label under the tag of the last price is left out, the others stay', () => {
    const plot = { x: 0, y: 0, width: 800, height: 400 };
    const scale = { low: 100, high: 106, step: 1, isLog: false };
    expect(labelledPrices(plot, scale, 103.1)).toEqual([100, 101, 102, 104, 105, 106]);
    expect(labelledPrices(plot, scale, 103.5)).toEqual([100, 101, 102, 103, 104, 105, 106]);
    expect(labelledPrices(plot, scale, undefined)).toHaveLength(7);
  });
});

describe('labels', () => {
  test('a zone that is called as its place is named once', () => {
    const at = Date.parse('2024-11-29T14:30Z');
    expect(placeZoneLabel(at, 'UTC')).toBe('UTC');
    expect(placeZoneLabel(at, 'America/New_York')).toBe('New York, EST');
  });

  test('decimals come from the prices', () => {
    expect(decimalsOf([167.7, 168.06])).toBe(2);
    expect(decimalsOf([1.08125, NaN])).toBe(5);
    expect(decimalsOf([3])).toBe(0);
  });

  test('100 % is said of what is whole only', () => {
    expect(percentLabel(100)).toBe('100 %');
    expect(percentLabel(99.99)).toBe('99.9 %');
    expect(percentLabel(NaN)).toBe('–');
  });

  test('ranges and sizes are short', () => {
    expect(rangeLabel(Date.parse('2013-10-04T08:06Z'), Date.parse('2013-10-11T20:00Z'), zone)).toBe('4 – 11 Oct 2013');
    expect(bytesLabel(4_218_000)).toBe('4.2 MB');
    expect(bytesLabel(999)).toBe('999 B');
  });
});

test('a look with the same bars is told from one with another bar, another price or a mended bar', () => {
  expect(areSame(bars(2), bars(2))).toBe(true);
  expect(areSame(bars(2), bars(3))).toBe(false);
  expect(areSame(bars(2), bars(2, Provenance.filled))).toBe(false);
  const other = bars(2);
  other.close[5]! += 0.01;
  expect(areSame(bars(2), other)).toBe(false);
});
