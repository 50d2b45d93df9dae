import { formatDate } from '../table/dates.js';

/** Date ranges by name, as the URL and the API know them, in the groups in which a reader looks for them. */
export const presetGroups: readonly (readonly { readonly value: string; readonly label: string }[])[] = [
  [
    { value: 'last_7_days', label: 'Last 7 days' },
    { value: 'last_30_days', label: 'Last 30 days' },
    { value: 'last_90_days', label: 'Last 90 days' },
    { value: 'last_12_months', label: 'Last 12 months' },
  ],
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

const labels = new Map(presetGroups.flat().map((preset) => [preset.value, preset.label]));

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
  return labels.get(value) ?? value.replaceAll('_', ' ');
}
