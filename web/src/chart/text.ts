const narrow = /[ijlt.,'!|:;()[\]\s1I]/;
const wide = /[mwMW@%A-Z—]/;

/** Width of a text in pixels, near enough to lay out labels without a canvas: the same in the browser and in an exporter. */
export function textWidth(text: string, size = 12): number {
  let width = 0;
  for (const letter of text) {
    width += letter > '\u2E80' ? 1 : narrow.test(letter) ? 0.34 : wide.test(letter) ? 0.74 : 0.56;
  }
  return width * size;
}

/** A text cut to a width in pixels, with an ellipsis. */
export function truncate(text: string, width: number, size = 12): string {
  if (textWidth(text, size) <= width) {
    return text;
  }
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, size) > width) {
    letters.pop();
  }
  return `${letters.join('').trimEnd()}…`;
}
