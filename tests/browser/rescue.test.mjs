// When the wasm has stopped for good, by whatever trap, the page says so truly and gives the design away as text.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { full } from './support/storage.mjs';

/** Lays hands on the module's exports, in every frame. */
const exposed = (context) => context.addInitScript(() => {
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await own.apply(WebAssembly, given);
      // The second module, which comes later, has no memory of its own.
      globalThis.wasm ??= (made.instance ?? made).exports;
      return made;
    };
  }
});

/** Takes all the memory that the module can have, down to the last few bytes. */
const exhaust = (visit) => visit.app.evaluate(() => {
  for (const size of [64 << 20, 1 << 20, 65536, 4096, 256, 32]) {
    try { for (;;) globalThis.wasm.__wbindgen_malloc(size, 8); } catch { /* No more of this size. */ }
  }
});

/** A trap where nobody catches it. */
const TRAPS = {
  'an event handler': () => { document.body.addEventListener('click', globalThis.trap); document.body.click(); },
  'an animation frame': () => { requestAnimationFrame(globalThis.trap); },
  'a promise': () => { Promise.resolve().then(globalThis.trap); },
};

/** The same module, but each of its functions begins with a trap. */
function trapping(wasm) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const written = (value) => Buffer.from(value < 128 ? [value] : [value % 128 + 128, ...written(Math.floor(value / 128))]);
  const out = [wasm.subarray(0, at)];
  while (at < wasm.length) {
    const [begin, kind, size] = [at, wasm[at++], number()];
    const end = at + size;
    if (kind !== 10) {
      out.push(wasm.subarray(begin, end));
      at = end;
      continue;
    }
    const code = [written(number())];
    while (at < end) {
      const [length, start] = [number(), at];
      // Groups of locals: how many, and of which type.
      for (let groups = number(); groups > 0; groups--) {
        number();
        at++;
      }
      code.push(written(length + 1), wasm.subarray(start, at), Buffer.from([0]), wasm.subarray(at, start + length));
      at = start + length;
    }
    const body = Buffer.concat(code);
    out.push(Buffer.from([kind]), written(body.length), body);
  }
  return Buffer.concat(out);
}

describe('A page that has stopped', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const crash = (visit) => visit.app.locator('#crash');
  const parts = (visit) => visit.app.locator('.diagram [data-id]').count();
  const openParts = (visit) => visit.app.locator('#left-parts').click();

  /** The page with a part more than it begins with; closed without asking whether it was quiet, because it isn't. */
  async function changed(form, options = {}) {
    const visit = await house.visit(form, { ...options, prepare: async (context) => { await exposed(context); await options.prepare?.(context); } });
    await openParts(visit);
    await visit.app.locator('[data-kind=queue]').first().click();
    await visit.app.waitForFunction(() => document.querySelectorAll('.diagram [data-id]').length > 3);
    return visit;
  }

  for (const form of ['hosted', 'file', 'sandbox']) {
    test(`for want of memory says so, and what becomes of the design: ${form}`, async () => {
      const visit = await changed(form);
      const there = await parts(visit);
      const kept = form !== 'sandbox';
      if (kept) {
        // A file keeps it in the drawer of its own path.
        await visit.app.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes('saved') && localStorage[key].includes('"queue"')));
      }
      await exhaust(visit);
      for (let tries = 0; tries < 20 && await crash(visit).count() === 0; tries++) {
        await visit.app.locator('#left-brief, #left-parts').first().click({ timeout: 1000 }).catch(() => {});
        await visit.app.locator('[data-kind=queue]').first().click({ timeout: 1000 }).catch(() => {});
      }
      const said = await crash(visit).locator('[role=alert]').innerText();
      assert.match(said, /has stopped.*no more memory/s);
      assert.match(said, kept ? /Your design is kept in this browser/ : /has not kept your design as it is now: a reload loses it/);
      const text = await crash(visit).locator('textarea').inputValue();
      assert.equal(JSON.parse(text).nodes.length, there);
      await crash(visit).getByRole('button', { name: 'Copy the design' }).click();
      // The browser answers when it has copied.
      await crash(visit).locator('[role=status]').getByText(/on the clipboard|is selected/).waitFor();
      assert.equal(await crash(visit).getByRole('link', { name: 'Download the design' }).getAttribute('download'), 'waiting-room-design.json');
      assert.equal(await crash(visit).getByText('can block downloads').count(), kept ? 0 : 1);
      assert.equal(await visit.app.locator('#app').isVisible(), false);
      await crash(visit).getByRole('button', { name: 'Reload' }).click();
      // The page before stays until the new one comes.
      await visit.app.waitForFunction((n) => document.querySelector('#app[data-ready]') && document.querySelectorAll('.diagram [data-id]').length === n, kept ? there : 3);
      if (!kept) {
        // What was copied opens again.
        await visit.app.locator('#open-exchange').click();
        await visit.app.locator('dialog[open] textarea').last().fill(text);
        await visit.app.locator('dialog[open]').getByRole('button', { name: /^Open/ }).last().click();
        await visit.app.waitForFunction((n) => document.querySelectorAll('.diagram [data-id]').length === n, there);
      }
      await visit.context.close();
    });
  }

  for (const [where, deed] of Object.entries(TRAPS)) {
    test(`by a trap in ${where}`, async () => {
      const visit = await house.visit('hosted', { prepare: exposed });
      await visit.app.evaluate(async () => {
        // A module of one function that does what must not be done.
        const { instance } = await WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]));
        globalThis.trap = () => instance.exports.f();
      });
      await visit.app.evaluate(`(${deed})()`);
      await crash(visit).waitFor();
      assert.equal(await crash(visit).count(), 1);
      await visit.context.close();
    });
  }

  test('by a trap in the second module', async () => {
    const visit = await house.visit('hosted', {
      prepare: (context) => context.route('**/*_late.wasm', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: trapping(await response.body()) });
      }),
    });
    await crash(visit).waitFor();
    assert.match(await crash(visit).locator('[role=alert]').innerText(), /has stopped/);
    assert.equal(JSON.parse(await crash(visit).locator('textarea').inputValue()).nodes.length, 3);
    assert.ok(visit.faults.some((fault) => /unreachable/.test(fault)), visit.faults.join());
    await visit.context.close();
  });

  test('with a storage that is full does not claim to have kept the design', async () => {
    const visit = await changed('hosted', { prepare: full });
    await visit.app.evaluate(() => { setTimeout(() => { throw new WebAssembly.RuntimeError('unreachable'); }); });
    assert.match(await crash(visit).locator('[role=alert]').innerText(), /has not kept your design as it is now/);
    await visit.context.close();
  });

  test('at its start says that nothing was changed', async () => {
    const visit = await house.visit('hosted', {
      ready: false,
      // Without a clock the page can't run: it panics.
      prepare: (context) => context.addInitScript(() => Object.defineProperty(window, 'performance', { get: () => null })),
    });
    await crash(visit).waitFor();
    assert.match(await crash(visit).innerText(), /mistake in this page.*Nothing was changed yet/s);
    await visit.context.close();
  });

  test("an error that is no trap, or another program's, is none", async () => {
    const visit = await house.visit('hosted');
    await visit.app.evaluate(() => {
      const foreign = new WebAssembly.RuntimeError('unreachable');
      foreign.stack = 'RuntimeError: unreachable\n    at chrome-extension://abc/x.wasm';
      for (const error of [new Error('boom'), new RangeError('too large'), foreign]) dispatchEvent(new ErrorEvent('error', { error }));
    });
    assert.equal(await crash(visit).count(), 0);
    await visit.close();
  });
});
