// Another language: chosen by the address, by the browser or in the help; whole, with its figures; not a byte of it in an English visit. Made-up
// languages, one with longer words and one that runs to the left, show that nothing is cut where words are others.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { kept } from './support/learner.mjs';

const LANGUAGES = process.env.LANGUAGES ?? path.resolve(import.meta.dirname, '../../target/languages');
const GERMAN = { context: { locale: 'de-DE' } };

/** Words that stand in English sentences and in no German one, and are no names. */
const ENGLISH = /\b(the|and|of|is|are|with|your|you|from|what|each|this|that|there|for|not|have|been|how|which|when|goals?|runs?|queue|messages?|workers are|calls?|patients|bookings?|clinics?)\b/i;
/** What reads the same in both, or is written by the learner or for machines. */
const SAME = /^(p\d\d|API|CSV|PNG|SVG|Esc|Deutsch|English|Markdown|max|Little.*|Erlang C.*|\W*)$/;

describe('Another language', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  /** Everything that can be seen, heard or hovered for, which is English. */
  const english = (visit) => visit.app.evaluate(([english, same]) => {
    const found = new Set();
    const look = (text, where) => {
      const words = text.replace(/\s+/g, ' ').trim();
      if (words && RegExp(english, 'i').test(words) && !RegExp(same).test(words)) found.add(`${where}: ${words.slice(0, 120)}`);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement: e, data } = texts.currentNode;
      // Data, and what is foreign by its nature: a licence, a design's text, a kata's file.
      if (!e.closest('script, style, data, [lang=en], textarea, pre, code, .licences')) look(data, 'text');
    }
    for (const e of document.querySelectorAll('#app *')) {
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-description', 'aria-valuetext', 'alt']) {
        if (e.hasAttribute(name) && !e.closest('[lang=en]')) look(e.getAttribute(name), name);
      }
    }
    return [...found];
  }, [ENGLISH.source, SAME.source]);

  const speaks = async (visit, where) => assert.deepEqual(await english(visit), [], where);
  const press = (visit, selector) => visit.app.locator(selector).locator('visible=true').first().click();
  const closed = async (visit) => { await visit.page.keyboard.press('Escape'); await visit.app.locator('dialog[open]').waitFor({ state: 'detached' }).catch(() => {}); };

  test('German by the browser’s choice, from the brief to the result, in every panel and dialog', async () => {
    const visit = await house.visit('hosted', { ...GERMAN, tail: '?design=demand-breaker' });
    assert.equal(await visit.app.evaluate(() => document.documentElement.lang), 'de');
    assert.equal(await visit.page.title(), 'Das Wartezimmer');
    await speaks(visit, 'at the start');
    for (const id of ['patients', 'api', 'queue', 'consumers', 'dead_letter', 'clinic']) {
      await press(visit, `.diagram .part[data-id="${id}"] .card`);
      await visit.app.locator('.inspector').waitFor();
      await speaks(visit, id);
    }
    await visit.page.keyboard.press('Escape');
    for (const id of ['open-exchange', 'open-share', 'open-size']) {
      await press(visit, `#${id}`);
      await visit.app.locator('dialog[open]').waitFor();
      await speaks(visit, id);
      await visit.page.keyboard.press('Escape');
      await visit.app.locator('dialog[open]').waitFor({ state: 'hidden' });
    }
    await press(visit, '.bar .last button:last-child');
    await visit.app.locator('dialog[open]').waitFor();
    await speaks(visit, 'the help');
    await closed(visit);
    await press(visit, '.transport .btn.primary');
    await visit.app.waitForFunction(() => document.querySelector('.clock').textContent > '07:45');
    await speaks(visit, 'in a run');
    await press(visit, '.transport .btn:nth-of-type(3)');
    await visit.app.locator('.verdict').waitFor();
    await speaks(visit, 'the result');
    assert.match(await visit.app.locator('.verdict').innerText(), /\d,\d/, 'figures have a comma');
    for (const tab of await visit.app.locator('.left [role=tab]').all()) {
      await tab.click();
      await speaks(visit, await tab.innerText());
    }
    await press(visit, '.stage-tools .seg button:last-child');
    await visit.app.locator('.list').waitFor();
    await speaks(visit, 'the list');
    await visit.close();
  });

  test('the address asks for it, the help chooses another one, and that is kept', async () => {
    const visit = await house.visit('hosted', { tail: '?lang=de' });
    await visit.app.getByRole('tab', { name: 'Teile' }).first().click();
    await visit.app.locator('.palette-item[data-kind=queue]').press('Enter');
    await visit.app.locator('.diagram [data-id="queue"]').waitFor();
    await press(visit, '.bar .last button:last-child');
    const names = await visit.app.locator('dialog[open] .lang').allInnerTexts();
    assert.deepEqual(names, ['English', 'Deutsch']);
    await visit.app.locator('dialog[open] .lang[lang=en]').click();
    await visit.app.waitForFunction(() => document.documentElement.lang === 'en-GB' && document.querySelector('#app[data-ready]'));
    assert.match(visit.page.url(), /[?&]lang=en$/);
    await visit.app.locator('.diagram [data-id="queue"]').waitFor();
    const again = await visit.another(visit.page.url().replace(/\?.*/, ''));
    assert.equal(await again.app.evaluate(() => document.documentElement.lang), 'en-GB', 'the choice counts from then on');
    await visit.close();
  });

  test('an English visit fetches none of it, and a language that there is not is English', async () => {
    for (const [tail, locale] of [['', 'en-GB'], ['?lang=fr', 'en-GB'], ['', 'fr-FR']]) {
      const visit = await house.visit('hosted', { tail, context: { locale } });
      assert.equal(await visit.app.evaluate(() => document.documentElement.lang), 'en-GB');
      assert.deepEqual(visit.requests.filter((address) => /lang-/.test(address)), []);
      await visit.close();
    }
  });

  test('where its file does not come the page speaks English', async () => {
    const visit = await house.visit('hosted', {
      tail: '?lang=de',
      prepare: (context) => context.route(/lang-de/, (route) => route.fulfill({ contentType: 'application/json', body: '{' })),
    });
    assert.equal(await visit.app.locator('.transport .btn.primary').innerText(), 'Play');
    assert.equal(await visit.app.evaluate(() => document.documentElement.lang), 'en-GB');
    await visit.close();
  });

  test('the single file has it inside, and the other kata speaks it too', async () => {
    const visit = await house.visit('file', { tail: '?lang=de&kata=evening-rush' });
    assert.equal(await visit.page.title(), 'Der Abendansturm');
    assert.match(await visit.app.locator('.brief').innerText(), /Die ganze Stadt hat Hunger/);
    await speaks(visit, 'the evening rush');
    await visit.close();
  });

  /** A made-up language beside those that the page has. */
  const madeUp = (tag) => async (context) => {
    const file = await readFile(path.join(LANGUAGES, `lang-${tag}.json`), 'utf8');
    await context.route(/\/lang-x[ab]\.json$/, (route) => route.fulfill({ contentType: 'application/json', body: file }));
    await context.route((url) => url.pathname.endsWith('/'), async (route) => {
      const answer = await route.fetch();
      const page = (await answer.text()).replace('<html', `<html data-lang-${tag}="./lang-${tag}.json"`);
      await route.fulfill({ response: answer, body: page });
    });
    await kept({ design: 'demand-breaker' })(context);
  };

  /** What is cut, leaves its box or the window, by bounding boxes. Runs in the page. */
  const cut = (visit) => visit.app.evaluate(() => {
    const found = [];
    const shown = (e) => e.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && !e.closest('.sr-only, [inert], .skip');
    const name = (e) => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} “${(e.textContent ?? '').trim().slice(0, 50)}”`;
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide`);
    for (const e of document.querySelectorAll('#app :is(button, [role=tab], h1, h2, h3, p, li, dt, dd, label, summary, th, td)')) {
      if (!shown(e)) continue;
      const style = getComputedStyle(e);
      const scrolls = e.closest('.scroll, .flow, .verdict, dialog, .list, .tracks, .goals-strip, .tabs');
      const box = e.getBoundingClientRect();
      if (!scrolls && (box.left < -1 || box.right > innerWidth + 1)) found.push(`${name(e)} leaves the window`);
      // An ellipsis says that there is more, which the element's name or title has.
      const told = style.textOverflow === 'ellipsis';
      if (!told && style.display !== 'inline' && style.overflowX !== 'visible' && style.overflowX !== 'auto' && e.scrollWidth > e.clientWidth + 1) found.push(`${name(e)} is cut by ${e.scrollWidth - e.clientWidth} px`);
    }
    for (const part of document.querySelectorAll('.diagram .part')) {
      const card = part.querySelector('.card').getBoundingClientRect();
      for (const text of part.querySelectorAll('text')) {
        const box = text.getBoundingClientRect();
        if (box.width > 0 && (box.right > card.right + 2 || box.left < card.left - 2)) found.push(`“${text.textContent.trim()}” leaves its card`);
      }
    }
    return found;
  });

  for (const tag of ['xa', 'xb']) {
    test(`nothing is cut in a language ${tag === 'xa' ? 'of longer words' : 'that runs to the left'}`, async () => {
      for (const [width, height] of [[1440, 900], [1280, 720], [768, 1024], [390, 844], [360, 740]]) {
        const visit = await house.visit('hosted', { tail: `?lang=${tag}`, prepare: madeUp(tag), context: { viewport: { width, height }, hasTouch: width < 1100 } });
        const where = (what) => `${what} at ${width} × ${height}`;
        assert.equal(await visit.app.evaluate(() => document.documentElement.dir), tag === 'xb' ? 'rtl' : '');
        assert.deepEqual(await cut(visit), [], where('the start'));
        await press(visit, '.transport .btn:nth-of-type(3)');
        await visit.app.locator('.verdict').waitFor();
        assert.deepEqual(await cut(visit), [], where('the result'));
        await visit.close();
      }
    });
  }
});
