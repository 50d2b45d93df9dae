import { isNumeric, isTemporal, type Table, type TableColumn } from '../table/table.js';
import type { Grain } from '../table/dates.js';
import type { NumberFormat } from '../table/numbers.js';

export type ChartKind = 'kpi' | 'line' | 'bar' | 'area' | 'pie' | 'funnel' | 'table';

/** What a column of a result means to a reader. */
export interface Field {
  readonly label: string;
  readonly role: 'time' | 'category' | 'metric';
  /** Only with `time`. */
  readonly grain?: Grain;
  /** Only with `metric`. */
  readonly format?: NumberFormat;
}

/** A chart as the dashboard's author defined it: how to draw, never what the numbers are. */
export interface Chart {
  readonly kind: ChartKind;
  readonly title: string;
  /** Series stand on each other. Only for metrics that may be added up. */
  readonly stack?: boolean;
  /** Bars lie even where their names would fit below. */
  readonly horizontal?: boolean;
  /** `given` keeps the order of the query, `value` puts the largest first. Periods always run forward. */
  readonly order?: 'given' | 'value';
  /** By column name. A column that is missing here is taken for what its type suggests. */
  readonly fields: Readonly<Record<string, Field>>;
}

/** The field of a column, guessed from its type where the author said nothing. */
export function fieldOf(chart: Chart, column: TableColumn): Field {
  return (
    chart.fields[column.name] ?? {
      label: inWords(column.name),
      role: isNumeric(column) ? 'metric' : isTemporal(column) ? 'time' : 'category',
      grain: 'day',
    }
  );
}

function inWords(name: string): string {
  const words = name.replace(/_+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Columns of one role, by their place in the table. */
export function columnsOf(chart: Chart, table: Table, role: Field['role']): { index: number; field: Field }[] {
  return table.columns
    .map((column, index) => ({ index, field: fieldOf(chart, column) }))
    .filter((column) => column.field.role === role);
}
