import type { EChartsCoreOption } from 'echarts/core';
import { area } from './area.js';
import { bar } from './bar.js';
import type { Chart, ChartKind } from './chart.js';
import { funnel } from './funnel.js';
import { line } from './line.js';
import { pie } from './pie.js';
import { shape, type Shape } from './shape.js';
import type { Theme } from './theme.js';
import type { Table } from '../table/table.js';

/** The space a chart has, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a chart kind is given to draw with. */
export interface Drawing {
  readonly chart: Chart;
  readonly shape: Shape;
  readonly theme: Theme;
  readonly size: Size;
  /** Names of series that the reader switched off. */
  readonly hidden: ReadonlySet<string>;
}

/** An ECharts option, with what it could not show. */
export interface Drawn {
  readonly option: EChartsCoreOption;
  /** The layout that was drawn: the legend and the keyboard walk over it. */
  readonly shape: Shape;
}

/** Kinds that are drawn on a canvas; a KPI and a table are HTML. */
export type DrawnKind = Exclude<ChartKind, 'kpi' | 'table'>;

const kinds: Readonly<Record<DrawnKind, (drawing: Drawing) => Drawn>> = { line, bar, area, pie, funnel };

export const isDrawn = (kind: ChartKind): kind is DrawnKind => kind in kinds;

/**
 * The ECharts option of a chart over a result: a pure function of its arguments, which the browser and the exporter share.
 *
 * @throws RangeError for `kpi` and `table`, which are not drawn.
 */
export function toOption(
  chart: Chart,
  table: Table,
  theme: Theme,
  size: Size = { width: 640, height: 320 },
  hidden: ReadonlySet<string> = new Set(),
): Drawn {
  if (!isDrawn(chart.kind)) {
    throw new RangeError(`A ${chart.kind} is not drawn.`);
  }
  return kinds[chart.kind]({ chart, shape: shape(chart, table), theme, size, hidden });
}
