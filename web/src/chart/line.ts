import { base, placeAxis, valueAxis, visible } from './cartesian.js';
import type { Drawing, Drawn } from './option.js';
import { colorOf } from './theme.js';

/** Below this share of the largest value, the smallest is far enough from zero for the axis to leave zero out. */
const flatShare = 0.7;

export function line(drawing: Drawing): Drawn {
  const { shape, theme, hidden } = drawing;
  const shown = visible(shape, hidden);
  const values = shown.flatMap((series) => series.values.filter((value) => value !== null));
  const far = values.length > 1 && Math.min(...values) > flatShare * Math.max(...values);
  return {
    shape,
    option: {
      ...base(drawing, false),
      xAxis: placeAxis(drawing, shape.dates !== undefined && shape.labels.length > 1),
      yAxis: valueAxis(drawing, !far),
      series: shown.map((series) => ({
        type: 'line',
        name: series.name,
        data: series.values,
        color: colorOf(theme, series.color),
        lineStyle: { width: 2, cap: 'round', join: 'round' },
        symbol: 'circle',
        symbolSize: 7,
        showSymbol: lonely(series.values),
        emphasis: { disabled: false, focus: 'none', itemStyle: { borderWidth: 2, borderColor: theme.surface } },
        connectNulls: false,
      })),
    },
  };
}

/** A value between two gaps has no line to be seen by, so such a series shows its points. */
function lonely(values: readonly (number | null)[]): boolean {
  return values.some((value, at) => value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null);
}
