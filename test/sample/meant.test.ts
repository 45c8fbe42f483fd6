import { describe, expect, it } from 'vitest';
import { sampleSha256 } from '../../src/sample/identity.ts';
import { sampleMeant, withSample } from '../../src/sample/meant.ts';

const own = (name: string): { name: string; sha256: string } => ({ name, sha256: `sha256:${'0'.repeat(64)}` });
const stored = { name: 'sample', sha256: sampleSha256.sample };

const nothing = {
  dataset: null,
  fillFrom: [],
  streams: null,
  symbols: null,
  from: null,
  to: null,
  interval: null,
  adjust: null,
};

function meant(data: Partial<Parameters<typeof sampleMeant>[0]>, here: { name: string; sha256: string }[] = []) {
  return sampleMeant({ ...nothing, ...data }, here);
}

describe('a configuration means the sample', () => {
  it('by its name where nothing else has it, and its backup beside it', () => {
    expect(meant({ dataset: 'sample', fillFrom: ['backup'] })).toEqual(['sample', 'backup']);
    expect(meant({ dataset: 'sample' })).toEqual(['sample']);
    expect(meant({ dataset: 'sample', fillFrom: ['backup'] }, [stored])).toEqual(['backup']);
    expect(meant({ dataset: 'sample', fillFrom: ['backup'] }, [stored, own('backup')])).toEqual([]);
  });

  it('not where bars of the user have the name', () => {
    expect(meant({ dataset: 'sample' }, [own('sample')])).toEqual([]);
    expect(meant({ dataset: 'sample', fillFrom: ['backup'] }, [own('sample')])).toEqual([]);
  });

  it('by its hash, whatever else is called so', () => {
    expect(meant({ dataset: sampleSha256.sample }, [own('sample')])).toEqual(['sample']);
    expect(meant({ dataset: sampleSha256.sample, fillFrom: ['backup'] })).toEqual(['sample', 'backup']);
    expect(meant({ dataset: 'SPY', fillFrom: [sampleSha256.backup] }, [own('SPY')])).toEqual(['backup']);
  });

  it('by its hash, and has it where it is here', () => {
    expect(meant({ dataset: sampleSha256.sample, fillFrom: ['backup'] }, [stored])).toEqual(['backup']);
  });

  it('in its streams', () => {
    const stream = { symbol: 'ALFA', kind: 'bars' as const, interval: null };
    expect(meant({ streams: [{ dataset: 'sample', ...stream }], fillFrom: ['backup'] })).toEqual(['sample', 'backup']);
    expect(meant({ dataset: 'sample', streams: [{ dataset: 'SPY', ...stream }] })).toEqual([]);
  });

  it('not by a backup of other bars, nor by nothing', () => {
    expect(meant({ dataset: 'SPY', fillFrom: ['backup'] }, [own('SPY')])).toEqual([]);
    expect(meant({ fillFrom: ['backup'] })).toEqual([]);
    expect(meant({})).toEqual([]);
  });
});

it('is known by the name that the configuration has for it, also where it is stored under another', () => {
  const data = { ...nothing, dataset: 'sample', fillFrom: ['backup'] };
  const renamed = { ...stored, name: 'demo' };
  const made = { name: 'backup', sha256: sampleSha256.backup };
  expect(withSample(data, [own('SPY'), renamed], [stored, made])).toEqual([own('SPY'), renamed, stored, made]);
  expect(withSample(data, [stored, made])).toEqual([stored, made]);
  expect(withSample({ ...nothing, dataset: 'SPY' }, [own('SPY')], [stored, made])).toEqual([own('SPY')]);
});
