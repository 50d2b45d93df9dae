import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Chart, Field } from '../src/chart/chart.js';
import { describe } from '../src/chart/describe.js';
import { isDrawn, toOption } from '../src/chart/option.js';
import { shape } from '../src/chart/shape.js';
import { dark, light } from '../src/chart/theme.js';
import { truncate, textWidth } from '../src/chart/text.js';
import type { Cell, Table } from '../src/table/table.js';

const month: Field = { label: 'Month', role: 'time', grain: 'month' };
const product: Field = { label: 'Product', role: 'category' };
const revenue: Field = { label: 'Revenue', role: 'metric', format: { kind: 'currency', currency: 'USD' } };
const chart = (kind: Chart['kind'], more: Partial<Chart> = {}): Chart => ({
  kind,
  title: 'Revenue',
  fields: { month, product, revenue },
  ...more,
});
const table = (names: string[], rows: Cell[][]): Table => ({
  columns: names.map((name) => ({ name, type: name === 'revenue' ? 'decimal' : name === 'month' ? 'date' : 'text' })),
  rows,
});

const monthly = table(
  ['month', 'product', 'revenue'],
  [
    ['2017-01-01', 'GTX', 10],
    ['2017-03-01', 'GTX', 30],
    ['2017-01-01', 'MG', 100],
  ],
);

test('a second category makes one series for each value, the largest first', () => {
  const laid = shape(chart('line'), monthly);
  assert.deepEqual(laid.series.map((series) => series.name), ['MG', 'GTX']);
  assert.deepEqual(laid.labels, ['Jan 2017', 'Feb 2017', 'Mar 2017']);
});

test('a missing period is a gap in a line and zero in a stack', () => {
  assert.deepEqual(shape(chart('line'), monthly).series[1]?.values, [10, null, 30]);
  assert.deepEqual(shape(chart('area', { stack: true }), monthly).series[1]?.values, [10, 0, 30]);
});

test('rows without a date are not drawn, and the chart says so', () => {
  const laid = shape(chart('line'), table(['month', 'revenue'], [[null, 500], ['2017-01-01', 10]]));
  assert.deepEqual(laid.labels, ['Jan 2017']);
  assert.match(laid.notes.join(), /without a date/);
});

test('an empty category has a name and keeps its value', () => {
  const laid = shape(chart('bar'), table(['product', 'revenue'], [['GTX', 5], [null, 9]]));
  assert.deepEqual(laid.labels, ['(empty)', 'GTX']);
  assert.deepEqual(laid.series[0]?.values, [9, 5]);
});

test('the order of the query is kept where it was asked for', () => {
  const rows: Cell[][] = [['GTX', 5], ['MG', 9]];
  assert.deepEqual(shape(chart('bar', { order: 'given' }), table(['product', 'revenue'], rows)).labels, ['GTX', 'MG']);
});

const many = table(
  ['month', 'product', 'revenue'],
  Array.from({ length: 20 }, (_, at): Cell[] => ['2017-01-01', `P${at}`, 20 - at]),
);

test('a stack of too many series gathers the rest, so that the whole stays the whole', () => {
  const laid = shape(chart('area', { stack: true }), many);
  assert.equal(laid.series.length, 8);
  assert.equal(laid.series.at(-1)?.name, 'Other (13)');
  const drawn = laid.series.reduce((sum, series) => sum + (series.values[0] ?? 0), 0);
  assert.equal(drawn, many.rows.reduce((sum, row) => sum + Number(row[2]), 0));
});

test('lines of too many series are cut, never added up, and the chart says so', () => {
  const laid = shape(chart('line'), many);
  assert.equal(laid.series.length, 7);
  assert.match(laid.notes.join(), /7 largest of 20/);
});

test('several metrics make one series each', () => {
  const laid = shape(
    chart('line', { fields: { month, revenue, cost: { label: 'Cost', role: 'metric' } } }),
    table(['month', 'revenue', 'cost'], [['2017-01-01', 10, 4]]),
  );
  assert.deepEqual(laid.series.map((series) => series.name), ['Revenue', 'Cost']);
});

test('a decimal sent as text is a number', () => {
  assert.deepEqual(shape(chart('bar'), table(['product', 'revenue'], [['GTX', '12.50']])).series[0]?.values, [12.5]);
});

test('every drawn kind has an option in both themes, for no rows, one row and many', () => {
  for (const kind of ['line', 'bar', 'area', 'pie', 'funnel'] as const) {
    assert.ok(isDrawn(kind));
    for (const theme of [light, dark]) {
      for (const given of [monthly, many, { ...monthly, rows: [] }, { ...monthly, rows: monthly.rows.slice(0, 1) }]) {
        const { option } = toOption(chart(kind), given, theme, { width: 320, height: 240 });
        assert.ok(Array.isArray(option['series']), kind);
        assert.equal(JSON.stringify(option).includes('null,null,null,null'), false);
      }
    }
  }
});

test('a hidden series is not drawn and does not change its neighbours’ colours', () => {
  const all = toOption(chart('line'), monthly, light).option['series'] as { name: string; color: string }[];
  const some = toOption(chart('line'), monthly, light, undefined, new Set(['MG'])).option['series'] as { color: string }[];
  assert.equal(some.length, 1);
  assert.equal(some[0]?.color, all[1]?.color);
});

test('the same arguments give the same option', () => {
  const once = JSON.stringify(toOption(chart('bar'), monthly, light));
  assert.equal(JSON.stringify(toOption(chart('bar'), monthly, light)), once);
});

test('a line is told by its ends and extremes', () => {
  const text = describe(chart('line'), table(['month', 'revenue'], [['2017-01-01', 10], ['2017-02-01', 40], ['2017-03-01', 20]]));
  assert.equal(
    text,
    'Line chart: Revenue, Jan 2017 to Mar 2017. Revenue: from $10 to $20, highest $40 in Feb 2017, lowest $10 in Jan 2017.',
  );
});

test('bars are told by their ranking', () => {
  const text = describe(chart('bar'), table(['product', 'revenue'], [['GTX', 5], ['MG', 9]]));
  assert.equal(text, 'Bar chart: Revenue, 2 categories. MG $9, GTX $5.');
});

test('a chart without rows says that there are none', () => {
  assert.equal(describe(chart('bar'), { ...monthly, rows: [] }), 'Revenue: no data.');
});

test('a long name is cut to its room', () => {
  const cut = truncate('Wolfeschlegelsteinhausenbergerdorff', 80);
  assert.ok(cut.endsWith('…'));
  assert.ok(textWidth(cut) <= 80);
  assert.equal(truncate('West', 80), 'West');
});
