import type { DataKind } from '../bars/records.ts';
import type { Told } from './told.ts';
import type { Decision, Rejection } from './audit.ts';
import type { ConflictRule } from './choices.ts';
import type { HourReading } from './repeated-hour.ts';
import { TimeNote } from './time-reader.ts';

/** Characters of a record that are kept. Bars have some hundred. */
const mostText = 4_000;

const conflictReasons: Record<ConflictRule, string> = {
  last: 'of bars of one symbol and time with different values the last one is taken',
  first: 'of bars of one symbol and time with different values the first one is taken',
  reject: 'of bars of one symbol and time with different values none is taken',
};

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
  /** The first for each reason. */
  readonly rejections: Rejection[] = [];
  readonly reasons: Record<string, number> = {};
  ignoredColumns: readonly string[] = [];
  readonly decisions: Decision[] = [];
  /** The interval that was chosen for the file's bars; null where none was. */
  toldInterval: Told<number> | null = null;
  /** The file's times are days without a time of day. */
  areDays = false;
  private skipped = 0;
  /** Records in repeated hours, by how they were told apart. */
  private readonly repeated: Record<HourReading, number> = { plain: 0, likely: 0, none: 0 };
  private fractions = 0;
  private otherUnits = 0;
  /** Bars whose field for the volume says nothing. */
  volumeless = 0;
  /** Quotes whose ask is below the bid. */
  crossed = 0;

  private readonly onRejection: (rejection: Rejection) => void;

  /** `onRejection` hears of every rejection. */
  constructor(file: string, bytes: number, onRejection: (rejection: Rejection) => void) {
    this.file = file;
    this.bytes = bytes;
    this.onRejection = onRejection;
  }

  reject(line: number, reason: string, text: string): void {
    this.rejected++;
    const before = this.reasons[reason] ?? 0;
    this.reasons[reason] = before + 1;
    const rejection = { line, reason, text: shortened(text) };
    if (before === 0) this.rejections.push(rejection);
    this.onRejection(rejection);
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

  /** Adds what became of bars that contradict each other, if there are any. */
  decideFromConflicts(rule: ConflictRule): void {
    if (this.conflicts === 0) return;
    const value = `${this.conflicts.toLocaleString('en-US')} ${this.conflicts === 1 ? 'record' : 'records'} left out`;
    this.decisions.push({ name: 'conflicts', value, reason: conflictReasons[rule], guess: false });
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
    if (this.volumeless > 0) {
      const reason = 'their field for the volume is empty or says that there is none; 0 was taken';
      decide('empty volume', `${this.volumeless} records`, reason);
    }
    if (this.crossed > 0) {
      const reason =
        'the ask is below the bid, as happens for moments where venues disagree; they were taken as they are';
      decide('crossed quotes', `${this.crossed} records`, reason);
    }
  }
}

function shortened(text: string): string {
  if (text.length <= mostText) return text;
  const more = (text.length - mostText).toLocaleString('en-US');
  return `${text.slice(0, mostText)}… and ${more} more characters`;
}
