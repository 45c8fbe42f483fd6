import { outcomeWords } from './example.ts';
import type { Block, Chapter, Entry, Section } from './text.ts';

/** What readers call things that are called otherwise here. */
const alsoCalled: readonly (readonly [theirs: string, ours: string])[] = [
  ['half day', 'early close'],
  ['short day', 'early close'],
  ['daylight saving', 'change of clocks'],
  ['dst', 'change of clocks'],
  ['exit status', 'exit code'],
  ['lookahead bias', 'look ahead'],
  ['cli', 'terminal'],
  ['command line', 'terminal'],
  ['csp', 'content security policy'],
  ['shortcut', 'key'],
  ['dark mode', 'colour'],
];

/**
 * The chapters with what of them has all the words of a search, whole where the title has; all of them where it has none. Words are
 * found however they are hyphened, put together or in plural. Chapters and sections whose titles have them come first.
 */
export function found(chapters: readonly Chapter[], search: string): readonly Chapter[] {
  const fits = fitsOf(search);
  if (!fits) return chapters;
  return chapters
    .map((chapter) => ({
      ...chapter,
      sections: chapter.sections
        .map((section) => ({
          ...section,
          blocks:
            fits(chapter.title) || fits(section.title)
              ? section.blocks
              : section.blocks.flatMap((block) => fitting(block, fits)),
        }))
        .filter(({ blocks }) => blocks.length > 0)
        .sort((a, b) => rankOf(b, fits) - rankOf(a, fits)),
    }))
    .filter(({ sections }) => sections.length > 0)
    .sort((a, b) => chapterRank(b, fits) - chapterRank(a, fits));
}

type Fits = (text: string) => boolean;

/** Undefined where the search has no word. */
function fitsOf(search: string): Fits | undefined {
  const asked = folded(search);
  if (asked === '') return undefined;
  const variants = [
    asked,
    ...alsoCalled
      .filter(([theirs]) => asked.includes(folded(theirs)))
      .map(([theirs, ours]) => asked.replace(folded(theirs), folded(ours))),
  ];
  const wordings = variants.map((variant) => variant.split(' '));
  return (text) => {
    const words = folded(text);
    const joined = words.replaceAll(' ', '');
    // Short words are part of many others that are put together.
    const has = (word: string): boolean => words.includes(word) || (word.length > 6 && joined.includes(word));
    return wordings.some((all) => all.every(has));
  };
}

/** A text in small letters, in which hyphens part words, and words in plural are as in singular. */
function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[-–—_\s]+/g, ' ')
    .replaceAll(/([a-z]{3,})ies\b/g, '$1y')
    .replaceAll(/([a-z]{2,}[^s\W])s\b/g, '$1')
    .trim();
}

/** Titles before the terms of entries before any other text. */
function rankOf({ title, blocks }: Section, fits: Fits): number {
  if (fits(title)) return 2;
  const terms = blocks.flatMap((block) => (typeof block !== 'string' && 'entries' in block ? block.entries : []));
  return terms.some(({ term }) => fits(term)) ? 1 : 0;
}

function chapterRank({ title, sections }: Chapter, fits: Fits): number {
  return fits(title) ? 3 : Math.max(...sections.map((section) => rankOf(section, fits)));
}

/** What of a block fits: of entries those that do, any other as a whole or not at all. */
function fitting(block: Block, fits: Fits): readonly Block[] {
  if (typeof block === 'string' || !('entries' in block)) return fits(textOf(block)) ? [block] : [];
  const entries = block.entries.filter((entry) => fits(entryText(entry)));
  return entries.length > 0 ? [{ entries }] : [];
}

function textOf(block: Exclude<Block, { entries: readonly Entry[] }>): string {
  if (typeof block === 'string') return block;
  if ('list' in block) return block.list.join('\n');
  if ('table' in block) return [block.table.head, ...block.table.rows].flat().join('\n');
  return [block.example.title, block.example.text, outcomeWords(block.example)].join('\n');
}

function entryText({ term, text, facts }: Entry): string {
  return [term, text, ...facts.flat()].join('\n');
}
