import type { StrategyChoice } from '../config/schema.ts';
import type { Described } from '../strategy/definition.ts';
import { shelf } from '../strategy/shelf.ts';
import type { OwnKit } from './own/own-kit.svelte.ts';

/** The strategy that is chosen: of the shelf, or one's own that is kept here; undefined where it is neither. */
export function chosenDefinition(chosen: StrategyChoice | null, own: OwnKit | undefined): Described | undefined {
  return chosen?.code === undefined
    ? shelf.find(({ name }) => name === chosen?.name)
    : own?.kept.definitions.find((each) => each.own.sha256 === chosen.code);
}
