/** What the user may decide about a file. `null` leaves it to intake. */
export interface IntakeChoices {
  /** IANA name of the market's zone. */
  readonly marketZone: string;
  /** IANA name of the zone of times that are written without one; null is the market's. */
  readonly zone: string | null;
  /** The symbol of a file without a symbol column; null is the one in the file's name. */
  readonly symbol: string | null;
}

export const defaultChoices: IntakeChoices = { marketZone: 'America/New_York', zone: null, symbol: null };
