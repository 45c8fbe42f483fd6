import { createBlock, type Block } from '../memory/block.ts';
import { Cell, Word } from '../memory/layout.ts';
import { firstLaid, type RunOrigin } from './origin.ts';
import type { RunPlan } from './plan.ts';
import { shapeOf, speedWord } from './shape.ts';

/**
 * A fresh block for a run from there on; `shared` asks for shared memory, which needs an isolated page. The sessions up to the first
 * that is played are asked for in it, so that the library need not wait for the loops to come up. Without `hasAccount` it shows no
 * account, as nobody looks while the run plays.
 */
export function blockFor(plan: RunPlan, shared: boolean, from: RunOrigin, hasAccount = plan.strategy !== null): Block {
  const block = createBlock({ ...shapeOf(plan), account: hasAccount }, shared);
  block.words[Word.wantedByUpkeep] = from.session + 1;
  block.words[Word.origin] = block.words[Word.session] = firstLaid(plan, from);
  const { speed } = plan.config.replay;
  block.words[Word.speedThousandths] = speedWord(speed === 'max' ? Infinity : speed);
  beginAccount(block, plan);
  return block;
}

/** Whoever looks before the run begins sees its cash. */
function beginAccount({ cells, worths, entryPrices }: Block, { config }: RunPlan): void {
  worths.fill(NaN);
  entryPrices.fill(NaN);
  for (const cell of [Cell.cash, Cell.worth, Cell.peak]) cells[cell] = config.broker.cash;
}
