import { describe, expect, it } from 'vitest';
import { inspect } from '../../src/cli/inspect.ts';
import { run } from '../../src/cli/run.ts';
import { readConfig } from '../../src/config/read.ts';
import { chapters } from '../../src/docs/chapters.ts';
import type { Played } from '../../src/docs/example.ts';
import { outcomeWords } from '../../src/docs/example.ts';
import type { RunReport } from '../../src/session/report.ts';
import { onDisk, terminal } from '../support/play-files.ts';

const examples = chapters.flatMap(({ sections }) =>
  sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (typeof block !== 'string' && 'example' in block ? [block.example] : [])),
  ),
);

async function played(config: string, codePath?: string): Promise<Played> {
  const { report } = await run(config, [], () => undefined, codePath);
  const { totals, trades, fingerprint } = JSON.parse(report) as RunReport;
  const { sessions, filled, missing } = totals;
  return { sessions, filled, missing, trades: trades!.length, fingerprint: fingerprint! };
}

async function onlyFile(name: string, text: string): Promise<string> {
  const [path] = await onDisk({ name, text });
  return path!;
}

describe('what the documentation says of its examples', () => {
  it('has an example of every kind', () => {
    const kinds = ['file', 'configuration', 'link', 'refused', 'strategy', 'command'];
    expect([...new Set(examples.map(({ kind }) => kind))].sort()).toEqual(kinds.sort());
  });

  it.each(examples.map((example) => [example.title, example] as const))(
    'holds: %s',
    async (_, example) => {
      switch (example.kind) {
        case 'file': {
          const [read] = JSON.parse(await inspect([await onlyFile(example.file, example.text)])) as [
            {
              bars: number;
              interval: string;
              from: string;
              decisions: { name: string; value: string }[];
              audit: [{ duplicates: number; rejected: number }];
            },
          ];
          const { bars, interval, from, audit, decisions } = read;
          const [{ duplicates, rejected }] = audit;
          const format = decisions.find(({ name }) => name === 'format')!.value;
          return expect({ format, bars, interval, from, duplicates, rejected }).toEqual(example.gives);
        }
        case 'configuration':
          return expect(await played(await onlyFile('config.json', example.text))).toEqual(example.gives);
        case 'link':
          return expect(await played(example.text)).toEqual(example.gives);
        case 'strategy': {
          const code = await onlyFile('mine.js', example.text);
          return expect(await played(await onlyFile('config.json', example.config), code)).toEqual(example.gives);
        }
        case 'refused': {
          const read = readConfig(JSON.parse(example.text));
          return expect(read.ok ? [] : read.findings.map(({ message }) => message)).toEqual([example.gives.message]);
        }
        case 'command': {
          const { code, out } = await terminal(example.text.split(' '));
          return expect([code, out]).toEqual([0, example.gives.prints]);
        }
      }
    },
    60_000,
  );

  it('is told in words with all figures', () => {
    for (const example of examples)
      if (example.kind !== 'command')
        for (const value of Object.values(example.gives)) expect(outcomeWords(example)).toContain(String(value));
  });
});
