import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { findingOf } from '../config/explain.ts';
import { error, excerpt, wrong, type Finding } from '../config/finding.ts';
import { nearestWords } from '../config/nearest.ts';
import type { Config } from '../config/schema.ts';
import type { DatasetFacts } from '../session/dataset-facts.ts';
import { planRun } from '../session/plan-run.ts';
import type { RunPlan } from '../session/plan.ts';
import { appVersion } from '../session/report.ts';
import type { OwnDefinition, Params } from '../strategy/definition.ts';
import { definitionOf, planStrategy } from '../strategy/plan-strategy.ts';
import { gridOf, gridSize, sampleOf, type Axis } from './combinations.ts';
import { mostCells, valuesOf, type SweepSpec } from './spec.ts';
import { cellCount, withParams, type Sweep } from './sweep.ts';
import { windowsOf } from './windows.ts';

export type PlannedSweep =
  | {
      readonly ok: true;
      readonly sweep: Sweep;
      /** Of its first cell: all play the same bars. */
      readonly plan: RunPlan;
      readonly warnings: readonly Finding[];
    }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Decides a sweep over the datasets that are here; `own` is the code that a configuration may name by its hash. */
export function planSweep(
  spec: SweepSpec,
  datasets: readonly DatasetFacts[],
  own: readonly OwnDefinition[] = [],
): PlannedSweep {
  const failed = (...findings: readonly Finding[]): PlannedSweep => ({ ok: false, findings });
  const { config, given, random, walkForward } = spec;
  const { strategy } = config;
  if (!strategy) return failed(wrong('strategy', null, 'a strategy in config, for a sweep tries its parameters'));
  const definition = definitionOf(strategy, own);
  if (!definition) {
    const planned = planStrategy(strategy, own);
    return failed(...(planned.ok ? [] : planned.findings));
  }
  const findings: Finding[] = [];
  const axes: Axis[] = [];
  const known = Object.keys(definition.params);
  for (const [param, range] of Object.entries(spec.params)) {
    const name = `params.${excerpt(param)}`;
    const declared = definition.params[param];
    if (!declared) {
      const advice = known.length === 0 ? 'it has none' : nearestWords(param, known);
      findings.push(error(name, range, `${name} is no parameter of "${strategy.name}"; ${advice}`));
      continue;
    }
    const values = valuesOf(range);
    const wrongOnes = values.flatMap((value) => {
      const read = v.safeParse(declared.kind.schema, value, { abortPipeEarly: true });
      return read.success ? [] : read.issues.map((issue) => findingOf({ name, kind: declared.kind }, issue));
    });
    findings.push(...wrongOnes.slice(0, 3));
    axes.push({ param, values });
  }
  const rest: Record<string, unknown> = {};
  for (const [key, { kind, default: initial }] of Object.entries(definition.params)) {
    rest[key] = Object.hasOwn(strategy.params, key) ? strategy.params[key] : initial;
    const read = Object.hasOwn(spec.params, key) ? null : v.safeParse(kind.schema, rest[key], { abortPipeEarly: true });
    for (const issue of read?.issues ?? []) findings.push(findingOf({ name: `strategy.params.${key}`, kind }, issue));
  }
  if (findings.length > 0) return failed(...findings);

  if (random === null && gridSize(axes) > mostCells)
    return failed(
      error(
        'params',
        gridSize(axes),
        `The grid has ${gridSize(axes)} cells; at most ${mostCells} are tried. Take fewer values, or a sample: "random": { "cells": ${mostCells} }`,
      ),
    );
  // Each value is right by itself; what is left is whether they go together.
  const takes = (params: Params): boolean => !definition.together?.({ ...rest, ...params });
  const { list, leftOut } = random ? sampleOf(axes, random, takes) : gridOf(axes, takes);
  if (list.length === 0) {
    const first = Object.fromEntries(axes.map(({ param, values }) => [param, values[0]]));
    const planned = planStrategy(withParams(config, first).strategy!, own);
    return failed(...(planned.ok ? [wrong('params', spec.params, 'of values that go together')] : planned.findings));
  }

  const first = withParams(config, list[0]!);
  const planned = planRun(first, given, datasets, planStrategy(first.strategy!, own));
  if (!planned.ok) return failed(...planned.findings);
  const { data, sessions, firstPlayed } = planned.plan;
  const dates = sessions
    .slice(firstPlayed)
    .flatMap((session) => (session.days ? session.days.map(({ date }) => date) : [session.date]));
  const windows = walkForward ? windowsOf(dates, walkForward) : [];
  if (walkForward && windows.length === 0)
    return failed(
      wrong(
        'walkForward',
        walkForward,
        `of at most ${dates.length} sessions, in and out of sample together, for so many are played`,
      ),
    );
  const played = { from: dates[0]!, to: dates.at(-1)!, sessions: dates.length };
  const sweep = { config, given, axes, random, walkForward, combinations: list, leftOut, windows, data, played };
  const whole: Sweep = { ...sweep, id: idOf(config, sweep) };
  if (cellCount(whole) > mostCells)
    return failed(
      error(
        'walkForward',
        walkForward,
        `${windows.length} windows of ${list.length} combinations, in and out of sample, are ${cellCount(whole)} cells; at most ${mostCells} are tried`,
      ),
    );
  return { ok: true, sweep: whole, plan: planned.plan, warnings: planned.warnings };
}

/** What a table hangs on; not what datasets are called, nor how fast a run would play. */
function idOf(config: Config, { axes, random, walkForward, data }: Omit<Sweep, 'id'>): string {
  const bars = data.map(({ symbol, interval, sha256: hash }) => [symbol, interval, hash]);
  const all = [appVersion, { ...config, replay: null }, axes, random, walkForward, bars];
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(all)))).slice(0, 16);
}
