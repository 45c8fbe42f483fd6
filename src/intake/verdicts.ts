import { hour } from '../time/instant.ts';
import type { IntakeChoices } from './choices.ts';
import { DateOrderWatch } from './date-order.ts';
import { FileFault } from './file-fault.ts';
import type { FileHead } from './file-head.ts';
import { fileHead } from './file-head.ts';
import { intervalOfFirst } from './first-steps.ts';
import type { Run } from './look.ts';
import { lookAround } from './look.ts';
import type { CancelSignal } from './result.ts';
import type { SharedBars } from './shared-stamps.ts';
import type { Sniffed } from './sniff.ts';
import { sniff } from './sniff.ts';
import type { ByteSource } from './source.ts';
import type { Told } from './told.ts';
import type { OpenQuestions, Verdict, Verdicts } from './verdict.ts';
import { weigh } from './verdict.ts';

/** Longer bars say too little about a market's hours. */
const longestInterval = hour;

/**
 * Looks through files for what their text leaves open, such as the zone of their times, and decides it for all files that are laid out
 * alike. Files that cannot be read say nothing; who reads them hears of it.
 */
export async function verdictsOf(
  files: readonly ByteSource[],
  choices: IntakeChoices,
  shared: SharedBars | null,
  signal?: CancelSignal,
): Promise<Verdicts> {
  const verdicts = new Map<string, Verdict>();
  const questions = new Map<string, OpenQuestions>();
  const runs = new Map<string, Run[]>();
  const look = async (source: ByteSource, sniffed: Sniffed, head: FileHead) => {
    const { open, signature, layout, start } = sniffed;
    const intervalMs = intervalIn(sniffed);
    if (open === null || intervalMs === null || intervalMs > longestInterval) return;
    const known = runs.get(signature) ?? [];
    known.push(...(await lookAround(source, head, start, layout)));
    runs.set(signature, known);
    questions.set(signature, questions.get(signature) ?? { ...open, intervalMs });
  };
  // The order of dates is settled first: those of all files of a layout are read by it.
  const unsettled: ByteSource[] = [];
  const first = async (source: ByteSource, sniffed: Sniffed, head: FileHead) => {
    if (!sniffed.isOrderOpen) return look(source, sniffed, head);
    unsettled.push(source);
    if (verdicts.get(sniffed.signature)?.dateOrder) return;
    const dateOrder = await orderOf(head, sniffed);
    if (dateOrder) verdicts.set(sniffed.signature, { zone: null, stamp: null, dateOrder });
  };
  for (const source of files) await inHead(source, choices, verdicts, signal, first);
  for (const source of unsettled) await inHead(source, choices, verdicts, signal, look);
  for (const [signature, open] of questions) {
    const dateOrder = verdicts.get(signature)?.dateOrder ?? null;
    verdicts.set(signature, { ...(await weigh(runs.get(signature)!, open, shared)), dateOrder });
  }
  return verdicts;
}

/** The interval of the first bars; null where they have none. */
function intervalIn({ layout, instants, toldInterval }: Sniffed): number | null {
  if (layout.stampMs > 0) return layout.stampMs;
  try {
    return intervalOfFirst(instants, toldInterval, false).told.value;
  } catch {
    return null;
  }
}

async function inHead(
  source: ByteSource,
  choices: IntakeChoices,
  verdicts: Verdicts,
  signal: CancelSignal | undefined,
  work: (source: ByteSource, sniffed: Sniffed, head: FileHead) => Promise<void>,
): Promise<void> {
  let head: FileHead | undefined;
  try {
    head = await fileHead(source, signal);
    await work(source, sniff(source.name, head.head, head.whole, choices, verdicts), head);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
  } finally {
    await head?.close();
  }
}

async function orderOf({ head, rest }: FileHead, { layout, start }: Sniffed): Promise<Told<'dmy' | 'mdy'> | null> {
  const watch = new DateOrderWatch(layout);
  watch.add(head.subarray(start));
  for await (const slice of rest()) {
    if (watch.isSettled) break;
    watch.add(slice);
  }
  watch.add(Uint8Array.of(10));
  return watch.verdict();
}
