import { base, visible } from './cartesian.js';
import type { Drawing, Drawn } from './option.js';
import { cut } from './shape.js';
import { textWidth, truncate } from './text.js';
import { colorOf } from './theme.js';
import { formatNumber } from '../table/numbers.js';

/** Stages as centred bars on one scale: lengths compare, where the slanted sides of a classic funnel mislead. */
export function funnel(drawing: Drawing): Drawn {
  const { theme, size } = drawing;
  const shape = cut(drawing.shape, Math.max(3, Math.floor(size.height / 34)));
  const series = visible(shape, drawing.hidden)[0];
  const values = series?.values.map((value) => Math.max(0, value ?? 0)) ?? [];
  const largest = Math.max(1, ...values);
  const room = Math.min(size.width * 0.34, Math.max(40, ...shape.labels.map((label) => textWidth(label))) + 4);
  return {
    shape,
    option: {
      ...base({ ...drawing, shape }, false),
      grid: { left: room + 14, right: 76, top: 4, bottom: 4 },
      xAxis: { type: 'value', show: false, min: 0, max: largest },
      yAxis: {
        type: 'category',
        inverse: true,
        data: shape.labels,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: theme.text, fontSize: 12, margin: 12, interval: 0, formatter: (label: string) => truncate(label, room) },
      },
      series: [
        {
          type: 'bar',
          stack: 'all',
          silent: true,
          data: values.map((value) => (largest - value) / 2),
          itemStyle: { color: 'transparent' },
          barCategoryGap: '18%',
          barMaxWidth: 64,
          tooltip: { show: false },
        },
        {
          type: 'bar',
          stack: 'all',
          name: series?.name ?? '',
          data: values,
          color: colorOf(theme, 0),
          itemStyle: { borderRadius: 3 },
          emphasis: { disabled: true },
        },
        {
          type: 'bar',
          stack: 'all',
          silent: true,
          data: values.map((value) => (largest - value) / 2),
          itemStyle: { color: 'transparent' },
          tooltip: { show: false },
          label: {
            show: true,
            position: 'right',
            color: theme.text,
            fontSize: 12,
            formatter: ({ dataIndex }: { dataIndex: number }) =>
              `${formatNumber(values[dataIndex] ?? null, series?.field.format, 'compact')}\n{share|${share(values, dataIndex)}}`,
            rich: { share: { color: theme.muted, fontSize: 11, lineHeight: 15 } },
          },
        },
      ],
    },
  };
}

/** How much of the stage before comes this far. A stage may hold more than the one before. */
function share(values: readonly number[], place: number): string {
  const before = values[place - 1];
  return before === undefined || before === 0
    ? ' '
    : `${formatNumber((values[place] ?? 0) / before, { kind: 'percent', decimals: 0 })} of prev.`;
}
