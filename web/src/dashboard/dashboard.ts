import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import './category-filter.js';
import './date-filter.js';
import './tile.js';
import type { DashboardDefinition, FilterDefinition } from './definition.js';
import { LightElement } from './light.js';
import { joinValues, readState, splitValues, withFilter, writeState, nullValue, type FilterState } from './state.js';
import { getLines, ProblemError, type Problem, type StreamLine } from './stream.js';
import type { TileState } from './tile.js';
import { emptyLabel } from '../chart/shape.js';

/** How often a page starts over when its tiles met two published versions, before it shows what it has. */
const maxReloads = 2;

/** How often a page that is looked at asks for newer numbers, in milliseconds. Unchanged ones cost an empty answer. */
const refreshEvery = 60_000;

const waiting: TileState = { waiting: true };

/**
 * A dashboard: its filters, kept in the page's address, and its tiles, filled as their numbers arrive.
 * Its definition is the JSON in a `<script type="application/json">` child; what else stands inside is the server's skeleton,
 * which has the same boxes, so nothing moves when this element takes over.
 */
@customElement('hw-dashboard')
export class Dashboard extends LightElement {
  @state() private tiles: ReadonlyMap<string, TileState> = new Map();
  @state() private filters: FilterState = new Map();
  @state() private resolved: Readonly<Record<string, { from?: string; to?: string }>> = {};
  @state() private problem: Problem | undefined;
  @state() private status = '';

  private definition: DashboardDefinition | undefined;
  private loading: AbortController | undefined;
  private refreshing = 0;
  private readonly moved = () => this.restore();

