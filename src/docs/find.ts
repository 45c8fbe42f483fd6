import { outcomeWords } from './example.ts';
import type { Block, Chapter, Entry } from './text.ts';

/** The chapters with what of them has all the words of a search, whole where the title has; all of them where it has none. */
export function found(chapters: readonly Chapter[], search: string): readonly Chapter[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return chapters;
  const fits = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
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
        .filter(({ blocks }) => blocks.length > 0),
    }))
    .filter(({ sections }) => sections.length > 0);
}

/** What of a block fits: of entries those that do, any other as a whole or not at all. */
function fitting(block: Block, fits: (text: string) => boolean): readonly Block[] {
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
