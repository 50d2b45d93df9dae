/** A value as JSON carries it. Dates and timestamps are ISO 8601 text, decimals beyond a double's reach are text. */
export type Cell = string | number | boolean | null;

export interface TableColumn {
  readonly name: string;
  /** The warehouse's type name in lower case, such as `int64`, `decimal`, `date` or `text`. */
  readonly type: string;
}

/** A result as the API sends it: columns and rows in the order of the query. */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** True if a limit cut the result short. */
  readonly truncated?: boolean;
}

const numeric = /^(u?int|decimal|float|double|hugeint|bigint|numeric|real)/i;
const temporal = /^(date|timestamp)/i;

export const isNumeric = (column: TableColumn): boolean => numeric.test(column.type);

export const isTemporal = (column: TableColumn): boolean => temporal.test(column.type);

/** The number in a cell, or null if it holds none. Text that is a number (a wide decimal) counts. */
export function toNumber(cell: Cell | undefined): number | null {
  if (typeof cell === 'number') {
    return Number.isFinite(cell) ? cell : null;
  }
  if (typeof cell === 'string' && cell.trim() !== '') {
    const value = Number(cell);
    return Number.isFinite(value) ? value : null;
  }
  return null;
}
