/** How a metric's numbers are written. */
export interface NumberFormat {
  readonly kind: 'number' | 'currency' | 'percent';
  /** ISO 4217 code; only with `currency`. */
  readonly currency?: string;
  /** Digits after the point; absent lets the size of the number decide. */
  readonly decimals?: number;
}

/** `full` for tables and tooltips, `compact` for axes (2M), `figure` for big figures, always of three digits (2.00M). */
export type NumberStyle = 'full' | 'compact' | 'figure';

const locale = 'en-US';
const plain: NumberFormat = { kind: 'number' };
const formatters = new Map<string, Intl.NumberFormat>();

/** What stands where there is no value. */
export const noValue = '–';

/** Writes a number for a reader. Null is written as a dash, never as zero. */
export function formatNumber(value: number | null, format: NumberFormat = plain, style: NumberStyle = 'full'): string {
  if (value === null || !Number.isFinite(value)) {
    return noValue;
  }
  return formatter(format, style, value).format(value).replace('-', '−');
}

/** A format whose numbers all have the same digits after the point, so that a column of them lines up. */
export function columnFormat(values: readonly (number | null)[], format: NumberFormat = plain): NumberFormat {
  if (format.decimals !== undefined || format.kind === 'percent') {
    return format;
  }
  const needed = values.map((value) => (value === null ? 0 : decimalsFor(format, Math.abs(value), false, 'full')));
  return { ...format, decimals: Math.max(0, ...needed) };
}

/** A relative change with its sign, such as `+12.4%`; null where the base gives it no meaning. */
export function relativeChange(value: number | null, base: number | null): number | null {
  return value === null || base === null || base === 0 ? null : (value - base) / Math.abs(base);
}

/** A change of a number with its sign: percent for amounts, points for percentages. */
export function formatChange(value: number | null, base: number | null, format: NumberFormat = plain): string {
  if (value === null || base === null) {
    return noValue;
  }
  if (format.kind === 'percent') {
    const points = (value - base) * 100;
    return `${sign(points, 1)}${Math.abs(points).toFixed(1)} pts`;
  }
  const change = relativeChange(value, base);
  if (change === null) {
    return noValue;
  }
  const percent = change * 100;
  const digits = Math.abs(percent) >= 100 ? 0 : 1;
  const grouped = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${sign(percent, digits)}${grouped.format(Math.abs(percent))}%`;
}

function sign(value: number, digits: number): string {
  const rounds = Math.abs(value) < 0.5 / 10 ** digits;
  return rounds ? '±' : value > 0 ? '+' : '−';
}

function formatter(format: NumberFormat, style: NumberStyle, value: number): Intl.NumberFormat {
  const size = Math.abs(value);
  const compact = style !== 'full' && format.kind !== 'percent' && size >= 10_000;
  const decimals = format.decimals ?? decimalsFor(format, size, compact, style);
  const key = `${format.kind}|${format.currency ?? ''}|${compact ? style : ''}|${decimals}|${format.decimals === undefined}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, {
      style: format.kind === 'currency' ? 'currency' : format.kind === 'percent' ? 'percent' : 'decimal',
      ...(format.kind === 'currency' ? { currency: format.currency ?? 'USD', currencyDisplay: 'narrowSymbol' } : {}),
      ...(compact ? { notation: 'compact', minimumSignificantDigits: style === 'figure' ? 3 : 1, maximumSignificantDigits: 3 } : {}),
      ...(compact
        ? {}
        : {
            minimumFractionDigits: format.decimals ?? (format.kind === 'number' ? 0 : decimals),
            maximumFractionDigits: decimals,
          }),
    });
    formatters.set(key, found);
  }
  return found;
}

function decimalsFor(format: NumberFormat, size: number, compact: boolean, style: NumberStyle): number {
  if (format.kind === 'percent') {
    return style === 'compact' && Number.isInteger(Math.round(size * 1e6) / 1e4) ? 0 : 1;
  }
  if (compact) {
    return 0;
  }
  return size >= (style === 'figure' ? 100 : 1_000) || Number.isInteger(size) ? 0 : 2;
}
