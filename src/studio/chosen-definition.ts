import type { StrategyChoice } from '../config/schema.ts';
import type { Described } from '../strategy/definition.ts';
import { definitionOf } from '../strategy/plan-strategy.ts';
import type { OwnKit } from './own/own-kit.svelte.ts';

/** The strategy that is chosen: of the shelf, or one's own that is kept here; undefined where it is neither. */
export function chosenDefinition(chosen: StrategyChoice | null, own: OwnKit | undefined): Described | undefined {
  return chosen ? definitionOf(chosen, own?.kept.definitions ?? []) : undefined;
}
