// What an IT department asks for: the licences of all that is published, where people find them, and the same as a bill of materials.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { HtmlValidate } from 'html-validate';
import { DIST, openHouse } from './support/house.mjs';
import { fromHeader } from './support/states.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (name) => readFile(path.join(DIST, name), 'utf8');

/** The packages whose code is in the page's module, as cargo itself tells them: [name, version]. */
function packages() {
  const tree = ['tree', '--package', 'waiting-room', '--no-default-features', '--features', 'page', '--target', 'wasm32-unknown-unknown'];
  const form = ['--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}', '--locked'];
  const told = execFileSync(process.env.CARGO ?? 'cargo', [...tree, ...form], { cwd: ROOT, encoding: 'utf8' });
  const lines = new Set(told.trim().split('\n').filter(Boolean).map((line) => line.split(' ').slice(0, 2).join(' ')));
  return [...lines].map((line) => line.split(' v'));
}

describe('The papers', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('name every part with its licence, and have its text', async () => {
    const page = await read('licences.html');
    const rows = [...page.matchAll(/<tr><td>(.*)<\/td><td>(.*)<\/td><td>(.*)<\/td><td>(.*)<\/td><\/tr>/g)].map((row) => row.slice(1));
    const all = packages();
    assert.ok(all.length > 50, `${all.length} packages`);
    for (const [name, version] of [...all, ['Inter, the typeface', '4.1']]) {
      const row = rows.find((row) => row[0] === name && row[1] === version);
      assert.ok(row, `${name} ${version}`);
      assert.match(row[2], /MIT|Apache-2\.0|OFL-1\.1/);
      for (const [, id] of row[3].matchAll(/href="#(text-\d+)"/g)) assert.ok(page.includes(`<h2 id="${id}">`), id);
      assert.match(row[3], /href/);
    }
    assert.ok(rows.some(([name]) => name === 'std'));
    for (const start of ['Permission is hereby granted', 'Apache License', 'SIL OPEN FONT LICENSE', 'UNICODE LICENSE']) assert.ok(page.includes(start), start);
    const report = await new HtmlValidate({ extends: ['html-validate:recommended'], rules: { 'no-inline-style': 'off', 'long-title': 'error' } }).validateString(page);
    assert.deepEqual(report.results.flatMap((result) => result.messages.map((m) => `${m.line}: ${m.message}`)), []);
  });

  test('are a valid bill of materials, the same for the same source', async () => {
    const text = await read('sbom.cdx.json');
    assert.equal(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text), null);
    const { metadata, components, dependencies, serialNumber } = JSON.parse(text);
    assert.deepEqual([Object.keys(metadata), serialNumber], [['component'], undefined]);
    const parts = [metadata.component, ...components];
    for (const [name, version] of packages()) assert.ok(parts.some((part) => part.name === name && part.version === version), `${name} ${version}`);
    const refs = new Set(parts.map((part) => part['bom-ref']));
    assert.equal(refs.size, parts.length);
    for (const { ref, dependsOn } of dependencies) assert.ok([ref, ...dependsOn].every((one) => refs.has(one)), ref);
    const yew = parts.find(({ name }) => name === 'yew');
    const lock = await readFile(path.join(ROOT, 'Cargo.lock'), 'utf8');
    assert.ok(lock.includes(`checksum = "${yew.hashes[0].content}"`));
    assert.doesNotMatch(text + await read('licences.html'), /\/(?:root|home|Users|tmp)\//);
  });

  test('are where the help leads', async () => {
    const visit = await house.visit('hosted');
    await fromHeader(visit, 'Help and keys');
    const link = visit.app.getByRole('link', { name: /^Licences/ });
    const [opened] = await Promise.all([visit.context.waitForEvent('page'), link.click()]);
    await opened.getByRole('heading', { level: 1, name: /^Licences/ }).waitFor();
    assert.match(await opened.locator('tbody').innerText(), /^yew\s/m);
    await visit.close();
  });

  for (const form of ['file', 'sandbox']) {
    test(`are in the single file (${form})`, async () => {
      const visit = await house.visit(form);
      await fromHeader(visit, 'Help and keys');
      await visit.app.locator('dialog .licences summary').click();
      const shown = await visit.app.locator('dialog .licences pre').innerText();
      for (const [name, version] of packages()) assert.ok(shown.includes(`${name} ${version}: `), name);
      assert.ok(shown.includes('Permission is hereby granted') && shown.includes('SIL OPEN FONT LICENSE'));
      await visit.close();
    });
  }
});
