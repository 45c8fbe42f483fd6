import type { CDPSession, Page } from '@playwright/test';

/** What the page's main thread did while a run played, in milliseconds: work in processor time, intervals in wall time. */
export interface FrameWork {
  /** By frame: the work of the main thread between its beginning and that of the next frame. */
  readonly workMs: readonly number[];
  /** By frame: the time to the next one. */
  readonly intervalMs: readonly number[];
  /** The tasks of the main thread that took longest, longest first; at most ten. */
  readonly longestTasksMs: readonly number[];
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  /** The processor time in it; the wall time of `dur` also counts waiting for a core. */
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args?: { readonly name?: string };
}

/** Traces the page while `play` runs, with the browser's own tracing, so that the page does not measure itself. */
export async function traceFrames(page: Page, play: () => Promise<void>): Promise<FrameWork> {
  const client = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  client.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await client.send('Tracing.start', {
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] },
    transferMode: 'ReportEvents',
  });
  await play();
  await stopTracing(client);
  return frameWork(events);
}

async function stopTracing(client: CDPSession): Promise<void> {
  const complete = new Promise<void>((resolve) => client.once('Tracing.tracingComplete', () => resolve()));
  await client.send('Tracing.end');
  await complete;
}

/** The page's main thread is the renderer's that has the most frames; a frame begins with its animation callbacks. */
function frameWork(events: readonly TraceEvent[]): FrameWork {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const begins = new Map<string, number[]>();
  for (const { name, ph, pid, tid, ts } of events) {
    const thread = `${pid}/${tid}`;
    if (name !== 'AnimationFrame' || ph !== 'b' || !mains.has(thread)) continue;
    begins.set(thread, [...(begins.get(thread) ?? []), ts]);
  }
  const [thread, starts] = [...begins].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  if (!thread || !starts || starts.length < 2) throw new Error('the trace has no frames');
  starts.sort((a, b) => a - b);
  const tasks = events
    .filter(
      ({ name, ph, pid, tid }) =>
        ph === 'X' && `${pid}/${tid}` === thread && /^(RunTask|ThreadControllerImpl::RunTask)$/.test(name),
    )
    .map(({ ts, dur = 0, tdur = dur }) => ({ ts, dur, tdur }))
    .sort((a, b) => a.ts - b.ts);
  if (tasks.length === 0) throw new Error('the trace has no tasks');
  // Two categories name one task twice; what lies inside another is not counted again.
  const outer: typeof tasks = [];
  for (const task of tasks) {
    const last = outer.at(-1);
    if (!last || task.ts >= last.ts + last.dur) outer.push(task);
  }
  const workMs = new Array<number>(starts.length - 1).fill(0);
  let frame = 0;
  for (const { ts, tdur } of outer) {
    while (frame + 1 < starts.length && ts >= starts[frame + 1]!) frame++;
    if (ts >= starts[frame]! && frame < workMs.length) workMs[frame]! += tdur / 1_000;
  }
  return {
    workMs,
    intervalMs: workMs.map((_, i) => (starts[i + 1]! - starts[i]!) / 1_000),
    longestTasksMs: outer
      .map(({ tdur }) => tdur / 1_000)
      .sort((a, b) => b - a)
      .slice(0, 10),
  };
}

/** The value below which that share of the numbers lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
