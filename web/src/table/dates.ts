/** The length of the period that one value of a time dimension stands for. */
export type Grain = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const locale = 'en-US';
const write = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
const day = write({ year: 'numeric', month: 'short', day: 'numeric' });
const dayShort = write({ month: 'short', day: 'numeric' });
const month = write({ year: 'numeric', month: 'short' });
const monthShort = write({ month: 'short' });
const hour = write({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const hourShort = write({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** Reads an ISO date or timestamp as UTC; null if it is none. A space between date and time is accepted. */
export function parseDate(text: unknown): Date | null {
  if (typeof text !== 'string') {
    return null;
  }
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(text);
  if (!match) {
    return null;
  }
  const [, y, m, d, h, min, s] = match;
  return new Date(Date.UTC(Number(y), Number(m) - 1, Number(d), Number(h ?? 0), Number(min ?? 0), Number(s ?? 0)));
}

/** A period in full: `Mar 2017`, `Q1 2017`, `Mar 14, 2017`, `Week of Mar 13, 2017`. */
export function formatPeriod(date: Date, grain: Grain): string {
  switch (grain) {
    case 'hour':
      return hour.format(date);
    case 'day':
      return day.format(date);
    case 'week':
      return `Week of ${day.format(date)}`;
    case 'month':
      return month.format(date);
    case 'quarter':
      return `Q${quarterOf(date)} ${date.getUTCFullYear()}`;
    case 'year':
      return String(date.getUTCFullYear());
  }
}

/** A period as an axis names it, without the year, which {@link startsYear} periods carry on a line of their own. */
export function formatTick(date: Date, grain: Grain): string {
  switch (grain) {
    case 'hour':
      return hourShort.format(date);
    case 'day':
    case 'week':
      return dayShort.format(date);
    case 'month':
      return monthShort.format(date);
    case 'quarter':
      return `Q${quarterOf(date)}`;
    case 'year':
      return String(date.getUTCFullYear());
  }
}

/** A whole date such as `Mar 14, 2017`, for ISO text; other text comes back unchanged. */
export function formatDate(text: string): string {
  const date = parseDate(text);
  return date ? day.format(date) : text;
}

/** The start of the next period. */
export function nextPeriod(date: Date, grain: Grain): Date {
  const next = new Date(date);
  switch (grain) {
    case 'hour':
      next.setUTCHours(next.getUTCHours() + 1);
      break;
    case 'day':
      next.setUTCDate(next.getUTCDate() + 1);
      break;
    case 'week':
      next.setUTCDate(next.getUTCDate() + 7);
      break;
    case 'month':
      next.setUTCMonth(next.getUTCMonth() + 1);
      break;
    case 'quarter':
      next.setUTCMonth(next.getUTCMonth() + 3);
      break;
    case 'year':
      next.setUTCFullYear(next.getUTCFullYear() + 1);
      break;
  }
  return next;
}

/** Number of the period on an endless line of such periods, so that ticks stand on round ones (January, Q1). */
export function ordinal(date: Date, grain: Grain): number {
  const days = Math.floor(date.getTime() / 86_400_000);
  switch (grain) {
    case 'hour':
      return Math.floor(date.getTime() / 3_600_000);
    case 'day':
      return days;
    case 'week':
      return Math.floor((days + 3) / 7);
    case 'month':
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    case 'quarter':
      return date.getUTCFullYear() * 4 + quarterOf(date) - 1;
    case 'year':
      return date.getUTCFullYear();
  }
}

const quarterOf = (date: Date): number => Math.floor(date.getUTCMonth() / 3) + 1;
