import type { Chart } from '../chart/chart.js';

/** A dashboard as the server describes it to the page. Numbers come later, tile by tile. */
export interface DashboardDefinition {
  readonly name: string;
  readonly title: string;
  readonly filters: readonly FilterDefinition[];
  readonly rows: readonly RowDefinition[];
}

export interface FilterDefinition {
  /** The dimension, which is also the name in the URL. */
  readonly dimension: string;
  readonly label: string;
  readonly kind: 'time' | 'category';
  /** The value that holds when the URL names none: a preset for time, empty for a category. */
  readonly default: string;
}

export interface RowDefinition {
  readonly tiles: readonly TileDefinition[];
}

export interface TileDefinition {
  readonly id: string;
  /** Columns of twelve. */
  readonly width: number;
  readonly description?: string;
  readonly chart: Chart;
  /** For a KPI, whether more is good news. */
  readonly better?: 'up' | 'down' | 'neither';
}
