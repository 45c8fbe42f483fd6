import { createSubscriber } from 'svelte/reactivity';
import type { Picture } from '../memory/picture.ts';

/** Ticks on animation frames while somebody looks. */
const onFrames = createSubscriber((update) => {
  let frame = requestAnimationFrame(function next() {
    update();
    frame = requestAnimationFrame(next);
  });
  return () => cancelAnimationFrame(frame);
});

/**
 * The session clock for the eye, epoch milliseconds in whole seconds: between two instants of a paced run it moves on with the
 * wall clock, and never past the next instant. Undefined before a run.
 */
export function sessionClock(picture: Picture | undefined, playing: boolean): number | undefined {
  if (!picture || !(picture.clock > 0)) return undefined;
  const { clock, nextInstant, nextDueWall, speed } = picture;
  if (!playing || speed === Infinity || !Number.isFinite(nextDueWall) || !(nextInstant > clock)) return clock;
  onFrames();
  const wall = performance.timeOrigin + performance.now();
  const at = nextInstant - (nextDueWall - wall) * speed;
  return Math.floor(Math.min(nextInstant, Math.max(clock, at)) / 1_000) * 1_000;
}
