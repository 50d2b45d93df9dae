import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sparkline } from '../src/chart/sparkline.js';

test('values rise from the bottom to the top', () => {
  assert.deepEqual(sparkline([0, 10], 100, 20, 0), {
    line: 'M0 20L100 0',
    area: 'M0 20L0 20L100 0L100 20Z',
    end: { x: 100, y: 0 },
  });
});

test('a gap parts the line and each part stands on the ground', () => {
  const { line, area } = sparkline([1, 2, null, 2, 1], 100, 20);
  assert.equal(line.split('M').length - 1, 2);
  assert.equal(area.split('Z').length - 1, 2);
});

test('values that never change lie in the middle', () => {
  assert.equal(sparkline([5, 5], 100, 20, 0).line, 'M0 10L100 10');
});

test('one value or none makes no line', () => {
  assert.equal(sparkline([5], 100, 20).line, '');
  assert.equal(sparkline([], 100, 20).end, undefined);
});
