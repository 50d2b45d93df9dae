// Bundles the islands and the style sheet into the server's wwwroot, under names that carry a hash of their content, and writes
// assets.json, by which the server finds them; larger files are compressed here once. Files of an earlier build are removed, so the folder holds one build only.
import { build } from 'esbuild';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = process.argv[2] ?? join(here, '../src/Headwater.Server/wwwroot/assets');

await mkdir(out, { recursive: true });
const result = await build({
  absWorkingDir: here,
  entryPoints: { app: 'src/app.ts', dashboard: 'src/dashboard.ts', style: 'src/styles/index.css', favicon: 'src/favicon.svg' },
  loader: { '.svg': 'copy' },
  outdir: out,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['es2022', 'chrome120', 'firefox121', 'safari17'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

const manifest = {};
const written = new Set(['assets.json']);
for (const [path, info] of Object.entries(result.metafile.outputs)) {
  const name = basename(path);
  written.add(name);
  const content = await readFile(join(here, path));
  const packed = brotliCompressSync(content);
  if (content.length > 1024 && packed.length < content.length * 0.9) {
    await writeFile(join(out, `${name}.br`), packed);
    written.add(`${name}.br`);
  }
  if (info.entryPoint) {
    manifest[name.replace(/-[A-Z0-9]+\./, '.')] = name;
  }
}

for (const stale of (await readdir(out)).filter((name) => !written.has(name))) {
  await rm(join(out, stale), { recursive: true });
}
await writeFile(join(out, 'assets.json'), `${JSON.stringify(manifest, null, 2)}\n`);
const bytes = Object.values(result.metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
console.log(`web: ${written.size - 1} files, ${Math.round(bytes / 1024)} kB in ${relative(process.cwd(), out)}`);
