/** Raised on the document when the reader switches between light and dark. */
export const themeChanged = 'hw-theme';

const yearInSeconds = 31_536_000;

/** Whether the page is dark now: by the reader's choice, else by the system's. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Keeps a choice in a cookie, so that the server writes it into the page and nothing flashes. */
export function chooseTheme(theme: 'light' | 'dark'): void {
  document.documentElement.dataset['theme'] = theme;
  document.cookie = `hw_theme=${theme}; path=/; max-age=${yearInSeconds}; samesite=lax`;
  document.dispatchEvent(new CustomEvent(themeChanged));
}
