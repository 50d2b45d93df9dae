import { svg, html, type TemplateResult } from 'lit';

const icon = (paths: TemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">${paths}</svg>`;

export const icons = {
  more: icon(svg`<circle cx="3" cy="8" r="1.3"/><circle cx="8" cy="8" r="1.3"/><circle cx="13" cy="8" r="1.3"/>`),
  table: icon(
    svg`<path class="stroke" d="M2 3.5h12v9H2zM2 6.5h12M2 9.5h12M6.5 6.5v6"/>`,
  ),
  chart: icon(svg`<path class="stroke" d="M2.5 13.5h11M4 11V8M8 11V4M12 11V6"/>`),
  calendar: icon(svg`<path class="stroke" d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3"/>`),
  chevron: icon(svg`<path class="stroke" d="M4 6.5 8 10.5 12 6.5"/>`),
  close: icon(svg`<path class="stroke" d="M4 4l8 8M12 4l-8 8"/>`),
  up: icon(svg`<path class="stroke" d="M8 13V3.5M4 7.5l4-4 4 4"/>`),
  down: icon(svg`<path class="stroke" d="M8 3v9.5M4 8.5l4 4 4-4"/>`),
  flat: icon(svg`<path class="stroke" d="M3 8h10"/>`),
  warning: icon(svg`<path class="stroke" d="M8 2.5 14.5 13.5h-13zM8 6.5v3.2M8 11.4v.6"/>`),
} as const;
