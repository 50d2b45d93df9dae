// Bundles each test beside what it imports and runs them with Node's own runner. Nothing is left in the source folders.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = join(here, 'dist/tests');
const tests = (await readdir(join(here, 'tests'))).filter((name) => name.endsWith('.test.ts'));

await rm(out, { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: tests.map((name) => `tests/${name}`),
  outdir: out,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outExtension: { '.js': '.mjs' },
  sourcemap: 'inline',
  logLevel: 'warning',
});

const files = tests.map((name) => join(out, name.replace(/\.ts$/, '.mjs')));
const run = spawn(process.execPath, ['--enable-source-maps', '--test', ...files], { stdio: 'inherit' });
run.on('exit', (code) => process.exit(code ?? 1));
