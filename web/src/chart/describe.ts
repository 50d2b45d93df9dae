import type { Chart } from './chart.js';
import { shape, total, type Series, type Shape } from './shape.js';
import { formatNumber } from '../table/numbers.js';
import { toNumber, type Table } from '../table/table.js';

const named: Readonly<Record<Chart['kind'], string>> = {
  kpi: 'Figure',
  line: 'Line chart',
  bar: 'Bar chart',
  area: 'Area chart',
  pie: 'Ring chart',
  funnel: 'Funnel',
  table: 'Table',
};

/** What a chart shows, in words, for those who do not see it: kind, extent, and what stands out. */
export function describe(chart: Chart, table: Table): string {
  if (table.rows.length === 0) {
    return `${chart.title}: no data.`;
  }
  if (chart.kind === 'table') {
    return `Table: ${chart.title}, ${count(table.rows.length, 'row')}, ${count(table.columns.length, 'column')}.`;
  }
  const laid = shape(chart, table);
  if (chart.kind === 'kpi') {
    const series = laid.series[0];
    return `${chart.title}: ${formatNumber(toNumber(series?.values.at(-1) ?? null), series?.field.format)}.`;
  }
  const parts = laid.dates
    ? laid.series.length > 1
      ? [...laid.series].sort((a, b) => total(b.values) - total(a.values)).slice(0, 3).map((series) => courseOf(laid, series))
      : laid.series.map((series) => courseOf(laid, series))
    : rankOf(laid);
  return [`${named[chart.kind]}: ${chart.title}, ${extent(laid)}.`, ...parts, ...laid.notes].join(' ');
}

function extent(laid: Shape): string {
  const by = laid.series.length > 1 ? `, ${count(laid.series.length, 'series', 'series')}` : '';
  if (laid.dates) {
    return `${laid.labels[0] ?? ''} to ${laid.labels.at(-1) ?? ''}${by}`;
  }
  return `${count(laid.labels.length, laid.axis?.label.toLowerCase() ?? 'value', 'categories')}${by}`;
}

function courseOf(laid: Shape, series: Series): string {
  const known = series.values.map((value, place) => ({ value, place })).filter((point) => point.value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) {
    return `${series.name}: no values.`;
  }
  const write = (value: number | null) => formatNumber(value, series.field.format);
  const highest = known.reduce((best, point) => ((point.value ?? 0) > (best.value ?? 0) ? point : best));
  const lowest = known.reduce((best, point) => ((point.value ?? 0) < (best.value ?? 0) ? point : best));
  return (
    `${series.name}: from ${write(first.value)} to ${write(last.value)}, ` +
    `highest ${write(highest.value)} in ${laid.labels[highest.place]}, lowest ${write(lowest.value)} in ${laid.labels[lowest.place]}.`
  );
}

function rankOf(laid: Shape): string[] {
  const sums = laid.labels.map((label, place) => ({
    label,
    value: total(laid.series.map((series) => series.values[place] ?? null)),
  }));
  const format = laid.series[0]?.field.format;
  const first = sums.slice(0, 5).map((place) => `${place.label} ${formatNumber(place.value, format)}`);
  const rest = sums.length - first.length;
  return [`${first.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}.`];
}

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;
