import type { CDPSession, Page } from '@playwright/test';

/** What the page's main thread did while a run played, in milliseconds: work in processor time, intervals in wall time. */
export interface FrameWork {
  /** By frame: the work of the main thread since the frame before it was drawn, until it was. */
  readonly workMs: readonly number[];
  /** Between the drawings of two frames, in their order. */
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
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline'] },
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

/**
 * The page's main thread is the renderer's that draws most often. A frame ends with the task in which it is drawn and has all tasks
 * since the one before it: what it took to get it on the screen.
 */
function frameWork(events: readonly TraceEvent[]): FrameWork {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const drawings = new Map<string, number[]>();
  for (const { name, ph, pid, tid, ts } of events) {
    const thread = `${pid}/${tid}`;
    if (name !== 'AnimationFrame::Render' || ph !== 'b' || !mains.has(thread)) continue;
    drawings.set(thread, [...(drawings.get(thread) ?? []), ts]);
  }
  const [thread, drawn] = [...drawings].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  if (!thread || !drawn || drawn.length < 2) throw new Error('the trace has no frames');
  drawn.sort((a, b) => a - b);
  const tasks = events
    .filter(
      ({ name, ph, pid, tid }) =>
        ph === 'X' && `${pid}/${tid}` === thread && /^(RunTask|ThreadControllerImpl::RunTask)$/.test(name),
    )
    .map(({ ts, dur = 0, tdur = dur }) => ({ ts, dur, tdur }))
    .sort((a, b) => a.ts - b.ts);
  if (tasks.length === 0) throw new Error('the trace has no tasks');
  // What lies inside another is not counted again.
  const outer: typeof tasks = [];
  for (const task of tasks) {
    const last = outer.at(-1);
    if (!last || task.ts >= last.ts + last.dur) outer.push(task);
  }
  const workMs = new Array<number>(drawn.length).fill(0);
  for (const { ts, tdur } of outer) {
    // The drawing that this task has, or that comes next after it.
    const frame = drawn.findIndex((at) => at >= ts);
    if (frame >= 0) workMs[frame]! += tdur / 1_000;
  }
  return {
    workMs,
    intervalMs: drawn.slice(1).map((at, i) => (at - drawn[i]!) / 1_000),
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
