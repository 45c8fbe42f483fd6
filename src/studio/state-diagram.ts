import { allows, sessionEvents, sessionStates, transition, type SessionState } from '../session/state.ts';

/** An arrow of the diagram: the machine may go from one state to the other. */
export interface Arrow {
  readonly from: SessionState;
  readonly to: SessionState;
  /** Path of an SVG; the states stand below each other, `rowHeight` apart. */
  readonly path: string;
  /** Where the arrow's head points to the right at its end; false: down or up, along the road. */
  readonly jumps: boolean;
}

export const rowHeight = 31;
export const laneWidth = 9;
const radius = 6;

/** The allowed transitions, from the machine's own table. */
export function transitions(): (readonly [SessionState, SessionState])[] {
  const found = new Map<string, readonly [SessionState, SessionState]>();
  for (const from of sessionStates)
    for (const event of sessionEvents) {
      if (!allows(from, event)) continue;
      const to = transition(from, event).state;
      if (to !== from) found.set(`${from}/${to}`, [from, to]);
    }
  return [...found.values()];
}

/**
 * Arrows between states that stand in a column: neighbours by a straight line, others by a lane at the left, one lane for each
 * state that is jumped to, the shortest way innermost. `x` is the middle of the column of dots.
 */
export function arrows(x: number, dot: number): { arrows: Arrow[]; lanes: number } {
  const row = (state: SessionState): number => sessionStates.indexOf(state);
  const all = transitions();
  const isStraight = ([from, to]: readonly [SessionState, SessionState]): boolean =>
    Math.abs(row(to) - row(from)) === 1;
  const targets = [...new Set(all.filter((each) => !isStraight(each)).map(([, to]) => to))];
  const reach = (to: SessionState): number =>
    Math.max(
      ...all.filter((each) => each[1] === to && !isStraight(each)).map(([from]) => Math.abs(row(to) - row(from))),
    );
  targets.sort((a, b) => reach(a) - reach(b) || row(a) - row(b));
  const y = (state: SessionState): number => (row(state) + 0.5) * rowHeight;
  return {
    lanes: targets.length,
    arrows: all.map(([from, to]) => {
      const [start, end] = [y(from), y(to)];
      const down = end > start;
      if (isStraight([from, to]))
        return {
          from,
          to,
          jumps: false,
          path: `M${x} ${start + (down ? dot : -dot)}V${end + (down ? -dot - 4 : dot + 4)}`,
        };
      const lane = x - dot - 7 - (targets.indexOf(to) + 1) * laneWidth;
      // Off to the left a little below the middle, and in a little above it, so that lines do not lie on each other.
      const [leave, arrive] = [start + 4, end - 4];
      const turn = arrive > leave ? radius : -radius;
      return {
        from,
        to,
        jumps: true,
        path:
          `M${x - dot} ${leave}H${lane + radius}Q${lane} ${leave} ${lane} ${leave + turn}` +
          `V${arrive - turn}Q${lane} ${arrive} ${lane + radius} ${arrive}H${x - dot - 5}`,
      };
    }),
  };
}
