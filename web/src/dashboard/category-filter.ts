import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FilterDefinition } from './definition.js';
import { icons } from './icons.js';
import { LightElement } from './light.js';
import { menuToggled } from './menu.js';
import { joinValues, nullValue, splitValues } from './state.js';
import { getJson } from './stream.js';
import { emptyLabel } from '../chart/shape.js';

/** Time without a keystroke after which a search is sent, in milliseconds. */
const searchPause = 180;

/**
 * Chooses values of a dimension, found by search.
 *
 * @fires choose - the value as the URL carries it
 */
@customElement('hw-category-filter')
export class CategoryFilter extends LightElement {
  @property({ attribute: false }) filter!: FilterDefinition;
  @property() value = '';
  @state() private found: readonly (string | null)[] | undefined;
  @state() private failed = false;

  private searching: AbortController | undefined;
  private pause = 0;

  protected override render() {
    const chosen = splitValues(this.value);
    const found = (this.found ?? []).map((value) => value ?? nullValue);
    const listed = [...chosen.filter((value) => !found.includes(value)), ...found];
    return html`<details class="menu filter" @toggle=${this.toggled}>
      <summary class="chip ${chosen.length > 0 ? 'active' : ''}" title=${chosen.map(named).join(', ') || nothing}>
        <span class="chip-label">${this.filter.label}</span>
        <span class="chip-value">${summary(chosen)}</span>${icons.chevron}
      </summary>
      <div class="menu-panel values">
        <input
          type="search"
          data-first
          placeholder="Search"
          aria-label="Search ${this.filter.label}"
          autocomplete="off"
          @input=${this.typed}
        />
        <ul class="value-list" aria-label=${this.filter.label}>
          ${this.failed ? html`<li class="muted pad">The values could not be loaded.</li>` : nothing}
          ${!this.failed && this.found !== undefined && listed.length === 0
            ? html`<li class="muted pad">Nothing found.</li>`
            : nothing}
          ${listed.map(
            (value) => html`<li>
              <label class="value" title=${named(value)}>
                <input type="checkbox" .checked=${chosen.includes(value)} @change=${() => this.toggle(value)} />
                <span class=${value === nullValue ? 'muted' : ''}>${named(value)}</span>
              </label>
            </li>`,
          )}
        </ul>
        <div class="panel-foot">
          <button type="button" class="button small" ?disabled=${chosen.length === 0} @click=${() => this.choose([])}>Clear</button>
        </div>
      </div>
    </details>`;
  }

  private toggled(event: Event): void {
    menuToggled(event);
    if ((event.currentTarget as HTMLDetailsElement).open) {
      void this.search('');
    }
  }

  private typed(event: Event): void {
    const text = (event.target as HTMLInputElement).value;
    window.clearTimeout(this.pause);
    this.pause = window.setTimeout(() => void this.search(text), searchPause);
  }

  private async search(text: string): Promise<void> {
    this.searching?.abort();
    const searching = (this.searching = new AbortController());
    const path = `/api/v1/dimensions/${encodeURIComponent(this.filter.dimension)}/values?search=${encodeURIComponent(text)}`;
    try {
      const answer = await getJson<{ values: readonly (string | null)[] }>(path, searching.signal);
      // A dimension's own table does not know of the facts that have none of its values: their absence can always be asked for.
      this.found = text === '' && !answer.values.includes(null) ? [...answer.values, null] : answer.values;
      this.failed = false;
    } catch {
      this.failed = !searching.signal.aborted;
    }
  }

  private toggle(value: string): void {
    const chosen = splitValues(this.value);
    this.choose(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  }

  private choose(values: readonly string[]): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: joinValues(values) }));
  }
}

const named = (value: string): string => (value === nullValue || value === '' ? emptyLabel : value);

function summary(chosen: readonly string[]): string {
  const [first] = chosen;
  return first === undefined ? 'All' : chosen.length === 1 ? named(first) : `${named(first)} +${chosen.length - 1}`;
}
