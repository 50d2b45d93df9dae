/**
 * Makes a `<details>` behave as a menu: Escape, a click elsewhere and focus leaving close it, and focus returns to its button.
 * Returns the listener for the element's `toggle` event.
 */
export function menuToggled(event: Event): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (!details.open) {
    return;
  }
  const closing = new AbortController();
  const close = (refocus: boolean) => {
    closing.abort();
    details.open = false;
    if (refocus) {
      details.querySelector('summary')?.focus();
    }
  };
  const { signal } = closing;
  document.addEventListener(
    'pointerdown',
    (outside) => !details.contains(outside.target as Node) && close(false),
    { signal, capture: true },
  );
  details.addEventListener('keydown', (key) => key.key === 'Escape' && (key.stopPropagation(), close(true)), { signal });
  details.addEventListener(
    'focusout',
    (leaving) => leaving.relatedTarget && !details.contains(leaving.relatedTarget as Node) && close(false),
    { signal },
  );
  details.addEventListener('toggle', () => !details.open && closing.abort(), { signal });
  queueMicrotask(() => details.querySelector<HTMLElement>('[data-first]')?.focus());
}

/** Closes the menu that holds an element. */
export function closeMenu(inside: EventTarget | null): void {
  const details = (inside as Element | null)?.closest('details');
  if (details) {
    details.open = false;
    details.querySelector('summary')?.focus();
  }
}
