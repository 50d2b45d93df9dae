import { LitElement } from 'lit';

/** An element without a shadow: the page's one style sheet, printing and find-in-page reach it. */
export abstract class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
