import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LightElement } from './light.js';
import { fieldOf, type Chart, type Field } from '../chart/chart.js';
import { emptyLabel } from '../chart/shape.js';
import { formatPeriod, parseDate } from '../table/dates.js';
import { columnFormat, formatNumber, noValue } from '../table/numbers.js';
import { toNumber, type Cell, type Table } from '../table/table.js';

const rowsPerPage = 50;

/** A result as a table: sorted by its headings, a page at a time. */
@customElement('hw-data-table')
export class DataTable extends LightElement {
  @property({ attribute: false }) chart!: Chart;
  @property({ attribute: false }) table!: Table;
  @property() caption = '';
  @state() private sortedBy: { column: number; down: boolean } | undefined;
  @state() private page = 0;

  protected override render() {
    const fields = this.table.columns.map((column, index) => settled(fieldOf(this.chart, column), this.table, index));
    const rows = this.sorted(fields);
    const pages = Math.max(1, Math.ceil(rows.length / rowsPerPage));
    const page = Math.min(this.page, pages - 1);
    return html`
      <div class="table-scroll" tabindex="0" role="region" aria-label="Table of ${this.caption}">
        <table class="data">
          <caption class="visually-hidden">
            ${this.caption}
          </caption>
          <thead>
            <tr>
              ${fields.map((field, index) => this.heading(field, index))}
            </tr>
          </thead>
          <tbody>
            ${rows.slice(page * rowsPerPage, (page + 1) * rowsPerPage).map(
              (row) => html`<tr>
                ${fields.map((field, index) => cellOf(row[index] ?? null, field))}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${pages > 1 || this.table.truncated
        ? html`<div class="pager">
            <span class="muted">
              ${`${(page * rowsPerPage + 1).toLocaleString('en-US')}–${Math.min(rows.length, (page + 1) * rowsPerPage).toLocaleString('en-US')} of ${rows.length.toLocaleString('en-US')}${this.table.truncated ? ', cut short by the row limit' : ''}`}
            </span>
            <button type="button" class="button small" ?disabled=${page === 0} @click=${() => (this.page = page - 1)}>
              Previous
            </button>
            <button type="button" class="button small" ?disabled=${page >= pages - 1} @click=${() => (this.page = page + 1)}>
              Next
            </button>
          </div>`
        : nothing}
    `;
  }

  private heading(field: Field, index: number) {
    const sort = this.sortedBy?.column === index ? (this.sortedBy.down ? 'descending' : 'ascending') : 'none';
    return html`<th scope="col" class=${field.role === 'metric' ? 'number' : ''} aria-sort=${sort}>
      <button type="button" class="sort" title="Sort by ${field.label}" @click=${() => this.sort(index, field)}>
        ${field.label}<span class="sort-mark" aria-hidden="true">${sort === 'none' ? '' : sort === 'descending' ? '↓' : '↑'}</span>
      </button>
    </th>`;
  }

  private sort(column: number, field: Field): void {
    const again = this.sortedBy?.column === column;
    this.sortedBy = { column, down: again ? !this.sortedBy?.down : field.role === 'metric' };
    this.page = 0;
  }

  private sorted(fields: readonly Field[]): readonly (readonly Cell[])[] {
    const by = this.sortedBy;
    if (!by) {
      return this.table.rows;
    }
    const metric = fields[by.column]?.role === 'metric';
    const sign = by.down ? -1 : 1;
    return [...this.table.rows].sort((a, b) => {
      const [left, right] = [a[by.column] ?? null, b[by.column] ?? null];
      if (left === null || right === null) {
        return left === right ? 0 : left === null ? 1 : -1;
      }
      return sign * (metric ? (toNumber(left) ?? 0) - (toNumber(right) ?? 0) : String(left).localeCompare(String(right)));
    });
  }
}

/** A field whose numbers are written alike all the way down. */
function settled(field: Field, table: Table, column: number): Field {
  return field.role === 'metric'
    ? { ...field, format: columnFormat(table.rows.map((row) => toNumber(row[column])), field.format) }
    : field;
}

function cellOf(cell: Cell, field: Field) {
  if (field.role === 'metric') {
    return html`<td class="number">${formatNumber(toNumber(cell), field.format)}</td>`;
  }
  const text = cellText(cell, field);
  return html`<td class=${cell === null ? 'muted' : ''} title=${text.length > 28 ? text : nothing}>
    <span class="cell">${text}</span>
  </td>`;
}

function cellText(cell: Cell, field: Field): string {
  if (cell === null) {
    return field.role === 'category' ? emptyLabel : noValue;
  }
  const date = field.role === 'time' ? parseDate(cell) : null;
  return date ? formatPeriod(date, field.grain ?? 'day') : String(cell);
}
