import { base, placeAxis, valueAxis, visible } from './cartesian.js';
import type { Drawing, Drawn } from './option.js';
import { colorOf } from './theme.js';

export function area(drawing: Drawing): Drawn {
  const { shape, theme, hidden, chart } = drawing;
  const stacked = chart.stack === true;
  return {
    shape,
    option: {
      ...base(drawing, true),
      xAxis: placeAxis(drawing, shape.labels.length > 1),
      yAxis: valueAxis(drawing, true),
      series: visible(shape, hidden).map((series) => ({
        type: 'line',
        name: series.name,
        data: series.values,
        color: colorOf(theme, series.color),
        ...(stacked ? { stack: 'all' } : {}),
        // In a stack a thin seam in the surface's colour parts the areas; alone, the line itself is read.
        lineStyle: stacked ? { width: 1, color: theme.surface } : { width: 2 },
        areaStyle: { opacity: stacked ? 0.88 : 0.16 },
        symbol: 'circle',
        symbolSize: 7,
        showSymbol: shape.labels.length === 1,
        emphasis: { disabled: true },
      })),
    },
  };
}
