import engine from '../../../workers/own.ts?worker-text';
import { hookLimitMs, runawayWords } from '../../own/runaway.ts';
import { FramedWorker } from './framed-worker.ts';
import { startText } from '../page-scripts.ts';
import type { OwnHost } from '../workers.ts';

/** Milliseconds between two looks, and what a late one counts for at most: a page that stood still has seen nothing. */
const lookEveryMs = 50;
const mostMs = 100;

/** Runs own code in a worker of its own, and watches it from outside. */
export const ownHost: OwnHost = {
  /**
   * The code, as a function that nobody has called, and behind it the engine, which closes the scope before it calls it. A worker made
   * of a blob has the policy of the page, which lets no code be made from text. Foreign code has the same worker within a frame.
   */
  worker({ script, isForeign }) {
    const text = `self.ownCode=${script};\n${engine}`;
    return isForeign ? new FramedWorker(text) : startText(text, 'own code');
  },
  /** Loops stop themselves; what is at work within the engine for too long (a regular expression, a sort) is told of from here. */
  watch(call, line, onStuck) {
    let seen: number | undefined;
    let stuckMs = 0;
    let lookedMs = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const at = call();
      stuckMs = at !== undefined && at === seen ? stuckMs + Math.min(mostMs, now - lookedMs) : 0;
      seen = at;
      lookedMs = now;
      // What can stop itself has had its time.
      if (stuckMs <= hookLimitMs + 2 * lookEveryMs) return;
      clearInterval(timer);
      onStuck(runawayWords(line()));
    }, lookEveryMs);
    return () => clearInterval(timer);
  },
};
