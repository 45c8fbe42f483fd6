import { formats } from './chapters/formats.ts';
import { gaps } from './chapters/gaps.ts';
import { hosting } from './chapters/hosting.ts';
import { limits } from './chapters/limits.ts';
import { links } from './chapters/links.ts';
import { sessions } from './chapters/sessions.ts';
import { settings } from './chapters/settings.ts';
import { start } from './chapters/start.ts';
import { strategies } from './chapters/strategies.ts';
import { terminal } from './chapters/terminal.ts';
import { time } from './chapters/time.ts';
import type { Chapter } from './text.ts';

/** The documentation, in the order in which it is read. */
export const chapters: readonly Chapter[] = [
  start,
  formats,
  time,
  gaps,
  sessions,
  strategies,
  settings,
  links,
  hosting,
  terminal,
  limits,
];
