import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ticks } from '../src/chart/ticks.js';
import { formatPeriod, nextPeriod, ordinal, parseDate, type Grain } from '../src/table/dates.js';
import { ago } from '../src/page/ago.js';

const at = (text: string): Date => parseDate(text) ?? assert.fail(`no date: ${text}`);

const periods: [string, Grain, string][] = [
  ['2017-03-01', 'month', 'Mar 2017'],
  ['2017-04-01', 'quarter', 'Q2 2017'],
  ['2017-03-14', 'day', 'Mar 14, 2017'],
  ['2017-03-13', 'week', 'Week of Mar 13, 2017'],
  ['2017-01-01', 'year', '2017'],
  ['2017-03-14T09:00:00', 'hour', 'Mar 14, 09:00'],
];
for (const [text, grain, expected] of periods) {
  test(`the ${grain} of ${text} is ${expected}`, () => assert.equal(formatPeriod(at(text), grain), expected));
}

test('text that is no date is none', () => {
  for (const text of ['', 'March', '2017', null, 7]) {
    assert.equal(parseDate(text), null);
  }
});

test('a timestamp with a space is read as one with a T', () => {
  assert.deepEqual(parseDate('2017-03-14 09:30:00'), parseDate('2017-03-14T09:30:00'));
});

test('each next period has the next ordinal', () => {
  for (const grain of ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const) {
    let date = at('2015-12-28');
    if (grain !== 'hour' && grain !== 'day' && grain !== 'week') {
      date = at('2015-01-01');
    }
    for (let step = 0; step < 40; step++) {
      const next = nextPeriod(date, grain);
      assert.equal(ordinal(next, grain), ordinal(date, grain) + 1, `${grain} after ${date.toISOString()}`);
      date = next;
    }
  }
});

const monthsFrom = (text: string, count: number): Date[] => {
  const dates = [at(text)];
  while (dates.length < count) {
    dates.push(nextPeriod(dates.at(-1) ?? at(text), 'month'));
  }
  return dates;
};

test('every period has a label where there is room, and each year is named once', () => {
  const labels = ticks(monthsFrom('2016-11-01', 4), 'month', 640);
  assert.deepEqual(labels, ['Nov\n{year|2016}', 'Dec', 'Jan\n{year|2017}', 'Feb']);
});

test('where room is short, labels stand on quarters and half-years of the calendar', () => {
  const labels = ticks(monthsFrom('2015-10-01', 26), 'month', 300);
  assert.deepEqual(
    labels.filter((label) => label !== ''),
    ['Jan\n{year|2016}', 'Jul', 'Jan\n{year|2017}', 'Jul'],
  );
});

test('labels never exceed the room', () => {
  for (const width of [60, 200, 640, 1800]) {
    for (const count of [1, 12, 60, 240]) {
      const shown = ticks(monthsFrom('2001-01-01', count), 'month', width).filter((label) => label !== '').length;
      assert.ok(shown <= Math.max(2, Math.floor(width / 52)), `${count} months in ${width} px: ${shown} labels`);
    }
  }
});

const ages: [number, string][] = [
  [-5, 'just now'],
  [-125, '2 minutes ago'],
  [-7_300, '2 hours ago'],
  [-86_400, 'yesterday'],
  [-700_000, '8 days ago'],
];
for (const [seconds, expected] of ages) {
  test(`${seconds} seconds is told as ${expected}`, () => {
    const now = at('2017-03-14');
    assert.equal(ago(new Date(now.getTime() + seconds * 1000), now), expected);
  });
}
