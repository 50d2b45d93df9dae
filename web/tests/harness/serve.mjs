// Serves one sample dashboard under the product's own content security policy, to look at: `npm run harness`, then
// http://127.0.0.1:5099/?theme=dark. Nothing of it is shipped.
import { createServer } from 'node:http';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { data, definition, values } from './sample.mjs';

const here = fileURLToPath(new URL('../..', import.meta.url));
const out = join(here, 'dist/harness');
execFileSync(process.execPath, [join(here, 'build.mjs'), out], { stdio: 'inherit' });
const assets = JSON.parse(readFileSync(join(out, 'assets.json'), 'utf8'));

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

const page = (theme) => `<!doctype html>
<html lang="en" ${theme ? `data-theme="${theme}"` : ''}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Executive overview</title>
<link rel="stylesheet" href="/assets/${assets['style.css']}">
<script type="module" src="/assets/${assets['app.js']}"></script><script type="module" src="/assets/${assets['dashboard.js']}"></script></head>
<body>
<header class="topbar"><a class="brand" href="/"><svg width="22" height="22" viewBox="0 0 22 22" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><path d="M2 7c3-4 6-4 9 0s6 4 9 0M2 14c3-4 6-4 9 0s6 4 9 0"/></svg>Headwater</a>
<nav class="nav"><a href="/" aria-current="page">Dashboards</a><a href="/">Metrics</a><a href="/">Sources</a><a href="/">Runs</a></nav>
<div class="topbar-end"><button class="icon-button" data-theme-toggle aria-label="Switch between light and dark" hidden>◐</button><span class="who">ad</span></div></header>
<main class="page"><div class="page-head"><div><h1>${definition.title}</h1><p>${definition.description}</p></div></div>
<hw-dashboard><script type="application/json">${JSON.stringify(definition)}</script></hw-dashboard></main></body></html>`;

createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://harness');
  const send = (type, body) => response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(body);
  if (url.pathname.startsWith('/assets/')) {
    const name = url.pathname.slice('/assets/'.length);
    send(name.endsWith('.css') ? 'text/css' : 'text/javascript', readFileSync(join(out, name)));
  } else if (url.pathname.endsWith('/data')) {
    send('application/x-ndjson', data.map((line) => JSON.stringify(line)).join('\n'));
  } else if (url.pathname.endsWith('/values')) {
    send('application/json', JSON.stringify(values));
  } else if (url.pathname.endsWith('/rows')) {
    send('application/json', JSON.stringify(data.find((line) => line.tile === 'r3c0').table));
  } else if (url.pathname.endsWith('/sql')) {
    send('application/json', JSON.stringify({ sql: 'select metric_time__month, sum(close_value)\nfrom marts.opportunities\nwhere stage = $1\ngroup by 1', parameters: ['Won'] }));
  } else {
    send('text/html', page(url.searchParams.get('theme')));
  }
}).listen(5099, '127.0.0.1', () => console.log('http://127.0.0.1:5099/'));
