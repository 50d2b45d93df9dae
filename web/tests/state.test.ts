import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FilterDefinition } from '../src/dashboard/definition.js';
import { presetGroups, rangeEnds, rangeLabel } from '../src/dashboard/presets.js';
import { joinValues, nullValue, readState, splitValues, withFilter, writeState } from '../src/dashboard/state.js';

const time: FilterDefinition = { dimension: 'metric_time', label: 'Date', kind: 'time', default: 'last_12_months' };
const series: FilterDefinition = { dimension: 'product__series', label: 'Series', kind: 'category', default: '' };
const filters = [time, series];

test('a state survives the address', () => {
  const state = new Map([['metric_time', '2017-01-01..2017-03-31'], ['product__series', 'GTX,MG']]);
  const search = writeState(state, filters);
  assert.equal(search, '?metric_time=2017-01-01..2017-03-31&product__series=GTX,MG');
  assert.deepEqual(readState(search, filters), state);
});

test('defaults stay out of the address, names that are no filter stay in it', () => {
  assert.equal(writeState(new Map([['metric_time', 'last_12_months']]), filters), '');
  assert.equal(writeState(new Map(), filters, '?embed=1&product__series=GTX'), '?embed=1');
  assert.deepEqual(readState('?x=1&metric_time=last_12_months', filters), new Map());
});

test('setting a filter to its default takes it out', () => {
  const set = withFilter(new Map(), series, 'GTX');
  assert.deepEqual([...set], [['product__series', 'GTX']]);
  assert.equal(withFilter(set, series, '').size, 0);
});

for (const values of [['GTX'], ['a,b', 'c\\d'], [nullValue, 'GTX'], [], ['', 'x'], ['\\N x', 'ü']]) {
  test(`the values ${JSON.stringify(values)} survive being joined`, () => {
    assert.deepEqual(splitValues(joinValues(values)), values);
  });
}

test('a range is told in words', () => {
  assert.equal(rangeLabel('last_12_months'), 'Last 12 months');
  assert.equal(rangeLabel('2017-01-01..2017-03-31'), 'Jan 1, 2017 – Mar 31, 2017');
  assert.equal(rangeLabel('2017-01-01..'), 'Since Jan 1, 2017');
});

test('a range needs at least one end', () => {
  assert.equal(rangeEnds('..'), null);
  assert.equal(rangeEnds('last_7_days'), null);
  assert.deepEqual(rangeEnds('..2017-03-31'), { from: '', to: '2017-03-31' });
});

test('where a dashboard counts from its newest data, so do the rolling ranges', () => {
  assert.equal(presetGroups('latest_12_months')[0]?.[3]?.value, 'latest_12_months');
  assert.equal(presetGroups('last_30_days')[0]?.[3]?.value, 'last_12_months');
  assert.equal(rangeLabel('latest_12_months'), 'Latest 12 months');
  assert.equal(rangeLabel('last_3_years'), 'Last 3 years');
});
