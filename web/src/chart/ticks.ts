import { formatTick, ordinal, type Grain } from '../table/dates.js';

/** Steps in periods that fall on round places of a calendar. */
const steps: Record<Grain, readonly number[]> = {
  hour: [1, 2, 3, 6, 12, 24, 48, 168],
  day: [1, 2, 7, 14, 28, 56, 91, 182, 364],
  week: [1, 2, 4, 13, 26, 52, 104],
  month: [1, 2, 3, 6, 12, 24, 60, 120],
  quarter: [1, 2, 4, 8, 20, 40],
  year: [1, 2, 5, 10, 20, 50, 100],
};

/**
 * Labels for a time axis: one for each period, empty where none belongs. At most one label for every `room` pixels; the year stands
 * on a second line under the first label and wherever it changes.
 */
export function ticks(dates: readonly Date[], grain: Grain, width: number, room = 52): string[] {
  const most = Math.max(1, Math.floor(width / room));
  const step = steps[grain].find((candidate) => dates.length / candidate <= most) ?? Math.ceil(dates.length / most);
  let year = Number.NaN;
  return dates.map((date) => {
    if (dates.length > most && ordinal(date, grain) % step !== 0) {
      return '';
    }
    const label = formatTick(date, grain);
    if (grain === 'year' || date.getUTCFullYear() === year) {
      return label;
    }
    year = date.getUTCFullYear();
    return `${label}\n{year|${year}}`;
  });
}
