import { html, nothing, svg } from 'lit';
import type { TileDefinition } from './definition.js';
import { icons } from './icons.js';
import type { TileData } from './stream.js';
import { columnsOf, type Chart } from '../chart/chart.js';
import { shape } from '../chart/shape.js';
import { sparkline } from '../chart/sparkline.js';
import { formatChange, formatNumber, noValue } from '../table/numbers.js';
import { toNumber, type Table } from '../table/table.js';

const [sparkWidth, sparkHeight] = [240, 44];

/** A big figure, how it compares, and where it came from. The change is told by sign, arrow and words, and coloured last. */
export function kpi(tile: TileDefinition, data: TileData) {
  const value = figure(tile.chart, data.table);
  const base = data.compare ? figure(tile.chart, data.compare.table) : null;
  const format = columnsOf(tile.chart, data.table, 'metric')[0]?.field.format;
  return html`
    <p class="kpi-value" title=${formatNumber(value, format)}>${formatNumber(value, format, 'figure')}</p>
    ${data.compare ? change(tile, value, base, data.compare.label) : nothing}
    ${data.trend ? spark(tile.chart, data.trend) : nothing}
  `;

  function change(of: TileDefinition, now: number | null, then: number | null, label: string) {
    const text = formatChange(now, then, format);
    if (text === noValue) {
      return html`<p class="kpi-change"><span class="muted">No ${label} to compare</span></p>`;
    }
    const way = text.startsWith('+') ? 'up' : text.startsWith('−') ? 'down' : 'flat';
    const better = of.better ?? 'up';
    const news = way === 'flat' || better === 'neither' ? 'plain' : way === better ? 'good' : 'bad';
    return html`<p class="kpi-change" title="${label}: ${formatNumber(then, format)}">
      <span class="change ${news}">${icons[way]}${text}</span> <span class="muted">vs ${label}</span>
    </p>`;
  }
}

function figure(chart: Chart, table: Table): number | null {
  const metric = columnsOf(chart, table, 'metric')[0];
  return metric ? toNumber(table.rows[0]?.[metric.index]) : null;
}

function spark(chart: Chart, table: Table) {
  const series = shape({ ...chart, kind: 'line' }, table).series[0];
  const { line, area, end } = sparkline(series?.values ?? [], sparkWidth, sparkHeight);
  return html`<svg
    class="spark"
    viewBox="0 0 ${sparkWidth} ${sparkHeight}"
    preserveAspectRatio="none"
    aria-hidden="true"
    focusable="false"
  >
    ${svg`<path class="spark-area" d=${area}></path><path class="spark-line" d=${line}></path>
      ${end ? svg`<path class="spark-end" d="M${end.x} ${end.y}h0"></path>` : nothing}`}
  </svg>`;
}
