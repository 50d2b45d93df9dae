import { base } from './cartesian.js';
import type { Drawing, Drawn } from './option.js';
import { total, type Shape } from './shape.js';
import { tipElement } from './tooltip.js';
import { colorOf } from './theme.js';
import { formatNumber } from '../table/numbers.js';

/** Most slices an eye compares; the rest is gathered. */
const maxSlices = 6;

/** Parts of a whole as a ring, with the whole in the middle. Each slice becomes a series, so that the legend names and hides it. */
export function pie(drawing: Drawing): Drawn {
  const { theme, size, hidden } = drawing;
  const shape = slices(drawing.shape);
  const format = shape.series[0]?.field.format;
  const shown = shape.series.filter((slice) => !hidden.has(slice.name));
  const whole = total(shown.map((slice) => slice.values[0] ?? null));
  const radius = Math.max(40, Math.min(130, Math.min(size.width, size.height) / 2 - 8));
  return {
    shape,
    option: {
      ...base(drawing, false),
      tooltip: {
        ...(base(drawing, false)['tooltip'] as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const slice = shown[dataIndex];
          const value = slice?.values[0] ?? null;
          return tipElement({
            heading: slice?.name ?? '',
            lines: [
              { color: slice?.color ?? -1, name: slice?.field.label ?? '', value: formatNumber(value, format) },
              { color: slice?.color ?? -1, name: 'Share', value: formatNumber(part(value, whole), { kind: 'percent' }) },
            ],
          });
        },
      },
      title: {
        text: formatNumber(whole, format, 'figure'),
        subtext: 'Total',
        left: 'center',
        top: 'middle',
        itemGap: 4,
        textStyle: { color: theme.text, fontSize: 20, lineHeight: 26, fontWeight: 600, fontFamily: theme.font },
        subtextStyle: { color: theme.muted, fontSize: 12, lineHeight: 16, fontFamily: theme.font },
      },
      series: [
        {
          type: 'pie',
          radius: [radius * 0.62, radius],
          startAngle: 90,
          label: { show: false },
          labelLine: { show: false },
          itemStyle: { borderColor: theme.surface, borderWidth: 2 },
          emphasis: { scale: false },
          data: shown.map((slice) => ({
            name: slice.name,
            value: slice.values[0] ?? 0,
            itemStyle: { color: colorOf(theme, slice.color) },
          })),
        },
      ],
    },
  };
}

const part = (value: number | null, whole: number): number | null => (value === null || whole === 0 ? null : value / whole);

function slices(laid: Shape): Shape {
  const [first] = laid.series;
  if (!first) {
    return laid;
  }
  const all = laid.labels
    .map((name, place) => ({ name, value: first.values[place] ?? null }))
    .filter((slice) => (slice.value ?? 0) > 0);
  const kept = all.length > maxSlices ? all.slice(0, maxSlices - 1) : all;
  const rest = all.slice(kept.length);
  const series = kept.map((slice, color) => ({ name: slice.name, color, field: first.field, values: [slice.value] }));
  return {
    ...laid,
    labels: [first.field.label],
    series:
      rest.length === 0
        ? series
        : [
            ...series,
            {
              name: `Other (${rest.length})`,
              color: -1,
              field: first.field,
              values: [total(rest.map((slice) => slice.value))],
            },
          ],
  };
}
