import { html, nothing, render, type TemplateResult } from 'lit';
import './data-table.js';
import type { TileDefinition } from './definition.js';
import { icons } from './icons.js';
import { getJson, ProblemError, type Problem } from './stream.js';
import type { Table } from '../table/table.js';

/** Shows the rows behind a tile. */
export function openRows(tile: TileDefinition, path: string): void {
  open(`Rows behind “${tile.chart.title}”`, path, (table: Table) =>
    table.rows.length === 0
      ? html`<p class="tile-empty">No rows for these filters.</p>`
      : html`<hw-data-table
          .chart=${{ ...tile.chart, fields: {} }}
          .table=${table}
          caption="Rows behind ${tile.chart.title}"
        ></hw-data-table>`,
  );
}

/** Shows the statement that a tile's numbers come from. */
export function openSql(tile: TileDefinition, path: string): void {
  open(`SQL of “${tile.chart.title}”`, path, (answer: { sql: string; parameters?: readonly unknown[] }) => {
    const parameters = answer.parameters ?? [];
    return html`
      <pre class="sql" tabindex="0"><code>${answer.sql}</code></pre>
      ${parameters.length > 0
        ? html`<ul class="sql-parameters">
            ${parameters.map((value, at) => html`<li><code>$${at + 1}</code> ${JSON.stringify(value)}</li>`)}
          </ul>`
        : nothing}
      <p>
        <button type="button" class="button small" @click=${(event: Event) => copy(event.currentTarget, answer.sql)}>Copy</button>
      </p>
    `;
  });
}

function open<T>(title: string, path: string, show: (answer: T) => TemplateResult): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-label', title);
  const leaving = new AbortController();
  const draw = (body: TemplateResult) =>
    render(
      html`<header class="dialog-head">
          <h2 class="dialog-title" title=${title}>${title}</h2>
          <button type="button" class="icon-button" aria-label="Close" @click=${() => dialog.close()}>${icons.close}</button>
        </header>
        <div class="dialog-body">${body}</div>`,
      dialog,
    );

  dialog.addEventListener('close', () => (leaving.abort(), dialog.remove()));
  dialog.addEventListener('pointerdown', (event) => event.target === dialog && dialog.close());
  draw(html`<div class="skeleton skeleton-table" role="status" aria-label="Loading"></div>`);
  document.body.append(dialog);
  dialog.showModal();
  getJson<T>(path, leaving.signal).then(
    (answer) => draw(show(answer)),
    (error: unknown) => leaving.signal.aborted || draw(refusal(error)),
  );
}

function refusal(error: unknown): TemplateResult {
  const problem: Problem =
    error instanceof ProblemError ? error.problem : { title: 'The server could not be reached', hint: 'Try again in a moment.' };
  return html`<div class="tile-problem" role="alert">
    ${icons.warning}
    <div>
      <p class="strong">${problem.title}</p>
      <p>${problem.detail ?? ''}</p>
      <p class="muted">${problem.hint ?? ''} ${problem.code ?? ''}</p>
    </div>
  </div>`;
}

function copy(target: EventTarget | null, text: string): void {
  void navigator.clipboard.writeText(text).then(() => {
    (target as HTMLElement).textContent = 'Copied';
  });
}
