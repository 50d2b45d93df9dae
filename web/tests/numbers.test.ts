import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnFormat, formatChange, formatNumber, type NumberFormat, type NumberStyle } from '../src/table/numbers.js';

const dollars: NumberFormat = { kind: 'currency', currency: 'USD' };
const percent: NumberFormat = { kind: 'percent' };

const written: [number | null, NumberFormat | undefined, NumberStyle, string][] = [
  [10_005_534, dollars, 'full', '$10,005,534'],
  [10_005_534, dollars, 'figure', '$10.0M'],
  [2_104_002, dollars, 'compact', '$2.1M'],
  [8_800, undefined, 'compact', '8,800'],
  [12_345, undefined, 'compact', '12.3K'],
  [47.984, undefined, 'full', '47.98'],
  [962.63, dollars, 'figure', '$963'],
  [969.1, dollars, 'full', '$969.10'],
  [-1_500, dollars, 'full', '−$1,500'],
  [0.6315, percent, 'full', '63.2%'],
  [0.6, percent, 'compact', '60%'],
  [0.055, percent, 'compact', '5.5%'],
  [3.14159, { kind: 'number', decimals: 3 }, 'full', '3.142'],
  [0, undefined, 'full', '0'],
  [null, dollars, 'full', '–'],
  [Number.NaN, undefined, 'full', '–'],
];

for (const [value, format, style, expected] of written) {
  test(`${value} as ${format?.kind ?? 'number'} in ${style} is written ${expected}`, () => {
    assert.equal(formatNumber(value, format, style), expected);
  });
}

const changes: [number | null, number | null, NumberFormat | undefined, string][] = [
  [112.4, 100, undefined, '+12.4%'],
  [90, 100, dollars, '−10.0%'],
  [100, 100, dollars, '±0.0%'],
  [300, 100, undefined, '+200%'],
  [-50, -100, undefined, '+50.0%'],
  [0.63, 0.65, percent, '−2.0 pts'],
  [5, 0, undefined, '–'],
  [null, 5, undefined, '–'],
];

for (const [value, base, format, expected] of changes) {
  test(`a change from ${base} to ${value} as ${format?.kind ?? 'number'} is ${expected}`, () => {
    assert.equal(formatChange(value, base, format), expected);
  });
}

test('the numbers of a column have the same digits after the point', () => {
  const format = columnFormat([970, 969.1, null, 1_200], dollars);
  assert.deepEqual([970, 969.1, 1_200].map((value) => formatNumber(value, format)), ['$970.00', '$969.10', '$1,200.00']);
  assert.equal(formatNumber(5, columnFormat([5, 7])), '5');
});
