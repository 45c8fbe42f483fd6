import { parseArgs, type ParseArgsConfig } from 'node:util';
import { importChoices, importOptions } from './import-choices.ts';
import { exportFiles, exportFormat } from './export.ts';
import { inspect } from './inspect.ts';
import { printable } from './printable.ts';
import { run } from './run.ts';
import { sessionsCsv } from './sessions.ts';
import { merge, shardOf, sweep, type Outlets } from './sweep.ts';
import { WrongArguments } from './wrong-arguments.ts';

const usage = `Tapedeck in the terminal. Results go to stdout, progress to stderr. It is called
\`tapedeck\` where it is installed, and \`npm run -s cli --\` in the project's folder, followed by

  run CONFIG [FILE…] [--strategy CODE.js]   plays; CONFIG is a JSON file or a link; prints the run report, and holds
                                            the result against the proof of a link that has one; CODE.js is a
                                            strategy of your own, trusted as files given to Node are
  inspect FILE…                             prints what an import of each file or folder would store
  export FILE… --out PATH [--to FORMAT]     imports them and writes each dataset as csv, csv.gz or parquet, as the page does:
                                            to PATH, or under its name where that is a folder; prints their sha256
  sweep SWEEP [FILE…] [--shard K/N]         plays a sweep, or a part of it, and prints its table as JSON lines;
                                            --strategy CODE.js as for run
  sweep --merge TABLE…                      prints the table of a whole sweep from those of its parts
  sessions CALENDAR FROM TO                 prints the calendar's sessions as CSV

What the preview of an import lets choose is chosen for all FILEs by --format NAME, --delimiter C (tab for one),
--columns time,open,… (nothing for what is left out), --date-order ymd|dmy|mdy, --time-unit s|ms|us|ns,
--zone IANA, --stamp start|end, --interval 5m, --price-scale N (prices ÷ 10^N), --decimal-point C, --symbol NAME,
and --conflicts last|first|reject. What is not chosen is decided from the files; inspect prints how, and why.

Exit codes: 0 done, 1 the answer is no (a file whose text cannot be read, a failed run or cell,
a fingerprint not met, parts that are missing), 2 wrong arguments, files that are not there among them.`;

async function answer([command, ...rest]: readonly string[]): Promise<string> {
  const say = (line: string): void => console.error(printable(line));
  if (command === 'help' || command === '--help' || rest.includes('--help')) return `${usage}\n`;
  if (command === 'run' && rest.length >= 1) {
    const { values, positionals } = argumentsOf(rest, { ...importOptions, strategy: { type: 'string' } });
    const [config, ...paths] = positionals;
    if (config === undefined) throw new WrongArguments(usage);
    const { report, isProven } = await run(config, paths, say, values.strategy, importChoices(values));
    if (isProven === false) process.exitCode = 1;
    return report;
  }
  if (command === 'sweep') {
    const out: Outlets = { write: (text) => void process.stdout.write(text), say };
    if (!(await answerSweep(rest, out))) process.exitCode = 1;
    return '';
  }
  if (command === 'inspect') {
    const { values, positionals } = argumentsOf(rest, importOptions);
    if (positionals.length > 0) return inspect(positionals, importChoices(values));
  }
  if (command === 'export') {
    const { values, positionals } = argumentsOf(rest, {
      ...importOptions,
      to: { type: 'string' },
      out: { type: 'string' },
    });
    const { to, out } = values;
    if (positionals.length > 0 && out !== undefined)
      return exportFiles(positionals, exportFormat(to, out), out, importChoices(values), say);
  }
  if (command === 'sessions' && rest.length === 3) {
    try {
      return sessionsCsv(rest[0]!, rest[1]!, rest[2]!);
    } catch (error) {
      throw error instanceof RangeError ? new WrongArguments(error.message) : error;
    }
  }
  throw new WrongArguments(usage);
}

/** Returns whether the answer is yes. */
async function answerSweep(args: readonly string[], out: Outlets): Promise<boolean> {
  const { values, positionals } = argumentsOf(args, {
    ...importOptions,
    shard: { type: 'string' },
    merge: { type: 'boolean' },
    strategy: { type: 'string' },
  });
  const { shard, merge: isMerge = false, strategy } = values;
  if (positionals.length === 0 || (isMerge && (shard ?? strategy) !== undefined)) throw new WrongArguments(usage);
  if (isMerge) return merge(positionals, out);
  const part = shard === undefined ? null : shardOf(shard);
  return sweep(positionals[0]!, positionals.slice(1), part, out, strategy, importChoices(values));
}

function argumentsOf<O extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new WrongArguments(error instanceof Error ? error.message : String(error));
  }
}

try {
  process.stdout.write(await answer(process.argv.slice(2)));
} catch (error) {
  console.error(printable(error instanceof Error ? error.message : String(error)));
  process.exitCode = error instanceof WrongArguments ? 2 : 1;
}
