/** What a tooltip says: a heading, and one line for each series. */
export interface Tip {
  readonly heading: string;
  readonly lines: readonly { readonly color: number; readonly name: string; readonly value: string }[];
  readonly total?: string;
}

/** Draws a tooltip from elements and classes alone, so that no inline style is needed under the content security policy. */
export function tipElement(tip: Tip): HTMLElement {
  const root = element('div', 'tip');
  root.append(element('div', 'tip-heading', tip.heading));
  const list = element('dl', 'tip-lines');
  for (const line of tip.lines) {
    const name = element('dt', '');
    name.append(element('span', `swatch ${swatch(line.color)}`), document.createTextNode(line.name));
    list.append(name, element('dd', '', line.value));
  }
  if (tip.total !== undefined) {
    list.append(element('dt', 'tip-total', 'Total'), element('dd', 'tip-total', tip.total));
  }
  root.append(list);
  return root;
}

/** The class that gives an element the colour of a series. */
export const swatch = (color: number): string => (color < 0 ? 'c-other' : `c-${(color % 8) + 1}`);

function element(tag: string, className: string, text?: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}
