import type { Measure } from './measure.ts';

/** The table that people read: what was measured, and under it what stands beside it with the ratio of the two. */
export function tableText(measures: readonly Measure[]): string {
  const rows = [['name', 'value', 'unit', 'beside', 'ratio']];
  for (const { name, value, unit, limit, versus } of measures) {
    const beside = Object.entries(versus ?? {});
    if (limit) beside.push([limit.name, limit.value]);
    const [first, ...others] = beside.map(([peer, figure]) => [
      `${peer} ${figureText(figure)}`,
      `× ${figureText(value / figure)}`,
    ]);
    rows.push([name, figureText(value), unit, ...(first ?? ['', ''])]);
    for (const other of others) rows.push(['', '', '', ...other]);
  }
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

/** The same for programs; the shape is the contract's. */
export function tableJson(measures: readonly Measure[]): string {
  const entries = measures.map(({ name, value, unit, limit, versus }) => [
    name,
    { value, unit, ...(limit && { limit: limit.value }), ...(versus && { versus }) },
  ]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

function figureText(value: number): string {
  const size = Math.abs(value);
  return size >= 1_000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}
