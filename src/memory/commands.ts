import type { Block } from './block.ts';
import { commandCapacity, commandWords, Word } from './layout.ts';

/** What a user tells a run. Words, because a worker that waits receives no messages. */
export const Verb = { play: 1, pause: 2, stepBar: 3, stepSession: 4, stop: 5, speed: 6, report: 7 } as const;

/** Argument of `speed`: the multiple of real time in thousandths; 0 is "max". */
export const maxSpeed = 0;

/** Puts a command into the ring; false when the ring is full. The page (or the single worker's message handler) alone calls it. */
export function putCommand(block: Block, verb: number, argument = 0): boolean {
  const head = Atomics.load(block.words, Word.commandHead);
  if (head - Atomics.load(block.words, Word.commandTail) >= commandCapacity) return false;
  const at = (head % commandCapacity) * commandWords;
  block.commands[at] = verb;
  block.commands[at + 1] = argument;
  Atomics.store(block.words, Word.commandHead, head + 1);
  return true;
}

/** Whether a command waits. */
export function hasCommand(block: Block): boolean {
  return Atomics.load(block.words, Word.commandHead) !== block.words[Word.commandTail];
}

/** Takes the oldest command; the coordinator alone calls it, after `hasCommand`. */
export function takeCommand(block: Block): { verb: number; argument: number } {
  const tail = block.words[Word.commandTail]!;
  const at = (tail % commandCapacity) * commandWords;
  const command = { verb: block.commands[at]!, argument: block.commands[at + 1]! };
  Atomics.store(block.words, Word.commandTail, tail + 1);
  return command;
}
