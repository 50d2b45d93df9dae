import { columnsOf, type Chart, type Field } from './chart.js';
import { formatPeriod, nextPeriod, parseDate } from '../table/dates.js';
import { toNumber, type Cell, type Table } from '../table/table.js';

/** One line, one colour of bars, one slice group. */
export interface Series {
  readonly name: string;
  /** Place in the palette, which a hidden neighbour does not change; -1 is the gathered rest. */
  readonly color: number;
  readonly field: Field;
  /** One value for each place on the axis. */
  readonly values: readonly (number | null)[];
}

/** A result laid out for drawing. */
export interface Shape {
  /** What the axis stands for; absent when the result has metrics alone. */
  readonly axis: Field | undefined;
  readonly labels: readonly string[];
  /** The start of each period, when the axis is time. */
  readonly dates: readonly Date[] | undefined;
  readonly series: readonly Series[];
  /** What the drawing leaves out, as sentences: a reader must not take a part for the whole. */
  readonly notes: readonly string[];
}

/** Most series that can be told apart by colour. */
export const maxSeries = 8;

const maxPeriods = 5_000;

/** What a missing category is called. */
export const emptyLabel = '(empty)';

/**
 * Lays a result out as series over an axis. The first time column, else the first category, is the axis; a further category makes
 * one series for each of its values; several metrics make one series each. Missing periods are filled: with nothing, so that a
 * line shows the gap, or with zero in a stack.
 */
export function shape(chart: Chart, table: Table): Shape {
  const times = columnsOf(chart, table, 'time');
  const categories = columnsOf(chart, table, 'category');
  const metrics = columnsOf(chart, table, 'metric');
  const axis = times[0] ?? categories[0];
  const split = times[0] ? categories[0] : categories[1];
  const notes: string[] = [];

  const keys = axis ? axisKeys(table, axis.index, axis.field, notes) : [''];
  const places = new Map(keys.map((key, place) => [key, place]));
  const found = new Map<string, { name: string; field: Field; values: (number | null)[] }>();
  for (const row of table.rows) {
    const place = axis ? places.get(keyOf(row[axis.index], axis.field)) : 0;
    if (place === undefined) {
      continue;
    }
    for (const metric of metrics) {
      const parts = split ? [labelOf(row[split.index])] : [];
      const name = [...parts, ...(metrics.length > 1 || !split ? [metric.field.label] : [])].join(' · ');
      let series = found.get(name);
      if (!series) {
        series = { name, field: metric.field, values: new Array<number | null>(keys.length).fill(null) };
        found.set(name, series);
      }
      series.values[place] = toNumber(row[metric.index]);
    }
  }

  const laid: Shape = {
    axis: axis?.field,
    labels: keys.map((key) => (axis?.field.role === 'time' ? periodLabel(key, axis.field) : key)),
    dates: axis?.field.role === 'time' ? keys.map((key) => parseDate(key) ?? new Date(0)) : undefined,
    series: colored([...found.values()], chart, split !== undefined, notes),
    notes,
  };
  return ordered(laid, chart);
}

const keyOf = (cell: Cell | undefined, field: Field): string =>
  field.role === 'time' ? (parseDate(cell)?.toISOString() ?? '') : labelOf(cell);

export const labelOf = (cell: Cell | undefined): string =>
  cell === null || cell === undefined || cell === '' ? emptyLabel : String(cell);

const periodLabel = (key: string, field: Field): string => {
  const date = parseDate(key);
  return date ? formatPeriod(date, field.grain ?? 'day') : emptyLabel;
};

function axisKeys(table: Table, column: number, field: Field, notes: string[]): string[] {
  const seen = new Set(table.rows.map((row) => keyOf(row[column], field)));
  if (field.role !== 'time') {
    return [...seen];
  }
  if (seen.delete('')) {
    notes.push('Rows without a date are not drawn; the table has them.');
  }
  const sorted = [...seen].sort();
  const [first, last] = [parseDate(sorted[0]), parseDate(sorted.at(-1))];
  if (!first || !last) {
    return sorted;
  }
  const filled: string[] = [];
  for (let at = first; at <= last && filled.length < maxPeriods; at = nextPeriod(at, field.grain ?? 'day')) {
    filled.push(at.toISOString());
  }
  // Periods that do not start where their grain says (a fiscal calendar) are kept as they came.
  return filled.length < maxPeriods && sorted.every((key) => filled.includes(key)) ? filled : sorted;
}

function colored(
  found: { name: string; field: Field; values: (number | null)[] }[],
  chart: Chart,
  isSplit: boolean,
  notes: string[],
): Series[] {
  const zeroed = chart.stack
    ? found.map((series) => ({ ...series, values: series.values.map((value) => value ?? 0) }))
    : found;
  if (!isSplit) {
    return zeroed.map((series, color) => ({ ...series, color }));
  }
  const ranked = [...zeroed].sort((a, b) => total(b.values) - total(a.values));
  if (ranked.length <= maxSeries) {
    return ranked.map((series, color) => ({ ...series, color }));
  }
  const [first] = ranked;
  const kept = ranked.slice(0, maxSeries - 1).map((series, color) => ({ ...series, color }));
  const rest = ranked.slice(maxSeries - 1);
  if (chart.stack && first) {
    const values = first.values.map((_, place) => rest.reduce((sum, series) => sum + (series.values[place] ?? 0), 0));
    return [...kept, { name: `Other (${rest.length})`, field: first.field, values, color: -1 }];
  }
  notes.push(`The ${kept.length} largest of ${ranked.length} series are drawn; the table has all.`);
  return kept;
}

function ordered(laid: Shape, chart: Chart): Shape {
  if (laid.dates || chart.order === 'given' || laid.labels.length < 2) {
    return laid;
  }
  const sums = laid.labels.map((_, place) => laid.series.reduce((sum, series) => sum + (series.values[place] ?? 0), 0));
  const order = laid.labels.map((_, place) => place).sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0));
  return {
    ...laid,
    labels: order.map((place) => laid.labels[place] ?? ''),
    series: laid.series.map((series) => ({ ...series, values: order.map((place) => series.values[place] ?? null) })),
  };
}

export const total = (values: readonly (number | null)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

/** The first places of the axis, with a note on what was left out. */
export function cut(laid: Shape, places: number): Shape {
  if (laid.labels.length <= places) {
    return laid;
  }
  return {
    ...laid,
    labels: laid.labels.slice(0, places),
    series: laid.series.map((series) => ({ ...series, values: series.values.slice(0, places) })),
    notes: [...laid.notes, `The first ${places} of ${laid.labels.length} are drawn; the table has all.`],
  };
}
