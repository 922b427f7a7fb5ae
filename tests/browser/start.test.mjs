// When the page can't start, it says so in a sentence instead of staying blank.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { DIST, SINGLE, openHouse } from './support/house.mjs';
import { BASE } from './support/server.mjs';

describe('A page that cannot start says why', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  /** What the page shows as an alert, after something was done to keep it from starting. */
  async function sentence(form, prepare) {
    const visit = await house.visit(form, { prepare, ready: false });
    const text = await visit.app.locator('#boot[role=alert]').innerText();
    assert.equal(await visit.app.locator('#app[data-ready]').count(), 0);
    await visit.context.close();
    return text;
  }

  /** What stands in the place of the page, in sight. */
  async function told(visit) {
    await visit.app.locator('#boot').waitFor({ state: 'visible' });
    return visit.app.locator('#boot').innerText();
  }

  test('where scripts are not allowed', async () => {
    for (const form of ['no scripts', 'no scripts single']) {
      const visit = await house.visit(form, { ready: false });
      assert.match(await told(visit), /It needs JavaScript/);
      await visit.context.close();
    }
  });

  test('where the policy of a host stops scripts, it names what is missing', async () => {
    for (const [policy, words] of [
      ["default-src 'self'", /Content-Security-Policy.*script-src needs ‘self’, ‘unsafe-inline’ and ‘wasm-unsafe-eval’.*worker-src blob:/],
      ["script-src 'self' 'unsafe-inline'", /could not start\. WebAssembly is not allowed here: a Content-Security-Policy lacks ‘wasm-unsafe-eval’/],
    ]) {
      const prepare = (context) => context.route(/waiting-room\/$/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
      });
      const visit = await house.visit('hosted', { prepare, ready: false });
      assert.match(await told(visit), words);
      await visit.context.close();
    }
  });

  /** A file of the folder under a header with a policy. */
  async function under(file, policy, ready) {
    const at = `http://127.0.0.1:${house.server.port}${BASE}`;
    const prepare = (context) => context.route(at + file, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
    });
    return house.visit('hosted', { at, tail: file, prepare, ready });
  }
  const policyOf = async (file) => (await readFile(path.join(DIST, file), 'utf8')).match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)[1];

  test('under a header that is made for another file, or allows less, it names the directive', async () => {
    const [page, single] = [await policyOf('index.html'), await policyOf(SINGLE)];
    for (const [file, policy, directive] of [
      [SINGLE, page, 'script-src'],
      ['index.html', single, 'script-src'],
      ['index.html', page.replace("script-src 'self'", 'script-src'), 'script-src'],
      ['index.html', page.replace("connect-src 'self'", "connect-src 'none'"), 'connect-src'],
    ]) {
      const visit = await under(file, policy, false);
      assert.equal(await visit.app.locator('#boot[role=alert]').innerText(),
        `The waiting room could not start. A part of it is not allowed here: a Content-Security-Policy lacks this file or its hashes in its ${directive}.`);
      await visit.context.close();
    }
    const builder = await under('builder.html', page, false);
    await builder.app.locator('#stopped').getByText('a Content-Security-Policy of this server stops it').waitFor();
    assert.equal(await builder.app.locator('select').first().isVisible(), false);
    await builder.context.close();
  });

  test('under a header of its own policy each file works, and under the one for the folder in docs/hosting.md', async () => {
    const docs = await readFile(new URL('../../docs/hosting.md', import.meta.url), 'utf8');
    const folder = docs.match(/```\n\s+(default-src [^`]*?)\s+```/)[1].replace(/\s+/g, ' ');
    for (const policy of [policyOf, () => folder]) {
      for (const file of ['index.html', SINGLE]) await (await under(file, `${await policy(file)}; frame-ancestors 'self'`, true)).close();
      const builder = await under('builder.html', await policy('builder.html'), false);
      await builder.page.frameLocator('#stand iframe').locator('#app[data-ready]').waitFor({ state: 'attached' });
      assert.equal(await builder.app.locator('#stopped').count(), 0);
      await builder.context.close();
    }
  });

  test('where a sandbox keeps the folder from fetching its files, it names the file that needs none', async () => {
    const visit = await house.visit('sandbox folder', { ready: false });
    await visit.app.locator('#boot[role=alert]').getByText(/allow-same-origin.*waiting-room\.html/).waitFor();
    await visit.context.close();
  });

  test('in a browser without WebAssembly', async () => {
    const prepare = (context) => context.addInitScript(() => { delete globalThis.WebAssembly; });
    for (const form of ['hosted', 'file']) assert.match(await sentence(form, prepare), /too old.*Firefox, Chrome, Edge or Safari/);
  });

  test('in a browser that cannot unpack the single file', async () => {
    const prepare = (context) => context.addInitScript(() => { delete globalThis.DecompressionStream; });
    assert.match(await sentence('file', prepare), /too old/);
  });

  for (const [file, pattern] of [['page-\\w+_bg\\.wasm', '**/*.wasm'], ['page-\\w+\\.js', '**/page-*.js']]) {
    const told = (rest) => new RegExp(`could not start\\. .*${file}.*${rest}`);

    test(`when nothing comes of ${pattern}`, async () => {
      const prepare = (context) => context.route(pattern, (route) => route.abort());
      assert.match(await sentence('hosted', prepare), told('did not arrive: the connection broke.*Reload the page'));
    });

    test(`when the server has no ${pattern}`, async () => {
      const prepare = (context) => context.route(pattern, (route) => route.fulfill({ status: 404, body: 'gone' }));
      assert.match(await sentence('hosted', prepare), /could not start\. The server answers 404 for .*incomplete/);
    });

    test(`when the server sends a page in place of ${pattern}`, async () => {
      const prepare = (context) => context.route(pattern, (route) => route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><p>Home</p>' }));
      assert.match(await sentence('hosted', prepare), told('as text/html, so the browser refuses it'));
    });

    test(`when ${pattern} is damaged`, async () => {
      const contentType = pattern.endsWith('wasm') ? 'application/wasm' : 'text/javascript';
      const prepare = (context) => context.route(pattern, (route) => route.fulfill({ contentType, body: '\0asm{' }));
      assert.match(await sentence('hosted', prepare), told('is damaged, or this browser does not understand it'));
    });
  }

  test('but not because the server has a wrong name for what wasm is', async () => {
    const prepare = (context) => context.route('**/*.wasm', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { 'content-type': 'text/plain' } });
    });
    const visit = await house.visit('hosted', { prepare });
    await visit.close();
  });

  test('when the single file was cut short', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-'));
    const whole = await readFile(path.join(DIST, SINGLE), 'utf8');
    const last = whole.lastIndexOf('<script type="text/plain" class="packed"');
    await writeFile(path.join(folder, SINGLE), whole.slice(0, last) + whole.slice(whole.indexOf('<script type="module"', last)));
    const context = await house.browser.newContext();
    const page = await context.newPage();
    await page.goto(pathToFileURL(path.join(folder, SINGLE)).href);
    assert.match(await page.locator('#boot[role=alert]').innerText(), /could not start\. This copy of the file is incomplete or damaged: fetch it once more/);
    await context.close();
    await rm(folder, { recursive: true });
  });

  test('when the hosted form is opened as a file, it names the one that can be', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-'));
    await cp(DIST, folder, { recursive: true });
    const context = await house.browser.newContext();
    const page = await context.newPage();
    await page.goto(pathToFileURL(path.join(folder, 'index.html')).href);
    assert.match(await page.locator('#boot[role=alert]').innerText(), /waiting-room\.html beside it opens without one/);
    await context.close();
    await rm(folder, { recursive: true });
  });
});
