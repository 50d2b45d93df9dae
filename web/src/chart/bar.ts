import { base, placeAxis, valueAxis, visible } from './cartesian.js';
import type { Drawing, Drawn } from './option.js';
import { cut, total } from './shape.js';
import { textWidth, truncate } from './text.js';
import { colorOf } from './theme.js';
import { formatNumber } from '../table/numbers.js';

/** Height that one horizontal bar needs, in pixels. */
const rowHeight = 26;

/** The place under the pointer, as a soft band behind its bars. */
const band = ({ theme }: Drawing) => ({ type: 'shadow', shadowStyle: { color: theme.axis, opacity: 0.22 } });

/** Bars over time stand; bars over categories lie as soon as their names need the room. */
export function bar(drawing: Drawing): Drawn {
  const lies = drawing.chart.horizontal === true || !namesFit(drawing);
  return drawing.shape.dates || !lies ? standing(drawing) : lying(drawing);
}

function namesFit({ shape, size }: Drawing): boolean {
  const room = (size.width - 64) / Math.max(1, shape.labels.length);
  return shape.labels.length <= 12 && shape.labels.every((label) => textWidth(label) <= room - 8);
}

function standing(drawing: Drawing): Drawn {
  const { shape, theme, hidden, chart } = drawing;
  const shown = visible(shape, hidden);
  return {
    shape,
    option: {
      ...base(drawing, true, band(drawing)),
      xAxis: placeAxis(drawing, false),
      yAxis: valueAxis(drawing, true),
      series: shown.map((series, at) => ({
        type: 'bar',
        name: series.name,
        data: series.values,
        color: colorOf(theme, series.color),
        ...(chart.stack ? { stack: 'all' } : {}),
        barMaxWidth: 44,
        barCategoryGap: '28%',
        barGap: '8%',
        itemStyle: {
          borderRadius: !chart.stack || at === shown.length - 1 ? [3, 3, 0, 0] : 0,
          borderColor: theme.surface,
          borderWidth: chart.stack ? 1 : 0,
        },
        emphasis: { disabled: true },
      })),
    },
  };
}

function lying(drawing: Drawing): Drawn {
  const { theme, hidden, size, chart } = drawing;
  const perPlace = chart.stack ? 1 : Math.max(1, drawing.shape.series.length);
  const places = Math.max(3, Math.floor((size.height - 16) / (rowHeight * Math.max(1, perPlace * 0.7))));
  const shape = cut(drawing.shape, places);
  const shown = visible(shape, hidden);
  const room = Math.min(size.width * 0.38, Math.max(...shape.labels.map((label) => textWidth(label))) + 4);
  const single = shown.length === 1 || chart.stack === true;
  const sums = shape.labels.map((_, place) => total(shown.map((series) => series.values[place] ?? null)));
  return {
    shape,
    option: {
      ...base({ ...drawing, shape }, true, band(drawing)),
      grid: { left: room + 12, right: single ? 64 : 12, top: 4, bottom: 4 },
      // No axis is drawn, so none needs round numbers: the longest bar takes the width.
      xAxis: {
        ...valueAxis(drawing, true, 'x'),
        show: false,
        min: ({ min }: { min: number }) => Math.min(0, min),
        max: ({ max }: { max: number }) => Math.max(0, max),
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: shape.labels,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          color: theme.text,
          fontSize: 12,
          margin: 10,
          interval: 0,
          formatter: (label: string) => truncate(label, room),
        },
      },
      series: shown.map((series, at) => ({
        type: 'bar',
        name: series.name,
        data: series.values,
        color: colorOf(theme, series.color),
        ...(chart.stack ? { stack: 'all' } : {}),
        barMaxWidth: 32,
        barCategoryGap: '24%',
        barGap: '8%',
        itemStyle: { borderRadius: !chart.stack || at === shown.length - 1 ? [0, 3, 3, 0] : 0 },
        emphasis: { disabled: true },
        label: {
          show: single ? at === shown.length - 1 : true,
          position: 'right',
          color: theme.muted,
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            formatNumber(
              single ? (sums[dataIndex] ?? null) : (series.values[dataIndex] ?? null),
              series.field.format,
              'figure',
            ),
        },
      })),
    },
  };
}
