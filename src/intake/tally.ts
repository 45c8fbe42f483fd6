import type { DataKind } from '../bars/records.ts';
import type { Decision, Rejection } from './audit.ts';
import type { HourReading } from './repeated-hour.ts';
import { TimeNote } from './time-reader.ts';

const maxRejections = 1_000;
const maxTextLength = 200;

/** The counts of one file while it is read. */
export class FileTally {
  readonly file: string;
  readonly bytes: number;
  records = 0;
  rejected = 0;
  headers = 0;
  blanks = 0;
  outOfOrder = 0;
  /** Records that came to a symbol's bars; duplicates and conflicts among them are found at the end. */
  taken = 0;
  duplicates = 0;
  conflicts = 0;
  readonly rejections: Rejection[] = [];
  readonly reasons: Record<string, number> = {};
  ignoredColumns: readonly string[] = [];
  readonly decisions: Decision[] = [];
  /** The interval that was chosen for the file's bars; null where none was. */
  chosenIntervalMs: number | null = null;
  private skipped = 0;
  /** Records in repeated hours, by how they were told apart. */
  private readonly repeated: Record<HourReading, number> = { plain: 0, likely: 0, none: 0 };
  private fractions = 0;
  private otherUnits = 0;
  /** Quotes whose ask is below the bid. */
  crossed = 0;

  constructor(file: string, bytes: number) {
    this.file = file;
    this.bytes = bytes;
  }

  reject(line: number, reason: string, text: string): void {
    this.rejected++;
    this.reasons[reason] = (this.reasons[reason] ?? 0) + 1;
    if (this.rejections.length < maxRejections)
      this.rejections.push({ line, reason, text: text.slice(0, maxTextLength) });
  }

  /** Counts what the time reader noted about a record that was taken. */
  note(notes: number): void {
    if (notes & TimeNote.skipped) this.skipped++;
    if (notes & TimeNote.fraction) this.fractions++;
    if (notes & TimeNote.unit) this.otherUnits++;
  }

  /** Counts records of a repeated hour. */
  noteRepeated(reading: HourReading, records: number): void {
    this.repeated[reading] += records;
  }

  /** The reason that most records were rejected for; null when none was. */
  commonestReason(): string | null {
    let commonest: string | null = null;
    for (const [reason, count] of Object.entries(this.reasons))
      if (commonest === null || count > this.reasons[commonest]!) commonest = reason;
    return commonest;
  }

  /** Adds what was found while reading to the decisions. */
  decideFromNotes(kind: DataKind): void {
    const decide = (name: string, value: string, reason: string, guess = false) =>
      this.decisions.push({ name, value, reason, guess });
    if (this.skipped > 0) {
      const reason =
        'the zone never showed these times, because its clocks went forward; they were moved on by the gap';
      decide('skipped hour', `${this.skipped} records`, reason);
    }
    const { plain, likely, none } = this.repeated;
    const told = plain + likely;
    if (told + none > 0) {
      const rest = none === 0 ? '' : `; of ${told > 0 ? 'the others' : 'them'} the first was taken`;
      const byOrder =
        told === 0 ? '' : `; ${none === 0 ? 'both' : `those of ${told} records`} were told apart by their order`;
      const reason = `the zone showed these times twice, because its clocks went back${byOrder}${rest}`;
      decide('repeated hour', `${told + none} records`, reason, likely + none > 0);
    }
    if (this.fractions > 0) {
      const order = kind === 'bars' ? '' : '; records of one millisecond stay in the order of the file';
      decide('fraction', `${this.fractions} records`, `parts of a millisecond were dropped${order}`);
    }
    if (this.otherUnits > 0) {
      const reason = 'their times have digits of another Unix unit than most, and were read in that';
      decide('other time unit', `${this.otherUnits} records`, reason);
    }
    if (this.crossed > 0) {
      const reason =
        'the ask is below the bid, as happens for moments where venues disagree; they were taken as they are';
      decide('crossed quotes', `${this.crossed} records`, reason);
    }
  }
}
