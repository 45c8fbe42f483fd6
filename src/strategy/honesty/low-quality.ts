import { countText, percentText, placesOf, type HonestyCheck, type HonestyInput, type PlayedSession } from './check.ts';

/** Percent; what a run with a complete source reaches. */
const leastQuality = 95;
const threshold = 0.05;

/** Trades that were held in a session of which more than one bar in twenty of their symbol is missing. */
export function lowQuality({ trades, sessions }: HonestyInput): HonestyCheck {
  const counts = new Map<string, Int32Array>();
  const lowBefore = (symbol: string): Int32Array => {
    const known = counts.get(symbol) ?? runningCount(sessions, symbol);
    counts.set(symbol, known);
    return known;
  };
  const places = placesOf(trades, ({ symbol, entryTime, exitTime }) => {
    if (sessions.length === 0) return false;
    const low = lowBefore(symbol);
    return low[sessionAt(sessions, exitTime) + 1]! > low[sessionAt(sessions, entryTime)]!;
  });
  const value = trades.length === 0 ? 0 : places.length / trades.length;
  return {
    id: 'lowQuality',
    title: 'Trades in sessions of low quality',
    value,
    unit: 'share',
    of: 'of closed trades',
    threshold,
    doubtfulWhen: 'above',
    doubtful: value > threshold,
    sentence:
      places.length === 0
        ? `No trade was held in a session with a quality below ${leastQuality} %.`
        : `${countText(places.length, 'trade')}, ${percentText(value)} of all, ${places.length === 1 ? 'was' : 'were'} held in a session ` +
          `with a quality below ${leastQuality} %: signals and prices of missing bars are not in them.`,
    trades: places,
    otherProfit: null,
  };
}

/** By session, and once more at the end: how many before it have a low quality of the symbol. */
function runningCount(sessions: readonly PlayedSession[], symbol: string): Int32Array {
  const counts = new Int32Array(sessions.length + 1);
  sessions.forEach(({ quality }, i) => {
    counts[i + 1] = counts[i]! + ((quality[symbol] ?? 100) < leastQuality ? 1 : 0);
  });
  return counts;
}

/** The last session that opens at or before a time; the first where none does. */
function sessionAt(sessions: readonly PlayedSession[], time: number): number {
  let [low, high] = [0, sessions.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sessions[middle]!.open <= time) low = middle;
    else high = middle;
  }
  return low;
}
