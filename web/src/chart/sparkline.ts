/** A sparkline as SVG paths in its own units. */
export interface Sparkline {
  readonly line: string;
  readonly area: string;
  /** The last point, which the big number stands for. */
  readonly end: { readonly x: number; readonly y: number } | undefined;
}

/** Paths over values spaced evenly from left to right; gaps stay gaps. Fewer than two values make no line. */
export function sparkline(values: readonly (number | null)[], width: number, height: number, inset = 5): Sparkline {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) {
    return { line: '', area: '', end: undefined };
  }
  const low = Math.min(...known);
  const high = Math.max(...known);
  const spread = high - low;
  const x = (place: number) => round(inset + (place * (width - 2 * inset)) / (values.length - 1));
  const y = (value: number) =>
    round(spread === 0 ? height / 2 : height - inset - ((value - low) / spread) * (height - 2 * inset));

  let line = '';
  let area = '';
  let start: number | undefined;
  values.forEach((value, place) => {
    if (value === null) {
      return;
    }
    const joins = (values[place - 1] ?? null) !== null;
    line += `${joins ? 'L' : 'M'}${x(place)} ${y(value)}`;
    start ??= place;
    if (!joins) {
      start = place;
      area += `M${x(place)} ${height}`;
    }
    area += `L${x(place)} ${y(value)}`;
    if ((values[place + 1] ?? null) === null) {
      area += `L${x(place)} ${height}Z`;
    }
  });
  const last = values.findLastIndex((value) => value !== null);
  return { line, area, end: { x: x(last), y: y(values[last] ?? 0) } };
}

const round = (value: number): number => Math.round(value * 100) / 100;
