import type { Block } from './block.ts';
import { commandWords, Word } from './layout.ts';
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
} as const;

/** Argument of `speed` for "max". */
export const maxSpeed = 0;

/** Puts a command into the ring; false when the ring is full. The page (or the single worker's message handler) alone calls it. */
export function putCommand(block: Block, verb: number, argument = 0): boolean {
  const { commands, header, words } = block;
  const capacity = commands.length / commandWords;
  const head = words[Word.commandHead]!;
  if (head - reached(header, Word.commandTail) >= capacity) return false;
  const at = (head % capacity) * commandWords;
  commands[at] = verb;
  commands[at + 1] = argument;
  handOver(header, Word.commandHead, head + 1);
  return true;
}

/** Commands on their way into the ring: those for which it has no room wait here, in their order. */
export class CommandQueue {
  private readonly block: Block;
  private readonly unsent: (readonly [verb: number, argument: number])[] = [];

  constructor(block: Block) {
    this.block = block;
  }

  put(verb: number, argument = 0): void {
    this.unsent.push([verb, argument]);
  }

  /** Takes back what nobody has obeyed, in its order: whoever would have is dead. */
  takeBack(): (readonly [verb: number, argument: number])[] {
    const sent: (readonly [verb: number, argument: number])[] = [];
    while (hasCommand(this.block)) {
      const { verb, argument } = takeCommand(this.block);
      sent.push([verb, argument]);
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
export function takeCommand(block: Block): { verb: number; argument: number } {
  const { commands, header, words } = block;
  const tail = words[Word.commandTail]!;
  const at = (tail % (commands.length / commandWords)) * commandWords;
  const command = { verb: commands[at]!, argument: commands[at + 1]! };
  handOver(header, Word.commandTail, tail + 1);
  return command;
}
