import type { Block } from './block.ts';
import { commandTerms, commandWords, Word } from './layout.ts';
import { handOver, reached } from './protocol.ts';

/** What a user tells a run. Words, because a worker that waits receives no messages. The argument is beside each verb. */
export const Verb = {
  play: 1,
  pause: 2,
  stepBar: 3,
  stepSession: 4,
  stop: 5,
  /** The multiple of real time in thousandths; 0 is "max". */
  speed: 6,
  /** The report: 1 without what a strategy came to, 0 all of it. */
  report: 7,
  /** Plays without pacing until the base slot of that run-wide number is played, or a later one; -1 stands before the first. */
  runTo: 8,
  /** Plays without pacing until the session at that place in the plan has ended. */
  runToEnd: 9,
  /** Cancels or registers a symbol's stream: twice its place in the plan, and one more to register. */
  listen: 10,
  /** Loads the trailing history that `history.autoLoad` left out. */
  loadHistory: 11,
  /** Tells orders and trades; of those that closed the ones after that many. */
  book: 12,
  /** An order by hand; its terms lie beside it (src/strategy/hand-order.ts). */
  order: 13,
} as const;

/** What a user tells a run: a verb, its argument, and the terms of an order. */
export type Command = readonly [verb: number, argument?: number, terms?: readonly number[]];

/** Argument of `speed` for "max". */
export const maxSpeed = 0;

/** Puts a command into the ring; false when the ring is full. The page (or the single worker's message handler) alone calls it. */
export function putCommand(block: Block, verb: number, argument = 0, terms: readonly number[] = []): boolean {
  const { commands, header, words } = block;
  const capacity = commands.length / commandWords;
  const head = words[Word.commandHead]!;
  if (head - reached(header, Word.commandTail) >= capacity) return false;
  const place = head % capacity;
  commands[place * commandWords] = verb;
  commands[place * commandWords + 1] = argument;
  for (let i = 0; i < terms.length; i++) block.commandTerms[place * commandTerms + i] = terms[i]!;
  handOver(header, Word.commandHead, head + 1);
  return true;
}

/** Commands on their way into the ring: those for which it has no room wait here, in their order. */
export class CommandQueue {
  private readonly block: Block;
  private readonly unsent: Command[] = [];

  constructor(block: Block) {
    this.block = block;
  }

  put(...command: Command): void {
    this.unsent.push(command);
  }

  /** Takes back what nobody has obeyed, in its order: whoever would have is dead. */
  takeBack(): Command[] {
    const sent: Command[] = [];
    while (hasCommand(this.block)) {
      const { verb, argument, terms } = takeCommand(this.block);
      sent.push(terms ? [verb, argument, terms] : [verb, argument]);
    }
    return [...sent, ...this.unsent.splice(0)];
  }

  /** Moves into the ring what it has room for; false when some still wait. */
  flush(): boolean {
    while (this.unsent.length > 0 && putCommand(this.block, ...this.unsent[0]!)) this.unsent.shift();
    return this.unsent.length === 0;
  }
}

/** Whether a command waits. */
export function hasCommand(block: Block): boolean {
  return reached(block.header, Word.commandHead) !== block.words[Word.commandTail];
}

/** Takes the oldest command; the coordinator alone calls it, after `hasCommand`. */
export function takeCommand(block: Block): { verb: number; argument: number; terms?: readonly number[] } {
  const { commands, header, words } = block;
  const tail = words[Word.commandTail]!;
  const place = tail % (commands.length / commandWords);
  const [verb, argument] = [commands[place * commandWords]!, commands[place * commandWords + 1]!];
  const command = {
    verb,
    argument,
    ...(verb === Verb.order && {
      terms: Array.from({ length: commandTerms }, (_, i) => block.commandTerms[place * commandTerms + i]!),
    }),
  };
  handOver(header, Word.commandTail, tail + 1);
  return command;
}
