import type { Picture } from '../memory/picture.ts';

/** Milliseconds over which a rate is taken, and between two changes of what is shown. */
const windowMs = 1_500;
const publishEveryMs = 250;

interface Look {
  readonly at: number;
  readonly bars: number;
  readonly clock: number;
}

/** How fast a run plays, over the last moments. */
export class Throughput {
  #bars = $state.raw(0);
  #multiple = $state.raw(0);
  #looks: Look[] = [];
  #publishedAt = -Infinity;

  /** Bars that become visible, in a second of wall time: streamed, late and filled ones of all symbols. */
  get barsASecond(): number {
    return this.#bars;
  }

  /** Session time that passes in a second of wall time, in seconds; nights and closed days count. */
  get multiple(): number {
    return this.#multiple;
  }

  /** `offsets` are the base slots before each session of the plan, and one more entry. */
  take(picture: Picture, offsets: ArrayLike<number>, now: number): void {
    const look = { at: now, bars: barsSoFar(picture, offsets), clock: picture.clock };
    const last = this.#looks.at(-1);
    // A run that went back starts anew.
    if (last && (look.clock < last.clock || look.bars < last.bars)) this.#looks = [];
    this.#looks.push(look);
    while (this.#looks.length > 2 && now - this.#looks[0]!.at > windowMs) this.#looks.shift();
    if (now - this.#publishedAt < publishEveryMs) return;
    this.#publishedAt = now;
    const first = this.#looks[0]!;
    const seconds = (now - first.at) / 1_000;
    this.#bars = seconds > 0 ? Math.round((look.bars - first.bars) / seconds) : 0;
    this.#multiple = seconds > 0 ? (look.clock - first.clock) / 1_000 / seconds : 0;
  }

  /** The run stands. */
  rest(): void {
    this.#looks = [];
    this.#bars = 0;
    this.#multiple = 0;
  }
}

/** Bars of the ended sessions, from their quality, and of the one that plays. */
function barsSoFar(picture: Picture, offsets: ArrayLike<number>): number {
  const symbols = picture.streamed.length;
  let bars = 0;
  for (let session = 0; session < picture.session; session++) {
    const quality = picture.sessionQuality[session]!;
    if (!Number.isNaN(quality)) bars += (quality / 100) * (offsets[session + 1]! - offsets[session]!) * symbols;
  }
  for (let s = 0; s < symbols; s++) bars += picture.streamed[s]! + picture.filled[s]!;
  return bars;
}
