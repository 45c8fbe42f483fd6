import type { OverlaySource } from './overlay.ts';

/** By bar: the slots without a bar among those of the last `length` bars up to it; of all bars where there are fewer. */
export function missingInLast({ bars, axis, slotsPerBar }: OverlaySource, length: number): Int32Array {
  return Int32Array.from({ length: bars.count }, (_, i) => {
    const first = Math.max(0, i - length + 1);
    const position = (place: number): number => axis.position(bars.session[place]!, bars.slot[place]!);
    return Math.max(0, Math.round((position(i) - position(first)) / slotsPerBar) - (i - first));
  });
}

/** By bar: the slots without a bar from the session's slot `from` up to it. */
export function missingInSession({ bars, slotsPerBar }: OverlaySource, from: number): Int32Array {
  let bar = 0;
  return Int32Array.from({ length: bars.count }, (_, i) => {
    if (i === 0 || bars.session[i] !== bars.session[i - 1]) bar = 0;
    if (bars.slot[i]! < from) return 0;
    bar++;
    return Math.max(0, Math.floor((bars.slot[i]! - from + 1) / slotsPerBar) - bar);
  });
}
