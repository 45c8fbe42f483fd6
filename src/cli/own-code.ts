import { basename } from 'node:path';
import { Script } from 'node:vm';
import type { Config } from '../config/schema.ts';
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

/** The configuration with that code as its strategy, under the parameters that it has; one that names other code is not met. */
export function withCode<R extends { readonly config: Config; readonly given: ReadonlySet<string> }>(
  read: R,
  own: OwnDefinition | undefined,
): R {
  if (!own) return read;
  const { strategy } = read.config;
  const code = own.own.sha256;
  if (strategy?.code !== undefined && strategy.code !== code)
    throw new WrongArguments(
      `strategy.code was ${strategy.code}; the code of --strategy has the hash ${code}. Give the file that the configuration means`,
    );
  if (strategy && strategy.code === undefined)
    throw new WrongArguments(
      `strategy.name was "${strategy.name}" of the shelf, and --strategy gives another one; leave one of them out`,
    );
  const chosen = { name: strategy?.name ?? own.name, params: strategy?.params ?? {}, code };
  return { ...read, config: { ...read.config, strategy: chosen }, given: new Set([...read.given, 'strategy']) };
}

/**
 * The strategy of a run's own code, in this very process: its loops are guarded as on the page, but the file is trusted as any other
 * that is given to Node.
 */
export function ownStrategy(plan: RunPlan): Strategy {
  const script = plan.strategy?.own?.script ?? '';
  // Cells of a sweep have the same, which the engine of the language then knows already.
  if (compiled?.script !== script)
    compiled = {
      script,
      make: new Script(`(${script})`, { filename: 'own-code.js' }).runInThisContext() as OwnFactory,
    };
  return new OwnStrategy(compiled.make, plan, new HookWatch(() => performance.now()));
}

let compiled: { readonly script: string; readonly make: OwnFactory } | undefined;
