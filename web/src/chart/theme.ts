/** Colours and type of a chart. The style sheet carries the same values, so that HTML legends match the canvas. */
export interface Theme {
  readonly name: 'light' | 'dark';
  /** Categorical colours in order of use: at least 3:1 against the surface, told apart without red–green vision. */
  readonly colors: readonly string[];
  /** What is gathered as "Other". */
  readonly other: string;
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly axis: string;
  readonly font: string;
}

const font =
  'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif';

export const light: Theme = {
  name: 'light',
  colors: ['#0b6e99', '#c8731c', '#2f9e7e', '#7a5195', '#c94f6d', '#4f93cc', '#8a6d1f', '#3d5a80'],
  other: '#7b8794',
  surface: '#ffffff',
  text: '#16222c',
  muted: '#566573',
  grid: '#e8ecef',
  axis: '#c3ccd3',
  font,
};

export const dark: Theme = {
  name: 'dark',
  colors: ['#4fb3dc', '#f0a35a', '#57c7a3', '#b694d6', '#ec8aa2', '#8fbfec', '#d0b45c', '#8ea8cf'],
  other: '#8c99a5',
  surface: '#141c22',
  text: '#e7edf1',
  muted: '#9fb0bc',
  grid: '#222d35',
  axis: '#3a4852',
  font,
};

/** The colour of the n-th series, from 0; past the last colour they repeat. */
export const colorOf = (theme: Theme, index: number): string =>
  index < 0 ? theme.other : (theme.colors[index % theme.colors.length] ?? theme.text);
