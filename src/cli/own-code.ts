import { basename } from 'node:path';
import { Script } from 'node:vm';
import { faultWords } from '../own/code-fault.ts';
import { HookWatch } from '../own/hook-watch.ts';
import { OwnStrategy, type OwnFactory } from '../own/own-strategy.ts';
import { readCode } from '../own/read-code.ts';
import type { RunPlan } from '../session/plan.ts';
import type { OwnDefinition } from '../strategy/definition.ts';
import type { Strategy } from '../strategy/strategy.ts';
import { textFile } from './text-file.ts';
import { WrongArguments } from './wrong-arguments.ts';

/** The strategy in a file. Throws WrongArguments with its faults, each with its line. */
export function ownCode(path: string): OwnDefinition {
  const text = textFile(path, '--strategy takes a file with the code of a strategy').replaceAll('\r\n', '\n');
  const read = readCode(basename(path).replace(/\.[^.]*$/, ''), text);
  if (!read.ok) throw new WrongArguments(read.faults.map((fault) => `${path}: ${faultWords(fault)}`).join('\n'));
  return read.definition;
}

/**
 * The strategy of a run's own code, in this very process: its loops are guarded as on the page, but the file is trusted as any other
 * that is given to Node.
 */
export function ownStrategy({ strategy, intervals }: RunPlan): Strategy | undefined {
  if (!strategy?.own) return undefined;
  const { params, warmUpBars, own } = strategy;
  const make = new Script(`(${own.script})`, { filename: 'own-code.js' }).runInThisContext() as OwnFactory;
  const watch = new HookWatch(() => performance.now());
  return new OwnStrategy(
    make,
    { params, warmUpBars, own },
    intervals.map(({ text }) => text),
    watch,
  );
}
