import { inspect } from './inspect.ts';
import { run } from './run.ts';
import { sessionsCsv } from './sessions.ts';
import { WrongArguments } from './wrong-arguments.ts';

const usage = `Tapedeck in the terminal. Results go to stdout, progress to stderr.

  npm run -s cli -- run CONFIG [FILE…]          plays; CONFIG is a JSON file or a link; prints the run report, and
                                                holds the result against the proof of a link that has one
  npm run -s cli -- inspect FILE…               prints what an import of each file or folder would store
  npm run -s cli -- sessions CALENDAR FROM TO   prints the calendar's sessions as CSV

Exit codes: 0 done, 1 the answer is no (a file that cannot be read, a failed run, a fingerprint not met), 2 wrong arguments.`;

async function answer([command, ...rest]: readonly string[]): Promise<string> {
  const say = (line: string): void => console.error(line);
  if (command === 'run' && rest.length >= 1) {
    const { report, isProven } = await run(rest[0]!, rest.slice(1), say);
    if (isProven === false) process.exitCode = 1;
    return report;
  }
  if (command === 'inspect' && rest.length >= 1) return inspect(rest);
  if (command === 'sessions' && rest.length === 3) {
    try {
      return sessionsCsv(rest[0]!, rest[1]!, rest[2]!);
    } catch (error) {
      throw error instanceof RangeError ? new WrongArguments(error.message) : error;
    }
  }
  if (command === '--help' || command === 'help') return `${usage}\n`;
  throw new WrongArguments(usage);
}

try {
  process.stdout.write(await answer(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof WrongArguments ? 2 : 1;
}
