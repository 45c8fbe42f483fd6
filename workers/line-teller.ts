/** Lines that may be told at once, and milliseconds until one more may: messages cost both sides. */
const mostAtOnce = 100;
const oneMoreMs = 20;

/** Milliseconds after which the same line is told again: whoever hears it knows that the code gets on. */
const againMs = 100;

/**
 * Tells the line at which own code is when it is another one, and now and then the same, where nobody can look at its words. Of lines that
 * change faster than they may be told some are left out: the one told last is then near where it is. Line 0 says that own code is not at
 * work; it is always told, and so is the line that follows it.
 */
export function lineTeller(tell: (line: number) => void, now = () => performance.now()): (line: number) => void {
  let told = 0;
  let toldAtMs = -Infinity;
  let left = mostAtOnce;
  let leftAtMs = now();
  return (line) => {
    const nowMs = now();
    if (line === told && (line === 0 || nowMs - toldAtMs < againMs)) return;
    const more = (nowMs - leftAtMs) / oneMoreMs;
    if (more >= 1) {
      left = Math.min(mostAtOnce, left + Math.floor(more));
      leftAtMs = nowMs;
    }
    if (line === 0) left = Math.max(left, 2);
    if (left === 0) return;
    left--;
    told = line;
    toldAtMs = nowMs;
    tell(line);
  };
}
