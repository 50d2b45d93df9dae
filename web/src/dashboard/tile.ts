import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import './chart-view.js';
import './data-table.js';
import type { TileDefinition } from './definition.js';
import { openRows, openSql } from './dialog.js';
import { icons } from './icons.js';
import { kpi } from './kpi.js';
import { LightElement } from './light.js';
import { closeMenu, menuToggled } from './menu.js';
import type { Problem, TileData } from './stream.js';
import { isDrawn } from '../chart/option.js';

/** What a tile knows so far. While it waits for newer numbers, it shows the ones it has, dimmed. */
export interface TileState {
  readonly data?: TileData;
  readonly problem?: Problem;
  readonly waiting: boolean;
}

/** One tile of a dashboard: its heading, menu and numbers. */
@customElement('hw-tile')
export class Tile extends LightElement {
  @property({ attribute: false }) tile!: TileDefinition;
  @property({ attribute: false }) value!: TileState;
  /** The tile's address in the API, without a query. */
  @property() path = '';
  /** The filters as a query string. */
  @property() search = '';
  /** What the filters are called, by dimension. */
  @property({ attribute: false }) labels: Readonly<Record<string, string>> = {};
  @state() private asTable = false;

  protected override render() {
    const { chart, description } = this.tile;
    const titleId = `title-${this.tile.id}`;
    return html`
      <section class="tile-box" aria-labelledby=${titleId} aria-busy=${this.value.waiting}>
        <header class="tile-head">
          <h2 id=${titleId} class="tile-title" title=${description ? `${chart.title}\n${description}` : chart.title}>
            ${chart.title}
          </h2>
          ${this.actions()}
        </header>
        <div class="tile-body ${this.value.waiting && this.value.data ? 'stale' : ''}">${this.body()}</div>
        ${this.unfiltered()}
      </section>
    `;
  }

  private body() {
    const { problem, data, waiting } = this.value;
    const { chart } = this.tile;
    if (problem) {
      return html`<div class="tile-problem" role="status">
        ${icons.warning}
        <div>
          <p class="strong">${problem.title}</p>
          ${problem.detail ? html`<p>${problem.detail}</p>` : nothing} ${problem.hint ? html`<p class="muted">${problem.hint}</p>` : nothing}
          ${problem.code ? html`<p class="muted code">${problem.code}</p>` : nothing}
        </div>
      </div>`;
    }
    if (!data) {
      return waiting ? html`<div class="skeleton skeleton-${chart.kind}" aria-hidden="true"></div>` : nothing;
    }
    if (chart.kind === 'kpi') {
      return kpi(this.tile, data);
    }
    if (data.table.rows.length === 0) {
      return html`<p class="tile-empty">No rows for these filters.</p>`;
    }
    return this.asTable || !isDrawn(chart.kind)
      ? html`<hw-data-table .chart=${chart} .table=${data.table} caption=${chart.title}></hw-data-table>`
      : html`<hw-chart .chart=${chart} .table=${data.table}></hw-chart>`;
  }

  private unfiltered() {
    const names = (this.value.data?.meta?.unfiltered ?? []).map((dimension) => this.labels[dimension] ?? dimension);
    return names.length > 0 ? html`<p class="tile-note foot-note">Not filtered by ${names.join(', ')}.</p>` : nothing;
  }

  private actions() {
    const { chart } = this.tile;
    const drawn = isDrawn(chart.kind) && (this.value.data?.table.rows.length ?? 0) > 0 && !this.value.problem;
    const link = (format: string) => `${this.path}/download${join(this.search, `format=${format}`)}`;
    return html`<div class="tile-actions">
      ${drawn
        ? html`<button
            type="button"
            class="icon-button"
            aria-pressed=${this.asTable}
            aria-label="Show as table"
            title=${this.asTable ? 'Show as chart' : 'Show as table'}
            @click=${() => (this.asTable = !this.asTable)}
          >
            ${this.asTable ? icons.chart : icons.table}
          </button>`
        : nothing}
      <details class="menu" @toggle=${menuToggled}>
        <summary class="icon-button" aria-label="Menu of ${chart.title}" title="More">${icons.more}</summary>
        <div class="menu-panel right">
          <button type="button" data-first @click=${this.rows}>See the rows</button>
          <button type="button" @click=${this.sql}>Show the SQL</button>
          <hr />
          <a href=${link('csv')} download @click=${(event: Event) => closeMenu(event.target)}>Download CSV</a>
          <a href=${link('xlsx')} download @click=${(event: Event) => closeMenu(event.target)}>Download XLSX</a>
        </div>
      </details>
    </div>`;
  }

  private rows(event: Event): void {
    closeMenu(event.target);
    openRows(this.tile, `${this.path}/rows${this.search}`);
  }

  private sql(event: Event): void {
    closeMenu(event.target);
    openSql(this.tile, `${this.path}/sql${this.search}`);
  }
}

const join = (search: string, part: string): string => (search === '' ? `?${part}` : `${search}&${part}`);
