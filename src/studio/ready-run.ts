import type { RunPlan } from '../session/plan.ts';
import { blockBytes } from '../session/shape.ts';
import { restLoopWorkers } from './loop-worker.ts';
import { startRun } from './run-client.ts';
import type { KeptPlace, RunHandle } from './run-handle.ts';
import type { RunLibrary } from './shared-engine.ts';
import { firstSightMs, whenIdle } from './when-idle.ts';

/** Milliseconds for which a plan must stand before its run is made: a set-up that is being changed makes none. */
const standMs = 300;

/** Runs that take more memory than this are not made before they are played. */
const mostBytes = 64 * 1_024 * 1_024;

/**
 * The run that Play would start, made while the page has nothing to do: its workers are up and its first sessions laid out, so that
 * Play waits for neither. Whoever plays sooner waits as without it. The library serves one run: there is none beside another.
 */
export class ReadyRun {
  #plan: RunPlan | undefined;
  #handle: RunHandle | undefined;
  #putOff: () => void = () => undefined;

  /** A run that begins sooner makes the loops itself, and they serve the next one. */
  readonly #callOffLoops = globalThis.crossOriginIsolated ? whenIdle(restLoopWorkers, firstSightMs) : () => undefined;

  /** The run that would be started is that one from now on; undefined: none. What was made for another one is given up. */
  prepare(plan: RunPlan | undefined, library: () => RunLibrary): void {
    if (plan === this.#plan) return;
    this.drop();
    this.#plan = plan;
    if (!plan || blockBytes(plan) > mostBytes) return;
    this.#putOff = whenIdle(() => {
      try {
        this.#make(plan, library());
      } catch {
        // There is no memory for it now: the run that is played says so, if there is none then.
      }
    }, standMs);
  }

  /** Hands the run of that plan over: the one that was made, or a fresh one. One that stood somewhere is always built anew. */
  take(plan: RunPlan, library: RunLibrary, kept?: KeptPlace): RunHandle {
    this.#callOffLoops();
    const made = plan === this.#plan && !kept ? this.#handle : undefined;
    if (made) this.#handle = undefined;
    this.drop();
    return made ?? startRun(plan, library, kept);
  }

  /** Gives up what was made. */
  drop(): void {
    this.#putOff();
    this.#handle?.dispose();
    this.#handle = undefined;
    this.#plan = undefined;
  }

  #make(plan: RunPlan, library: RunLibrary): void {
    this.#callOffLoops();
    const handle = startRun(plan, library);
    this.#handle = handle;
    // Why it failed is told by the run that is played in its place.
    handle.onStand(() => {
      if (this.#handle !== handle) return;
      this.#handle = undefined;
      handle.dispose();
    });
  }
}
