import type { ECharts } from 'echarts/core';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LightElement } from './light.js';
import type { Chart } from '../chart/chart.js';
import { tipAt, visible } from '../chart/cartesian.js';
import { describe } from '../chart/describe.js';
import { toOption, type Drawn, type Size } from '../chart/option.js';
import { dark, light } from '../chart/theme.js';
import { swatch } from '../chart/tooltip.js';
import { isDark, themeChanged } from '../page/theme.js';
import type { Table } from '../table/table.js';

/**
 * A drawn chart with its legend, its text alternative, and arrow keys that walk from point to point.
 *
 * @fires pick - `{column, label}` when a place on a category axis is clicked
 */
@customElement('hw-chart')
export class ChartView extends LightElement {
  @property({ attribute: false }) chart!: Chart;
  @property({ attribute: false }) table!: Table;
  @state() private hiddenSeries: ReadonlySet<string> = new Set();
  @state() private spoken = '';
  @state() private drawn: Drawn | undefined;

  private canvas: ECharts | undefined;
  private size: Size = { width: 640, height: 320 };
  private place = -1;
  private readonly resized = new ResizeObserver(() => this.draw());
  private readonly rethemed = () => this.draw();

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener(themeChanged, this.rethemed);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.rethemed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener(themeChanged, this.rethemed);
    matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.rethemed);
    this.resized.disconnect();
    this.canvas?.dispose();
    this.canvas = undefined;
  }

  // The legend stands before the canvas is measured, so that the first drawing has the size that stays.
  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('chart') || changed.has('table')) {
      this.drawn = toOption(this.chart, this.table, light, this.size, this.hiddenSeries);
    }
  }

  protected override render() {
    const shape = this.drawn?.shape;
    const many = (shape?.series.length ?? 0) > 1;
    return html`
      ${many
        ? html`<ul class="legend" aria-label="Series">
            ${shape?.series.map(
              (series) => html`<li>
                <button
                  type="button"
                  class="legend-item"
                  aria-pressed=${!this.hiddenSeries.has(series.name)}
                  title=${series.name}
                  @click=${() => this.toggle(series.name)}
                >
                  <span class="swatch ${swatch(series.color)}"></span><span class="legend-name">${series.name}</span>
                </button>
              </li>`,
            )}
          </ul>`
        : nothing}
      <div
        class="canvas"
        role="img"
        tabindex="0"
        aria-label=${describe(this.chart, this.table)}
        @keydown=${this.walk}
        @blur=${this.leave}
      ></div>
      <p class="visually-hidden" aria-live="polite">${this.spoken}</p>
      ${shape && shape.notes.length > 0 ? html`<p class="tile-note">${shape.notes.join(' ')}</p>` : nothing}
    `;
  }

  protected override firstUpdated(): void {
    const element = this.querySelector<HTMLElement>('.canvas');
    if (element) {
      this.resized.observe(element);
    }
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('chart') || changed.has('table') || changed.has('hiddenSeries')) {
      this.draw();
    }
  }

  private draw(): void {
    const element = this.querySelector<HTMLElement>('.canvas');
    if (!element || element.clientWidth === 0 || element.clientHeight === 0) {
      return;
    }
    void import('../chart/canvas.js').then(({ openCanvas }) => {
      if (!this.isConnected) {
        return;
      }
      const size = (this.size = { width: element.clientWidth, height: element.clientHeight });
      this.canvas ??= this.open(openCanvas(element));
      if (this.canvas.getWidth() !== size.width || this.canvas.getHeight() !== size.height) {
        this.canvas.resize({ ...size, animation: { duration: 0 } });
      }
      const drawn = toOption(this.chart, this.table, isDark() ? dark : light, size, this.hiddenSeries);
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      this.canvas.setOption({ ...drawn.option, ...(calm ? { animation: false } : {}) }, { notMerge: true });
      // The legend and notes follow the drawing; their own height may resize the canvas, which draws once more and settles.
      if (!sameLegend(this.drawn, drawn)) {
        this.drawn = drawn;
      }
    });
  }

  private open(canvas: ECharts): ECharts {
    canvas.on('click', (event) => {
      const axis = this.drawn?.shape;
      const column = Object.entries(this.chart.fields).find(([, field]) => field === axis?.axis)?.[0];
      if (column && axis && axis.axis?.role === 'category') {
        const label = axis.labels[event.dataIndex] ?? '';
        this.dispatchEvent(new CustomEvent('pick', { detail: { column, label }, bubbles: true }));
      }
    });
    return canvas;
  }

  private toggle(name: string): void {
    const next = new Set(this.hiddenSeries);
    if (!next.delete(name)) {
      next.add(name);
    }
    this.hiddenSeries = next.size === this.drawn?.shape.series.length ? new Set() : next;
  }

  private walk(event: KeyboardEvent): void {
    const shape = this.drawn?.shape;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (!shape || step === undefined || this.chart.kind === 'pie') {
      return;
    }
    event.preventDefault();
    this.place = Math.max(0, Math.min(shape.labels.length - 1, this.place + step));
    const seriesIndex = this.chart.kind === 'funnel' ? 1 : 0;
    this.canvas?.dispatchAction({ type: 'showTip', seriesIndex, dataIndex: this.place });
    const tip = tipAt(shape, visible(shape, this.hiddenSeries), this.place, false);
    this.spoken = `${tip.heading}: ${tip.lines.map((line) => `${line.name} ${line.value}`).join(', ')}`;
  }

  private leave(): void {
    this.place = -1;
    this.canvas?.dispatchAction({ type: 'hideTip' });
  }
}

function sameLegend(before: Drawn | undefined, after: Drawn): boolean {
  const text = (drawn: Drawn) => JSON.stringify([drawn.shape.labels, drawn.shape.series, drawn.shape.notes]);
  return before !== undefined && text(before) === text(after);
}
