/**
 * What a user did to a run while it went, apart from its pace: it counts from the instant of a base slot on, so it is part of
 * what the run computes. A run that goes back, or that is built anew, repeats the ones before its target.
 */
export interface Intervention {
  /** Place in `plan.sessions`, and the base slot at whose end the instant is that it first counts for. */
  readonly session: number;
  readonly slot: number;
  /** A symbol's stream is cancelled or registered again; or the trailing history, which `history.autoLoad` left out, is loaded. */
  readonly kind: 'cancel' | 'register' | 'history';
  /** Place in the plan; -1 where it concerns none. */
  readonly symbol: number;
}

/** Whether an intervention counts at the instant of that slot or before. */
export function countsAt(intervention: Intervention, session: number, slot: number): boolean {
  return intervention.session < session || (intervention.session === session && intervention.slot <= slot);
}
