import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { dark, light, type Theme } from '../src/chart/theme.js';

type Rgb = readonly [number, number, number];

const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Rgb;
const linear = (channel: number): number => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);

/** Relative luminance and contrast ratio of WCAG 2.1. */
const luminance = (hex: string): number => {
  const [r, g, b] = rgb(hex).map(linear) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** Linear RGB as dichromats see it: Viénot, Brettel and Mollon 1999, deuteranopia and protanopia. */
const seenBy = {
  deuteranopia: ([r, g, b]: Rgb): Rgb => [0.29275 * r + 0.70725 * g, 0.29275 * r + 0.70725 * g, -0.02234 * r + 0.02234 * g + b],
  protanopia: ([r, g, b]: Rgb): Rgb => [0.11238 * r + 0.88762 * g, 0.11238 * r + 0.88762 * g, 0.00401 * r - 0.00401 * g + b],
} as const;

/** Distance in CIELAB (1976), from linear RGB. */
const distance = (a: Rgb, b: Rgb): number => {
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
};
const lab = ([r, g, b]: Rgb): Rgb => {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
};

const css = readFileSync(new URL('../../src/styles/tokens.css', import.meta.url), 'utf8');
const variables = (block: string): Map<string, string> =>
  new Map([...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
const blocks = css.split(/(?=:root)/);
const tokens = {
  light: variables(blocks.find((block) => block.startsWith(':root {')) ?? ''),
  darkBySystem: variables(blocks.find((block) => block.startsWith(':root:not')) ?? ''),
  dark: variables(blocks.find((block) => block.startsWith(":root[data-theme='dark']")) ?? ''),
};

test('dark is the same by choice and by the system', () => {
  assert.ok(tokens.dark.size > 20);
  assert.deepEqual(tokens.darkBySystem, tokens.dark);
});

for (const [theme, css] of [
  [light, tokens.light],
  [dark, tokens.dark],
] as [Theme, Map<string, string>][]) {
  test(`the style sheet and the charts agree on the colours of ${theme.name}`, () => {
    theme.colors.forEach((color, at) => assert.equal(css.get(`c${at + 1}`), color));
    assert.equal(css.get('c-other'), theme.other);
    assert.equal(css.get('surface'), theme.surface);
    assert.equal(css.get('text'), theme.text);
    assert.equal(css.get('muted'), theme.muted);
  });

  test(`series stand out from the surface of ${theme.name} by 3:1`, () => {
    for (const color of [...theme.colors, theme.other]) {
      assert.ok(contrast(color, theme.surface) >= 3, `${color}: ${contrast(color, theme.surface).toFixed(2)}`);
    }
  });

  test(`text of ${theme.name} is read at 4.5:1 wherever it stands`, () => {
    const pairs = [
      ...['bg', 'surface', 'raised', 'sunken', 'hover'].flatMap((ground) => [['text', ground], ['muted', ground]]),
      ...['good', 'bad', 'warn', 'accent'].flatMap((ink) => [[ink, 'surface'], [ink, `${ink}-soft`]]),
      ['accent', 'bg'],
      ['on-accent', 'accent'],
      ['on-accent', 'accent-hover'],
    ] as [string, string][];
    for (const [ink, ground] of pairs) {
      const found = contrast(css.get(ink) ?? '', css.get(ground) ?? '');
      assert.ok(found >= 4.5, `${ink} on ${ground}: ${found.toFixed(2)}`);
    }
    assert.ok(contrast(css.get('border-strong') ?? '', css.get('surface') ?? '') >= 2.8);
  });

  for (const [kind, see] of Object.entries(seenBy)) {
    test(`neighbours in the palette of ${theme.name} are told apart with ${kind}`, () => {
      const seen = theme.colors.map((color) => see(rgb(color).map(linear) as unknown as Rgb));
      for (let at = 1; at < seen.length; at++) {
        const apart = distance(seen[at - 1] as Rgb, seen[at] as Rgb);
        assert.ok(apart >= 12, `${theme.colors[at - 1]} and ${theme.colors[at]}: ${apart.toFixed(1)}`);
      }
    });
  }
}
