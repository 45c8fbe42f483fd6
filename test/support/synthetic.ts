import { barColumns, type BarColumns } from '../../src/bars/columns.ts';
import { defaultConfig, type Config } from '../../src/config/schema.ts';
import { chunksOf, type EncodedChunk } from '../../src/library/encode.ts';
import type { Manifest } from '../../src/library/manifest.ts';
import type { MemoryStore } from '../../src/library/memory-store.ts';
import type { BarStore } from '../../src/library/store.ts';
import { planRun } from '../../src/session/plan-run.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { planStrategy } from '../../src/strategy/plan-strategy.ts';
import { calendar } from '../../src/time/calendar.ts';
import { instant, minute } from '../../src/time/instant.ts';

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A random walk in cents over the regular minutes of XNYS sessions. `has` says which bars there are. */
export function randomWalk(
  from: string,
  to: string,
  seed: number,
  has: (start: number, slot: number) => boolean = () => true,
): BarColumns {
  const random = seeded(seed);
  const sessions = calendar('XNYS').sessions(from, to);
  const columns = barColumns(sessions.length * 390);
  let cents = 5_000 + Math.floor(random() * 20_000);
  for (const { open, close } of sessions)
    for (let start: number = open, slot = 0; start < close; start += minute, slot++) {
      const before = cents;
      cents = Math.max(100, cents + Math.floor(random() * 21) - 10);
      const above = Math.floor(random() * 5);
      const below = Math.floor(random() * 5);
      const volume = 100 + Math.floor(random() * 10_000);
      if (!has(start, slot)) continue;
      const i = columns.count++;
      columns.start[i] = start;
      columns.open[i] = before / 100;
      columns.high[i] = (Math.max(before, cents) + above) / 100;
      columns.low[i] = (Math.min(before, cents) - below) / 100;
      columns.close[i] = cents / 100;
      columns.volume[i] = volume;
    }
  return columns;
}

/** How the bars of a symbol are cut into chunks. */
export type Encode = (bars: BarColumns, intervalMs: number) => Iterable<EncodedChunk>;

/** Stores symbols as a dataset, as an import would, or cut into other chunks; the hash is made from the name. */
export async function storeDataset(
  store: BarStore,
  name: string,
  symbols: Readonly<Record<string, BarColumns>>,
  interval = '1m',
  intervalMs = minute,
  encode: Encode = chunksOf,
): Promise<Manifest> {
  const entries = await Promise.all(
    Object.entries(symbols).map(async ([symbol, columns], s) => {
      const chunks = [...encode(columns, intervalMs)];
      await store.putChunks(
        name,
        chunks.map(({ bytes }, chunk) => ({ symbol: s, chunk, bytes })),
      );
      return {
        name: symbol,
        bars: columns.count,
        from: instant(columns.start[0]!),
        to: instant(columns.start[columns.count - 1]!),
        chunks: chunks.map(({ bytes, from, to, bars }) => ({ from, to, bars, bytes: bytes.byteLength })),
      };
    }),
  );
  return store.commit({
    version: 1,
    id: name,
    name,
    sha256: `sha256:${name}`,
    interval,
    symbols: entries,
    bars: entries.reduce((sum, { bars }) => sum + bars, 0),
    from: instant(Math.min(...entries.map(({ from }) => from))),
    to: instant(Math.max(...entries.map(({ to }) => to))),
    bytes: 0,
    audits: [],
    importedAt: 0,
  });
}

type Changes = { readonly [G in keyof Config]?: Partial<Config[G]> };

/** The default configuration with some settings changed. */
export function configWith(changes: Changes): Config {
  const config: Record<string, unknown> = { ...defaultConfig() };
  for (const [group, values] of Object.entries(changes))
    config[group] = typeof values === 'object' ? { ...(config[group] as object), ...values } : values;
  return config as unknown as Config;
}

/** The plan of a run over the store's datasets. Throws with the findings when there is none. */
export async function planOf(store: MemoryStore, changes: Changes): Promise<RunPlan> {
  const config = configWith(changes);
  const strategy = config.strategy && planStrategy(config.strategy);
  const planned = planRun(config, new Set(), await store.list(), strategy);
  if (!planned.ok) throw new Error(planned.findings.map(({ message }) => message).join('\n'));
  return planned.plan;
}
