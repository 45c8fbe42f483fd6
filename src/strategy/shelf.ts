import type { Definition, Params } from './definition.ts';
import { buyAndHold } from './shelf/buy-and-hold.ts';
import { scripted } from './shelf/scripted.ts';
import { smaCross } from './shelf/sma-cross.ts';

/** The strategies on the shelf, in the order in which they are offered. */
export const shelf: readonly Definition[] = [buyAndHold, smaCross, scripted].map(onShelf);

/** A definition says of its own parameters what `Params` does not; whoever makes one has them checked by `planStrategy`. */
function onShelf<P extends Params>(definition: Definition<P>): Definition {
  return definition as unknown as Definition;
}