  override connectedCallback(): void {
    const embedded = this.querySelector('script[type="application/json"]')?.textContent;
    if (!this.definition && embedded) {
      this.definition = JSON.parse(embedded) as DashboardDefinition;
      this.replaceChildren();
    }
    super.connectedCallback();
    window.addEventListener('popstate', this.moved);
    this.refreshing = window.setInterval(() => this.refresh(), refreshEvery);
    this.restore();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.moved);
    window.clearInterval(this.refreshing);
    this.loading?.abort();
  }

  protected override render() {
    const { definition } = this;
    if (!definition) {
      return nothing;
    }
    const search = writeState(this.filters, definition.filters);
    const labels = Object.fromEntries(definition.filters.map((filter) => [filter.dimension, filter.label]));
    return html`
      ${definition.filters.length > 0
        ? html`<div class="filters" role="group" aria-label="Filters">
            ${definition.filters.map((filter) => this.control(filter))}
            ${this.filters.size > 0
              ? html`<button type="button" class="button quiet" @click=${() => this.apply(new Map())}>Reset</button>`
              : nothing}
          </div>`
        : nothing}
      ${this.problem
        ? html`<div class="banner" role="alert">
            <p><strong>${this.problem.title}</strong> ${this.problem.detail ?? ''} ${this.problem.hint ?? ''}</p>
            <button type="button" class="button small" @click=${() => void this.load()}>Try again</button>
          </div>`
        : nothing}
      <div class="rows" @pick=${this.picked}>
        ${definition.rows.map(
          (row) => html`<div class="row ${row.tiles.every((tile) => tile.chart.kind === 'kpi') ? 'row-kpi' : ''}">
            ${repeat(
              row.tiles,
              (tile) => tile.id,
              (tile) => html`<hw-tile
                class="tile tile-${tile.chart.kind} w-${tile.width}"
                .tile=${tile}
                .value=${this.tiles.get(tile.id) ?? waiting}
                path=${`${this.base(definition)}/tiles/${tile.id}`}
                search=${search}
                .labels=${labels}
              ></hw-tile>`,
            )}
          </div>`,
        )}
      </div>
      <p class="visually-hidden" role="status">${this.status}</p>
    `;
  }

  private control(filter: FilterDefinition) {
    const value = this.filters.get(filter.dimension) ?? filter.default;
    const choose = (event: CustomEvent<string>) => this.apply(withFilter(this.filters, filter, event.detail));
    return filter.kind === 'time'
      ? html`<hw-date-filter
          .filter=${filter}
          value=${value}
          .resolved=${this.resolved[filter.dimension]}
          @choose=${choose}
        ></hw-date-filter>`
      : html`<hw-category-filter .filter=${filter} value=${value} @choose=${choose}></hw-category-filter>`;
  }

  private base(definition: DashboardDefinition): string {
    return `/api/v1/dashboards/${encodeURIComponent(definition.name)}`;
  }

  /** A click on a bar sets the dashboard's filter of that dimension, and a second one lifts it. */
  private picked(event: CustomEvent<{ column: string; label: string }>): void {
    const filter = this.definition?.filters.find((each) => each.dimension === event.detail.column && each.kind === 'category');
    if (!filter) {
      return;
    }
    const value = event.detail.label === emptyLabel ? nullValue : event.detail.label;
    const chosen = splitValues(this.filters.get(filter.dimension) ?? filter.default);
    const next = chosen.length === 1 && chosen[0] === value ? [] : [value];
    this.apply(withFilter(this.filters, filter, joinValues(next)));
  }

  private apply(filters: FilterState): void {
    if (!this.definition) {
      return;
    }
    this.filters = filters;
    history.pushState(null, '', location.pathname + writeState(filters, this.definition.filters, location.search));
    void this.load();
  }

  private restore(): void {
    if (this.definition) {
      this.filters = readState(location.search, this.definition.filters);
      void this.load();
    }
  }

  /** Takes over what was published meanwhile, without a sign of it where nothing changed. */
  private refresh(): void {
    const idle = [...this.tiles.values()].every((tile) => !tile.waiting);
    if (idle && document.visibilityState === 'visible') {
      void this.load(0, true);
    }
  }

  private async load(reloads = 0, quiet = false): Promise<void> {
    const { definition } = this;
    if (!definition) {
      return;
    }
    this.loading?.abort();
    const loading = (this.loading = new AbortController());
    const ids = definition.rows.flatMap((row) => row.tiles.map((tile) => tile.id));
    if (!quiet) {
      this.problem = undefined;
      this.status = 'Loading';
      this.tiles = new Map(ids.map((id) => [id, { ...this.tiles.get(id), waiting: true }]));
    }

    const versions = new Map<string, Set<number>>();
    try {
      const path = `${this.base(definition)}/data${writeState(this.filters, definition.filters)}`;
      for await (const line of getLines(path, loading.signal)) {
        this.receive(line, versions);
      }
      this.problem = undefined;
    } catch (error) {
      if (loading.signal.aborted) {
        return;
      }
      this.problem =
        error instanceof ProblemError
          ? error.problem
          : { title: 'The server could not be reached.', hint: 'What is shown may be out of date.' };
    }
    if (loading.signal.aborted) {
      return;
    }
    if ([...versions.values()].some((met) => met.size > 1) && reloads < maxReloads) {
      return this.load(reloads + 1, quiet);
    }
    this.tiles = new Map([...this.tiles].map(([id, tile]) => [id, { ...tile, waiting: false }]));
    this.status = this.problem ? this.problem.title : `${ids.length} tiles loaded`;
  }

  private receive(line: StreamLine, versions: Map<string, Set<number>>): void {
    if ('filters' in line) {
      this.resolved = line.filters;
    } else if ('tile' in line) {
      for (const [table, version] of Object.entries(('table' in line && line.meta?.versions) || {})) {
        versions.set(table, (versions.get(table) ?? new Set()).add(version));
      }
      const next: TileState = 'problem' in line ? { problem: line.problem, waiting: false } : { data: line, waiting: false };
      if (!isSame(this.tiles.get(line.tile), next)) {
        this.tiles = new Map(this.tiles).set(line.tile, next);
      }
    }
  }
}

/** Whether two states of a tile look the same; how and when their numbers were got does not show. */
function isSame(before: TileState | undefined, after: TileState): boolean {
  const shown = ({ data, problem, waiting: isWaiting }: TileState) =>
    JSON.stringify([data?.table, data?.compare, data?.trend, data?.meta?.unfiltered, problem, isWaiting]);
  return before !== undefined && shown(before) === shown(after);
}
