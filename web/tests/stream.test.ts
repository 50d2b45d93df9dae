import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lines } from '../src/dashboard/stream.js';

const streamOf = (...chunks: (string | Uint8Array)[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
      }
      controller.close();
    },
  });

const read = async (stream: ReadableStream<Uint8Array>): Promise<string[]> => {
  const found: string[] = [];
  for await (const line of lines(stream)) {
    found.push(line);
  }
  return found;
};

test('lines are whole wherever the network cut them', async () => {
  assert.deepEqual(await read(streamOf('{"a"', ':1}\n{"b":2', '}\n\n', '{"c":3}')), ['{"a":1}', '{"b":2}', '{"c":3}']);
});

test('a letter cut in two is put together', async () => {
  const bytes = new TextEncoder().encode('"ü"\n');
  assert.deepEqual(await read(streamOf(bytes.slice(0, 2), bytes.slice(2))), ['"ü"']);
});

test('an empty stream has no lines', async () => {
  assert.deepEqual(await read(streamOf()), []);
});
