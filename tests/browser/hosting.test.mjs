// Hosted by nginx with the configuration that docs/hosting.md hands out, as it is: types, packing, caching and policies are right for every
// file, and the page opens and runs, quietly, and for a second time without nginx.

import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { get } from 'node:http';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DIST, openHouse } from './support/house.mjs';
import { finished } from './support/learner.mjs';
import { needed, nginx } from './support/nginx.mjs';
import { keptWhole, withoutServer } from './support/offline.mjs';

const TYPES = {
  html: 'text/html', js: 'application/javascript', css: 'text/css', wasm: 'application/wasm', svg: 'image/svg+xml', woff2: 'font/woff2',
  json: 'application/json', txt: 'text/plain', webmanifest: 'application/manifest+json',
};

/** An answer's head and how many bytes come, as they come. */
const asked = (address, encoding = 'identity') => new Promise((done, failed) => {
  get(address, { headers: { 'Accept-Encoding': encoding } }, (answer) => {
    let bytes = 0;
    answer.on('data', (piece) => { bytes += piece.length; }).on('end', () => done({ ...answer.headers, status: answer.statusCode, bytes }));
  }).on('error', failed);
});

describe('Under nginx', () => {
  let house;
  let server;
  before(async () => {
    await needed();
    [house, server] = [await openHouse(), await nginx(DIST)];
  });
  after(async () => {
    await house?.close();
    await server?.close();
  });

  test('every file comes as what it is, packed as it lies there, and is kept as long as it stays the same', async () => {
    const names = (await readdir(DIST)).filter((name) => !/\.(br|gz|zip)$/.test(name));
    for (const name of ['', ...names]) {
      const file = path.join(DIST, name || 'index.html');
      const type = TYPES[path.extname(file).slice(1)];
      for (const [encoding, end] of [['identity', ''], ['gzip', '.gz'], ['br', '.br'], ['gzip, deflate, br', '.br']]) {
        const answer = await asked(server.address + name, encoding);
        const about = `${name || 'the page'}, ${encoding}`;
        assert.equal(answer.status, 200, about);
        assert.equal(answer['content-type']?.split(';')[0], type, about);
        assert.equal(answer['content-encoding'] ?? '', end && { '.gz': 'gzip', '.br': 'br' }[end], about);
        assert.equal(answer.bytes, (await stat(file + end)).size, about);
        assert.equal(answer.vary, 'Accept-Encoding', about);
        assert.equal(answer['x-content-type-options'], 'nosniff', about);
        const hashed = /-[0-9a-f]{8,16}(_[a-z]+)?\.\w+$/.test(name);
        assert.equal(answer['cache-control'], hashed ? 'public, max-age=31536000, immutable' : 'no-cache', about);
        if (type === 'text/html') assert.match(answer['content-security-policy'], /^frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types /, about);
      }
    }
    assert.equal((await asked(`${server.address}nothing.js`)).status, 404);
  });

  test('the page opens and runs, and once more when nginx has ended', async () => {
    const visit = await house.visit('hosted', { at: server.address, offline: true });
    await finished(visit);
    await keptWhole(visit);
    await server.close();
    server = null;
    const second = await withoutServer(visit, server?.address ?? visit.page.url());
    await finished(second);
    await visit.close();
  });
});
