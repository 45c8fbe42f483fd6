/** Lines that may be told at once, and milliseconds until one more may: messages cost both sides. */
const mostAtOnce = 100;
const oneMoreMs = 20;

/**
 * Tells the line at which own code is when it is another one, where nobody can look at its words. Of lines that change faster than they may be told
 * some are left out: the one told last is then near where it is.
 */
export function lineTeller(tell: (line: number) => void): (line: number) => void {
  let told = 0;
  let left = mostAtOnce;
  let leftAtMs = performance.now();
  return (line) => {
    if (line === told) return;
    const more = (performance.now() - leftAtMs) / oneMoreMs;
    if (more >= 1) {
      left = Math.min(mostAtOnce, left + Math.floor(more));
      leftAtMs = performance.now();
    }
    if (left === 0) return;
    left--;
    told = line;
    tell(line);
  };
}
