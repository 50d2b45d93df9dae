import { formatDate } from '../table/dates.js';

interface Preset {
  readonly value: string;
  readonly label: string;
}

const rolling = (word: string): readonly Preset[] =>
  ['7 days', '30 days', '90 days', '12 months'].map((length) => ({
    value: `${word.toLowerCase()}_${length.replace(' ', '_')}`,
    label: `${word} ${length}`,
  }));

const calendar: readonly (readonly Preset[])[] = [
  [
    { value: 'this_month', label: 'This month' },
    { value: 'this_quarter', label: 'This quarter' },
    { value: 'this_year', label: 'This year' },
  ],
  [
    { value: 'previous_month', label: 'Previous month' },
    { value: 'previous_quarter', label: 'Previous quarter' },
    { value: 'previous_year', label: 'Previous year' },
  ],
  [{ value: 'all', label: 'All time' }],
];

/**
 * Date ranges by name, as the URL and the API know them, in the groups in which a reader looks for them. Where the dashboard counts from
 * its newest data (`latest …`), so do the rolling ranges.
 */
export function presetGroups(byDefault: string): readonly (readonly Preset[])[] {
  return [rolling(byDefault.startsWith('latest') ? 'Latest' : 'Last'), ...calendar];
}

const labels = new Map([...rolling('Last'), ...rolling('Latest'), ...calendar.flat()].map((preset) => [preset.value, preset.label]));

/** The two ends of a custom range `2017-01-01..2017-03-31`, either of which may be open. */
export function rangeEnds(value: string): { from: string; to: string } | null {
  const match = /^(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?$/.exec(value);
  return match && (match[1] ?? match[2]) !== undefined ? { from: match[1] ?? '', to: match[2] ?? '' } : null;
}

/** A date range in words. */
export function rangeLabel(value: string): string {
  const ends = rangeEnds(value);
  if (ends) {
    return ends.from === ''
      ? `Until ${formatDate(ends.to)}`
      : ends.to === ''
        ? `Since ${formatDate(ends.from)}`
        : `${formatDate(ends.from)} – ${formatDate(ends.to)}`;
  }
  const words = value.replaceAll('_', ' ');
  return labels.get(value) ?? words.charAt(0).toUpperCase() + words.slice(1);
}
