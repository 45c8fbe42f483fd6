import { releaseProxy, type Remote } from 'comlink';
import { untrack } from 'svelte';
import type { FlagWords } from '../../library/map-flags.ts';
import type { Manifest } from '../../library/manifest.ts';
import type { FlaggedGrid, MapOverview, QualityMap } from '../../library/quality-map.ts';
import type { RowCounts } from '../../quality/counts.ts';
import type { SessionRules } from '../../time/session-calendar.ts';
import { messageOf } from '../notices.svelte.ts';
import { cellOf, layoutOf, openingZoom, stepsOf, type Cell, type MapLayout, type MapMargins } from './geometry.ts';

/** Lines and columns that are asked for at once. */
const tileLines = 48;
const tileColumns = 1_024;
/** Tiles that are kept; a screen shows a few. */
const mostTiles = 120;

/** What is there in a cell. */
export interface CellCounts {
  readonly expected: number;
  readonly present: number;
  readonly outside: number;
  /** Flags that are about its bars. */
  readonly flagged: number;
}

/** The map of a dataset as its user has it: calendar, symbol, zoom, the chosen cell, and what of it has been worked out. */
export class MapView {
  readonly dataset: Manifest;
  #map: Remote<QualityMap> | undefined;
  #overview = $state.raw<MapOverview>();
  #counts = $state.raw<RowCounts>();
  #fault = $state.raw<string>();
  #symbol = $state.raw<number | null>(null);
  #zoom = $state.raw(0);
  #size = $state.raw({ width: 0, height: 0 });
  #cursor = $state.raw<Cell>();
  /** Grows whenever there is more to draw. */
  #drawn = $state.raw(0);
  #tiles = new Map<string, FlaggedGrid>();
  #asked: string | undefined;
  #wanted: { readonly lines: readonly [number, number]; readonly columns: readonly [number, number] } | undefined;
  /** Counts what makes answers that are on their way worthless: another calendar, symbol or zoom. */
  #turn = 0;
  #laid = 0;
  #counted = 0;
  #layout = $derived.by(() => this.#layoutNow());

  constructor(dataset: Manifest) {
    this.dataset = dataset;
    if (dataset.symbols.length === 1) this.#symbol = 0;
  }

  get overview(): MapOverview | undefined {
    return this.#overview;
  }

  /** By row, of the chosen symbol or of all. */
  get counts(): RowCounts | undefined {
    return this.#counts;
  }

  /** Why there is no map. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Place in the dataset; null for all symbols together. */
  get symbol(): number | null {
    return this.#symbol;
  }

  get layout(): MapLayout | undefined {
    return this.#layout;
  }

  get cursor(): Cell | undefined {
    return this.#cursor;
  }

  get drawn(): number {
    return this.#drawn;
  }

  get zoom(): number {
    return this.#zoom;
  }

  get canZoomIn(): boolean {
    return this.#overview !== undefined && this.#zoom < stepsOf(this.#overview).length - 1;
  }

  get canZoomOut(): boolean {
    return this.#zoom > 0;
  }

  /** All that is in sight has been worked out. */
  get isWhole(): boolean {
    void this.#drawn;
    return this.#overview !== undefined && this.#wanted !== undefined && this.#nextTile() === undefined;
  }

  /** Opens the map in the worker and lays a calendar over it. */
  async open(opening: Promise<Remote<QualityMap>>, rules: SessionRules): Promise<void> {
    try {
      this.#map = await opening;
      await this.under(rules);
    } catch (thrown) {
      this.#fault = messageOf(thrown);
    }
  }

  close(): void {
    this.#turn++;
    this.#map?.[releaseProxy]();
    this.#map = undefined;
  }

