import type { EChartsCoreOption } from 'echarts/core';
import type { Drawing } from './option.js';
import { total, type Series, type Shape } from './shape.js';
import { tipElement } from './tooltip.js';
import { ticks } from './ticks.js';
import { truncate } from './text.js';
import { formatNumber, type NumberStyle } from '../table/numbers.js';

/** Room for the value axis's labels, in pixels. */
export const valueRoom = 48;

/** What all charts with two axes share: font, grid, tooltip, no animation of data that merely refreshed. */
export function base(
  { theme, shape, chart, hidden }: Drawing,
  stackTotal: boolean,
  pointer: object = { type: 'line', lineStyle: { color: theme.axis, type: 'solid' } },
): EChartsCoreOption {
  const shown = visible(shape, hidden);
  return {
    animationDuration: 250,
    animationDurationUpdate: 200,
    textStyle: { fontFamily: theme.font, color: theme.text },
    grid: { left: 4, right: 12, top: 12, bottom: 4, containLabel: true, outerBoundsMode: 'same' },
    tooltip: {
      trigger: 'axis',
      axisPointer: pointer,
      confine: true,
      className: 'tip-box',
      backgroundColor: theme.surface,
      borderColor: theme.axis,
      borderWidth: 1,
      padding: 0,
      extraCssText: '',
      transitionDuration: 0,
      formatter: (points: { dataIndex: number } | { dataIndex: number }[]) => {
        const place = (Array.isArray(points) ? points[0] : points)?.dataIndex ?? 0;
        return tipElement(tipAt(shape, shown, place, stackTotal && chart.stack === true));
      },
    },
  };
}

/** The words at one place of the axis, for the tooltip and for a screen reader. */
export function tipAt(shape: Shape, shown: readonly Series[], place: number, withTotal: boolean) {
  const lines = shown
    .map((series) => ({ series, value: series.values[place] ?? null }))
    .filter((line) => line.value !== null)
    .map((line) => ({
      color: line.series.color,
      name: line.series.name,
      value: formatNumber(line.value, line.series.field.format),
    }));
  const sum = total(shown.map((series) => series.values[place] ?? null));
  const heading = shape.labels[place] ?? '';
  return withTotal && lines.length > 1
    ? { heading, lines, total: formatNumber(sum, shown[0]?.field.format) }
    : { heading, lines };
}

export const visible = (shape: Shape, hidden: ReadonlySet<string>): readonly Series[] =>
  shape.series.filter((series) => !hidden.has(series.name));

/** The axis that carries periods or categories. */
export function placeAxis({ shape, theme, size, chart }: Drawing, edge: boolean) {
  const width = size.width - valueRoom - 16;
  const grain = shape.axis?.grain ?? 'day';
  const room = width / Math.max(1, shape.labels.length);
  const labels = shape.dates ? ticks(shape.dates, grain, width) : shape.labels.map((label) => truncate(label, room - 8));
  return {
    type: 'category',
    data: shape.labels,
    boundaryGap: !edge,
    name: chart.fields['']?.label,
    axisLine: { lineStyle: { color: theme.axis } },
    axisTick: { show: false },
    axisLabel: {
      color: theme.muted,
      fontSize: 12,
      lineHeight: 16,
      margin: 8,
      hideOverlap: true,
      alignMinLabel: edge ? 'left' : undefined,
      alignMaxLabel: edge ? 'right' : undefined,
      interval: (place: number) => labels[place] !== '',
      formatter: (_: string, place: number) => labels[place] ?? '',
      rich: { year: { color: theme.text, fontSize: 12, fontWeight: 600, lineHeight: 16 } },
    },
  };
}

/** The axis that carries values; `fromZero` must hold wherever length or area is read. */
export function valueAxis({ theme, shape, size }: Drawing, fromZero: boolean, along: 'x' | 'y' = 'y') {
  const format = shape.series[0]?.field.format;
  const style: NumberStyle = 'compact';
  const length = along === 'y' ? size.height : size.width;
  return {
    type: 'value',
    scale: !fromZero,
    splitNumber: Math.max(2, Math.min(5, Math.floor(length / (along === 'y' ? 60 : 110)))),
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.grid } },
    axisLabel: {
      color: theme.muted,
      fontSize: 12,
      margin: 8,
      hideOverlap: true,
      formatter: (value: number) => formatNumber(value, format, style),
    },
  };
}
