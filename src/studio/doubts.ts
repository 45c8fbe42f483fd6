import type { Finding } from '../config/finding.ts';
import { checkTogether } from '../session/check-together.ts';
import { several } from './labels.ts';
import { ended } from './notices.svelte.ts';
import type { SetUp } from './set-up.svelte.ts';
import type { Studio } from './studio.svelte.ts';

/** What the browser says that the machine has; Firefox and Safari say nothing. */
const { deviceMemory } = globalThis.navigator as { deviceMemory?: number };

/** What is to be known of settings that are right each by itself, together. */
export function doubtsTogether(setUp: SetUp): readonly Finding[] {
  const machineBytes = deviceMemory === undefined ? undefined : deviceMemory * 1e9;
  return setUp.plan ? checkTogether(setUp.plan, (name) => setUp.isGiven(name), machineBytes) : [];
}

/** What was told last: of the same once is enough. */
let told = '';

/** Tells whoever starts a run what is doubtful about what was chosen for it, wherever the form is. What is doubtful about a default is told there alone. */
export function tellDoubts(studio: Pick<Studio, 'setUp' | 'notices' | 'show'>): void {
  const { setUp, notices } = studio;
  const text = doubtWords(givenDoubts(setUp));
  if (text === '' || text === told) return;
  told = text;
  notices.tell({
    topic: 'doubts',
    text: () => text,
    action: {
      name: 'Show the set-up',
      act: () => {
        notices.dismissNote('doubts');
        studio.show('set-up');
      },
    },
  });
}

function givenDoubts(setUp: SetUp): readonly Finding[] {
  return [...setUp.warnings, ...doubtsTogether(setUp)].filter(({ setting }) => setUp.isGiven(settingIn(setting)));
}

/** The setting that a place is in: `feed.outages` of `feed.outages[0].to`. */
function settingIn(place: string): string {
  return /^strategy|^\w+\.\w+/.exec(place)?.[0] ?? place;
}

function doubtWords([first, ...others]: readonly Finding[]): string {
  if (!first) return '';
  return `This run has ${several(others.length + 1, 'warning')}. ${ended(first.message)}`;
}