  /** Lays another calendar over the dataset. What it was before stays in sight until then, and where the calendar makes no map. */
  async under(rules: SessionRules): Promise<void> {
    const laid = ++this.#laid;
    this.#turn++;
    try {
      const overview = await this.#map?.under(rules);
      if (laid !== this.#laid || !overview) return;
      const isFirst = this.#overview === undefined;
      this.#overview = overview;
      this.#fault = undefined;
      this.#cursor = undefined;
      this.#zoom = isFirst
        ? openingZoom(overview, this.#size.height)
        : Math.min(this.#zoom, stepsOf(overview).length - 1);
      await this.#begin();
    } catch (thrown) {
      if (laid === this.#laid) this.#fault = messageOf(thrown);
    }
  }

  async choose(symbol: number | null): Promise<void> {
    this.#symbol = symbol;
    await this.#begin();
  }

  resize(width: number, height: number): void {
    if (width === untrack(() => this.#size.width) && height === untrack(() => this.#size.height)) return;
    this.#size = { width, height };
    this.#forget();
  }

  zoomTo(step: number): void {
    const { overview } = this;
    const [before, cursor] = [this.#layout, this.#cursor];
    if (!overview) return;
    const next = Math.max(0, Math.min(stepsOf(overview).length - 1, step));
    if (next === this.#zoom) return;
    this.#zoom = next;
    this.#forget();
    if (before && cursor) this.#cursor = this.#movedTo(before, cursor);
  }

  point(cell: Cell | undefined): void {
    this.#cursor = cell;
  }

  /** Puts the cursor at a time of a row, close enough to see a slot. */
  lookAt(row: number, at: number): void {
    const { overview } = this;
    if (!overview) return;
    this.zoomTo(stepsOf(overview).length - (overview.byDate ? 1 : 2));
    this.#cursor = cellOf(this.#layout!, overview, row, at);
  }

  /** What is there in a cell; undefined while that is not known. */
  countsAt({ line, column }: Cell): CellCounts | undefined {
    const [tile, at] = this.tileAt(line, column);
    if (!tile) return undefined;
    const { expected, present, outside, flagged } = tile;
    return { expected: expected[at]!, present: present[at]!, outside: outside[at]!, flagged: flagged[at]! };
  }

  /** The part of the map with a cell, and the cell's place in it. */
  tileAt(line: number, column: number): [tile: FlaggedGrid | undefined, at: number] {
    const [lineBlock, columnBlock] = [Math.floor(line / tileLines), Math.floor(column / tileColumns)];
    const tile = this.#tiles.get(keyOf(lineBlock, columnBlock));
    const at = (line - lineBlock * tileLines) * (tile?.columns ?? 0) + (column - columnBlock * tileColumns);
    return [tile, at];
  }

  /** Works out these lines and columns, the ends not included, unless they are known. */
  want(lines: readonly [number, number], columns: readonly [number, number]): void {
    this.#wanted = { lines, columns };
    void this.#work();
  }

  /** Names of the symbols that miss a bar in a cell of one row. */
  async missing({ line, column }: Cell): Promise<readonly string[]> {
    const { layout } = this;
    if (!layout || !this.#map) return [];
    const from = layout.from + column * layout.columnMs;
    return this.#map.missing(layout.firstRow[line]!, from, from + layout.columnMs);
  }

  /** What the flags of a cell say: some of them, and how many there are. A cell of a month is asked for by its rows. */
  async flags({ line, column }: Cell): Promise<FlagWords> {
    const { layout, overview } = this;
    const none = { total: 0, words: [] };
    if (!layout || !overview || !this.#map || layout.zoom.byMonth) return none;
    const from = overview.rows[layout.firstRow[line]!]!.anchor + layout.from + column * layout.columnMs;
    return this.#map.flagWords(this.#symbol, from, from + layout.columnMs);
  }

  get remote(): Remote<QualityMap> | undefined {
    return this.#map;
  }

  #layoutNow(): MapLayout | undefined {
    const [overview, size] = [this.#overview, this.#size];
    const { width } = size;
    if (!overview || width === 0) return undefined;
    const margins: MapMargins = width < 600 ? { left: 78, right: 50, top: 24 } : { left: 112, right: 58, top: 24 };
    return layoutOf(overview, stepsOf(overview)[this.#zoom]!, size, margins);
  }

  /** The same place at another zoom. */
  #movedTo(before: MapLayout, { line, column }: Cell): Cell {
    const overview = this.#overview!;
    const row = before.firstRow[line]!;
    const at = overview.rows[row]!.anchor + before.from + column * before.columnMs;
    return cellOf(this.#layout!, overview, row, at);
  }

  async #begin(): Promise<void> {
    this.#forget();
    const counted = ++this.#counted;
    const counts = await this.#map?.counts(this.#symbol);
    if (counted === this.#counted) this.#counts = counts;
  }

  #forget(): void {
    this.#turn++;
    this.#tiles.clear();
    this.#drawn++;
  }

  async #work(): Promise<void> {
    if (this.#asked !== undefined) return;
    for (let next = this.#nextTile(); next; next = this.#nextTile()) {
      const [key, window] = next;
      const turn = this.#turn;
      this.#asked = key;
      try {
        const grid = await this.#map?.grid(this.#symbol, window);
        if (turn === this.#turn && grid) {
          if (this.#tiles.size >= mostTiles) this.#tiles.clear();
          this.#tiles.set(key, grid);
          this.#drawn++;
        }
      } catch (thrown) {
        this.#fault = messageOf(thrown);
        return;
      } finally {
        this.#asked = undefined;
      }
      if (!this.#map) return;
    }
  }

  /** The next part that is in sight and not known. */
  #nextTile(): [key: string, window: Parameters<QualityMap['grid']>[1]] | undefined {
    const [layout, wanted] = [untrack(() => this.#layout), this.#wanted];
    if (!layout || !wanted) return undefined;
    const { lines, columns } = wanted;
    for (let l = Math.floor(lines[0] / tileLines); l * tileLines < Math.min(lines[1], layout.lines); l++)
      for (let c = Math.floor(columns[0] / tileColumns); c * tileColumns < Math.min(columns[1], layout.columns); c++) {
        const key = keyOf(l, c);
        if (this.#tiles.has(key)) continue;
        const [first, end] = [l * tileLines, Math.min((l + 1) * tileLines, layout.lines)];
        const [firstRow, endRow] = [layout.firstRow[first]!, layout.firstRow[end]!];
        const target = new Int32Array(endRow - firstRow);
        for (let line = first; line < end; line++)
          target.fill(line - first, layout.firstRow[line]! - firstRow, layout.firstRow[line + 1]! - firstRow);
        return [
          key,
          {
            first: firstRow,
            end: endRow,
            target,
            targets: end - first,
            from: layout.from + c * tileColumns * layout.columnMs,
            columnMs: layout.columnMs,
            columns: Math.min(tileColumns, layout.columns - c * tileColumns),
          },
        ];
      }
    return undefined;
  }
}

function keyOf(lineBlock: number, columnBlock: number): string {
  return `${lineBlock}/${columnBlock}`;
}
