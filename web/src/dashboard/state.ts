import type { FilterDefinition } from './definition.js';

/** The chosen value of each filter that differs from its default, by dimension. */
export type FilterState = ReadonlyMap<string, string>;

/** Reads the filters of a dashboard from a query string; names that are no filter are ignored. */
export function readState(search: string, filters: readonly FilterDefinition[]): FilterState {
  const query = new URLSearchParams(search);
  const state = new Map<string, string>();
  for (const filter of filters) {
    const value = query.getAll(filter.dimension).join(',');
    if (query.has(filter.dimension) && value !== filter.default) {
      state.set(filter.dimension, value);
    }
  }
  return state;
}

/** The query string of a state, with its question mark, or empty. Other names of `search` are kept. */
export function writeState(state: FilterState, filters: readonly FilterDefinition[], search = ''): string {
  const query = new URLSearchParams(search);
  for (const filter of filters) {
    query.delete(filter.dimension);
    const value = state.get(filter.dimension);
    if (value !== undefined && value !== filter.default) {
      query.set(filter.dimension, value);
    }
  }
  // A comma between values is easier read, and legal, as itself.
  const text = query.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** A state with one filter set, or back at its default. */
export function withFilter(state: FilterState, filter: FilterDefinition, value: string): FilterState {
  const next = new Map(state);
  if (value === filter.default) {
    next.delete(filter.dimension);
  } else {
    next.set(filter.dimension, value);
  }
  return next;
}

/** How the URL writes the absence of a value. */
export const nullValue = '\\N';

/** The members of a category filter. A comma or backslash within a value is written with a backslash before it. */
export function splitValues(text: string): string[] {
  if (text === '') {
    return [];
  }
  const values: string[] = [];
  let value = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (letter === '\\' && text[at + 1] === 'N') {
      value += nullValue;
      at++;
    } else if (letter === '\\' && at + 1 < text.length) {
      value += text[++at] ?? '';
    } else if (letter === ',') {
      values.push(value);
      value = '';
    } else {
      value += letter;
    }
  }
  values.push(value);
  return values;
}

export const joinValues = (values: readonly string[]): string =>
  values.map((value) => (value === nullValue ? value : value.replace(/[\\,]/g, '\\$&'))).join(',');
