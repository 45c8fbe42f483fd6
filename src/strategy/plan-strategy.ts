import * as v from 'valibot';
import { findingOf } from '../config/explain.ts';
import { error, excerpt, wrong, type Finding } from '../config/finding.ts';
import { nearest, nearestWords, thereAre } from '../config/nearest.ts';
import type { Config } from '../config/schema.ts';
import type { Definition, HonestSizes, OwnDefinition, Params } from './definition.ts';
import type { OwnScript } from './own-script.ts';
import { shelf } from './shelf.ts';
import type { Strategy } from './strategy.ts';

/** The strategy of a run, decided: plain data. */
export interface PlanStrategy {
  readonly name: string;
  /** All of them. */
  readonly params: Params;
  /** Bars of a symbol before it may order. */
  readonly warmUpBars: number;
  /** When the parity mode refuses its orders; absent: never. */
  readonly honestSizes?: HonestSizes;
  /** The code of one's own that it is; absent of a strategy on the shelf. */
  readonly own?: OwnScript;
}

export type PlannedStrategy =
  | { readonly ok: true; readonly strategy: PlanStrategy }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Decides a strategy: the one on the shelf that is called so, or where the configuration has a hash of code the one of `own` with that
 * hash, with its parameters checked and completed.
 */
export function planStrategy(
  choice: NonNullable<Config['strategy']>,
  own: readonly OwnDefinition[] = [],
): PlannedStrategy {
  const { name, params } = choice;
  const definition = definitionOf(choice, own);
  if (!definition) return { ok: false, findings: [absent(choice)] };
  const findings: Finding[] = [];
  const known = Object.keys(definition.params);
  for (const [key, value] of Object.entries(params)) {
    if (known.includes(key)) continue;
    const advice = known.length === 0 ? 'it has none' : nearestWords(key, known);
    const message = `strategy.params.${excerpt(key)} is no parameter of "${name}"; ${advice}`;
    findings.push(error(`strategy.params.${excerpt(key)}`, value, message));
  }
  const complete: Record<string, unknown> = {};
  for (const [key, { kind, default: initial }] of Object.entries(definition.params)) {
    const read = v.safeParse(kind.schema, Object.hasOwn(params, key) ? params[key] : initial, { abortPipeEarly: true });
    if (read.success) complete[key] = read.output;
    else for (const issue of read.issues) findings.push(findingOf({ name: `strategy.params.${key}`, kind }, issue));
  }
  if (findings.length > 0) return { ok: false, findings };
  const fault = definition.together?.(complete);
  if (fault)
    return { ok: false, findings: [wrong(`strategy.params.${fault.param}`, complete[fault.param], fault.must)] };
  if ('own' in definition) {
    const warmUpBars = definition.warmUpBars(complete);
    return { ok: true, strategy: { name, params: complete, warmUpBars, own: definition.own } };
  }
  const warmUpBars = definition.make(complete, 1).warmUpBars ?? 0;
  const { honestSizes } = definition;
  return { ok: true, strategy: { name, params: complete, warmUpBars, ...(honestSizes && { honestSizes }) } };
}

/** What a configuration's strategy is told to be; undefined of one that is not here. */
export function definitionOf(
  { name, code }: NonNullable<Config['strategy']>,
  own: readonly OwnDefinition[],
): Definition | OwnDefinition | undefined {
  if (code === undefined) return shelf.find((each) => each.name === name);
  return own.find((each) => each.own.sha256 === code);
}

function absent({ name, code }: NonNullable<Config['strategy']>): Finding {
  if (code !== undefined)
    return error(
      'strategy.code',
      code,
      `The set-up needs code that is not here: ${excerpt(name)} with the hash ${code}. Ask for its file, and open it under Strategy`,
    );
  const names = shelf.map((each) => each.name);
  const near = nearest(name, names);
  const must = `a strategy of the shelf${near === undefined ? '' : `; the nearest is ${near}`} (${thereAre(names)})`;
  return wrong('strategy.name', name, must);
}

/** A fresh strategy for a run of so many symbols. */
export function strategyOf({ name, params, own }: PlanStrategy, symbols: number): Strategy {
  if (own) throw new Error(`"${name}" is own code, which runs where its script is`);
  const definition = shelf.find((each) => each.name === name);
  if (!definition) throw new Error(`the shelf has no strategy "${name}"`);
  return definition.make(params, symbols);
}
