import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FilterDefinition } from './definition.js';
import { icons } from './icons.js';
import { LightElement } from './light.js';
import { closeMenu, menuToggled } from './menu.js';
import { presetGroups, rangeEnds, rangeLabel } from './presets.js';
import { formatDate } from '../table/dates.js';

/**
 * Chooses a date range: a preset or two dates.
 *
 * @fires choose - the value as the URL carries it
 */
@customElement('hw-date-filter')
export class DateFilter extends LightElement {
  @property({ attribute: false }) filter!: FilterDefinition;
  @property() value = '';
  /** What the server took the value to mean, once it has answered. */
  @property({ attribute: false }) resolved: { readonly from?: string; readonly to?: string } | undefined;
  @state() private wrong = '';

  protected override render() {
    const ends = rangeEnds(this.value) ?? { from: this.resolved?.from ?? '', to: this.resolved?.to ?? '' };
    const meaning =
      !rangeEnds(this.value) && this.resolved?.from && this.resolved.to
        ? `${formatDate(this.resolved.from)} – ${formatDate(this.resolved.to)}`
        : '';
    return html`<details class="menu filter" @toggle=${menuToggled}>
      <summary class="chip" title=${meaning || nothing}>
        ${icons.calendar}<span class="chip-label">${this.filter.label}</span>
        <span class="chip-value">${rangeLabel(this.value)}</span>${icons.chevron}
      </summary>
      <div class="menu-panel dates">
        <div class="presets" role="group" aria-label="Presets">
          ${presetGroups(this.filter.default).map(
            (group) => html`<div class="preset-group">
              ${group.map(
                (preset) => html`<button
                  type="button"
                  class="preset"
                  aria-pressed=${preset.value === this.value}
                  ?data-first=${preset.value === this.value}
                  @click=${(event: Event) => this.choose(preset.value, event)}
                >
                  ${preset.label}
                </button>`,
              )}
            </div>`,
          )}
        </div>
        <form class="custom-range" novalidate @submit=${this.submit}>
          <label>From <input type="date" name="from" .value=${ends.from} /></label>
          <label>To <input type="date" name="to" .value=${ends.to} /></label>
          <p class="field-error" role="alert">${this.wrong}</p>
          <button class="button primary" type="submit">Apply</button>
        </form>
      </div>
    </details>`;
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const [from, to] = [String(form.get('from') ?? ''), String(form.get('to') ?? '')];
    this.wrong = from === '' && to === '' ? 'Give at least one date.' : from !== '' && to !== '' && from > to ? '“From” is after “To”.' : '';
    if (this.wrong === '') {
      this.choose(`${from}..${to}`, event);
    }
  }

  private choose(value: string, event: Event): void {
    this.wrong = '';
    closeMenu(event.target);
    this.dispatchEvent(new CustomEvent('choose', { detail: value }));
  }
}
