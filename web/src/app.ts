import { menuToggled } from './dashboard/menu.js';
import { ago } from './page/ago.js';
import { chooseTheme, isDark } from './page/theme.js';

/** How often the ages on a page are told anew, in milliseconds. */
const agesEvery = 30_000;

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-theme-toggle]')) {
  button.hidden = false;
  button.addEventListener('click', () => chooseTheme(isDark() ? 'light' : 'dark'));
}

for (const menu of document.querySelectorAll('details[data-menu]')) {
  menu.addEventListener('toggle', menuToggled);
}

function tellAges(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-ago]')) {
    const then = new Date(time.dateTime);
    time.textContent = ago(then, new Date());
    time.title = then.toLocaleString();
  }
}

tellAges();
window.setInterval(tellAges, agesEvery);

// A link's one-time sign-in goes on by itself; without a script its button does.
document.querySelector<HTMLFormElement>('form[data-submit]')?.requestSubmit();

// A list that is filtered while one types; without a script the whole list stands there.
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-filters]')) {
  const rows = [...document.querySelectorAll<HTMLElement>(`${input.dataset['filters']} [data-text]`)];
  input.hidden = false;
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of rows) {
      row.hidden = !(row.dataset['text'] ?? '').toLowerCase().includes(wanted);
    }
  });
}
