// A page that a browser's translator or an extension has rewritten lives on and shows current words.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { kept } from './support/learner.mjs';
import { translate, WAYS } from './support/translator.mjs';

describe('A page that others have rewritten', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  /** What is read at a place: without the brackets of the translator, spaces as one. */
  const words = (visit, selector) => visit.app.evaluate((s) => {
    const found = document.querySelector(s);
    return found && found.textContent.replace(/[[\]]/g, '').replace(/\s+/g, ' ').trim();
  }, selector);
  /** Waits until the place reads so. */
  const reads = async (visit, selector, pattern) => {
    try {
      await visit.app.waitForFunction(([s, source]) => {
        const text = document.querySelector(s)?.textContent.replace(/[[\]]/g, '').replace(/\s+/g, ' ').trim();
        return text !== undefined && new RegExp(source).test(text);
      }, [selector, pattern.source]);
    } catch {
      assert.match(await words(visit, selector) ?? '(nothing)', pattern, selector);
    }
  };
  const key = (visit, name) => visit.page.keyboard.press(name);
  const PLAY = '.transport .primary';
  const play = (visit) => visit.app.locator(PLAY).click();
  const toTheEnd = async (visit) => {
    await visit.app.locator('.transport button').nth(2).click();
    await visit.app.locator('.verdict').waitFor();
  };
  const restart = (visit) => visit.app.locator('.transport button').nth(1).click();

  /** What is done on the translated page, one after the other, and what must then be read. */
  const WALKS = {
    'from the start': [{}, {
      play: async (visit) => {
        await play(visit);
        await reads(visit, PLAY, /^Pause$/);
        await reads(visit, '.clock', /^(?!07:30:00)\d\d:\d\d:\d\d$/);
      },
      pause: async (visit) => {
        await play(visit);
        await reads(visit, PLAY, /^Play$/);
      },
      Restart: async (visit) => {
        await restart(visit);
        await reads(visit, '.clock', /^07:30:00$/);
      },
      'a name': async (visit) => {
        await visit.app.locator('.diagram [data-id=api]').focus();
        await visit.app.locator('#inspector-name').fill('Front desk');
        await key(visit, 'Tab');
        await reads(visit, '.diagram [data-id=api]', /Front desk/);
      },
      'a part': async (visit) => {
        await visit.app.locator('#left-parts').click();
        await visit.app.locator('[data-kind=queue]').click();
        await visit.app.locator('.diagram [data-id=queue]').waitFor();
      },
      'more parts': async (visit) => {
        for (const kind of ['consumers', 'dead_letter']) await visit.app.locator(`[data-kind=${kind}]`).click();
        await visit.app.locator('.diagram [data-id=consumers]').waitFor();
      },
      'undo and redo': async (visit) => {
        for (const name of ['Control+z', 'Control+z', 'Control+z', 'Control+z', 'Control+y', 'Control+y']) await key(visit, name);
        await visit.app.locator('.diagram [data-id=consumers]').waitFor({ state: 'detached' });
        await reads(visit, '.diagram [data-id=api]', /Front desk/);
      },
      'a part deleted': async (visit) => {
        await visit.app.locator('.diagram [data-id=queue]').focus();
        await key(visit, 'Delete');
        await visit.app.locator('.diagram [data-id=queue]').waitFor({ state: 'detached' });
      },
    }],
    'with a chain': [{ prepare: kept({ design: 'queue-60' }) }, {
      'a run to its end': async (visit) => {
        await toTheEnd(visit);
        await reads(visit, PLAY, /^Again$/);
        await reads(visit, '.clock', /^10:30:00$/);
        await reads(visit, '.player .sum', /[1-8] of 8 ?(hold|missed)/);
        assert.doesNotMatch(await words(visit, '.decides'), /not run yet/i);
      },
      'the story of a booking': async (visit) => {
        await visit.app.locator('.verdict .worst').click();
        await visit.app.locator('dialog.story .headline').waitFor();
        const first = await words(visit, 'dialog.story .headline');
        await visit.app.locator('dialog.story .ask .field').fill('12');
        await key(visit, 'Enter');
        await reads(visit, '#story-title', /^Booking 12$/);
        assert.notEqual(await words(visit, 'dialog.story .headline'), first);
        await key(visit, 'Escape');
      },
      'help, a rung and another': async (visit) => {
        for (let at = 0; at < 2; at++) {
          await visit.app.locator('.rungs li').nth(at).locator('.head').click();
          await visit.app.locator('.rungs li.open').nth(at).waitFor();
        }
        await reads(visit, '.rungs h3', /2 of 4 opened/);
      },
      '50 Mondays, stopped': async (visit) => {
        await visit.app.locator('.verdict button', { hasText: '50 Mondays' }).first().click();
        await reads(visit, '.repeat .grade', /^Passes 0 of [1-9]\d* /);
        // Where workers are quick all are done by now.
        await visit.app.evaluate(() => [...document.querySelectorAll('.repeat button')].find((b) => b.textContent.includes('Stop'))?.click());
        await visit.app.locator('.repeat button', { hasText: 'Stop' }).waitFor({ state: 'detached' });
        await reads(visit, '.repeat .grade', /^Passes 0 of [1-9]\d* /);
        await key(visit, 'Escape');
        await visit.app.locator('.repeat').waitFor({ state: 'detached' });
      },
      'the result closed': async (visit) => {
        await visit.app.locator('.verdict [aria-label="Close the result"]').click();
        await visit.app.locator('.verdict').waitFor({ state: 'detached' });
      },
      Restart: async (visit) => {
        await restart(visit);
        await reads(visit, PLAY, /^Play$/);
        await reads(visit, '.clock', /^07:30:00$/);
      },
      'kept runs': async (visit) => {
        await visit.app.locator('#left-runs').click();
        await visit.app.locator('#panel-runs .run').first().waitFor();
      },
      'another scenario': async (visit) => {
        await visit.app.locator('#left-brief').click();
        for (const id of ['flu-season', 'slow-clinic', 'outage']) await visit.app.locator('.bar select[aria-label=Scenario]').selectOption(id);
        await reads(visit, '.scenarios .chosen', /^The clinic goes dark ?chosen/);
      },
      'its run': async (visit) => {
        await toTheEnd(visit);
        await reads(visit, '.verdict .words', /The clinic goes dark/);
      },
      'parts in the inspector': async (visit) => {
        for (const id of ['api', 'consumers', 'clinic', 'api']) await visit.app.locator(`.diagram [data-id=${id}]`).focus();
        // Passing by leaves a result where it is; a part that is asked for takes its place.
        await visit.app.locator('.diagram [data-id=api]').press('Enter');
        await visit.app.locator('#param-api-threads').waitFor();
        await visit.app.locator('.inspector .label').first().click();
      },
      'a number': async (visit) => {
        await visit.app.locator('#param-api-threads').fill('7');
        await key(visit, 'Enter');
        await visit.app.locator('#param-api-threads').fill('seven');
        await key(visit, 'Enter');
        await reads(visit, '.inspector .wrong', /In force: 7\.$/);
        await key(visit, 'Tab');
        await reads(visit, '.inspector .wrong', /7 stays\.$/);
      },
      'the list and back': async (visit) => {
        await visit.app.locator('.stage-tools button').nth(1).click();
        await visit.app.locator('#list-add').click();
        await visit.app.locator('.stage-tools button').nth(0).click();
        await visit.app.locator('.diagram svg.canvas').waitFor();
      },
      help: async (visit) => {
        await visit.app.locator('[aria-label="Help and keys"]').click();
        await key(visit, 'Escape');
        await visit.app.locator('dialog[open]').waitFor({ state: 'detached' });
      },
      'a design that can’t be opened': async (visit) => {
        await visit.app.locator('#open-exchange').click();
        await visit.app.locator('#exchange-paste').fill('{');
        await visit.app.locator('#exchange-paste ~ * button, #exchange-paste ~ button').first().click();
        await key(visit, 'Escape');
      },
      'size it': async (visit) => {
        await visit.app.locator('#open-size').click();
        await visit.app.locator('#size-factor-0').selectOption({ index: 1 });
        await visit.app.locator('#size-seeds').selectOption('1');
        await visit.app.locator('#size-0-2').fill('2');
        await visit.app.locator('#size-start').click();
        await reads(visit, '.size .says', /of 2 designs/);
        await visit.app.locator('#size-stop').waitFor({ state: 'detached' });
        await key(visit, 'Escape');
      },
      'theme and seed': async (visit) => {
        await visit.app.locator('button.theme').click();
        await visit.app.locator('[aria-label="Another seed"]').click();
      },
    }],
  };

  for (const way of WAYS) {
    for (const [name, [options, walk]] of Object.entries(WALKS)) {
      test(`lives on and shows current words: translated, the text ${way}; ${name}`, async () => {
        const visit = await house.visit('hosted', options);
        await translate(visit, way);
        await visit.app.locator('#app font font').first().waitFor({ state: 'attached' });
        for (const [what, deed] of Object.entries(walk)) {
          try {
            await deed(visit);
          } catch (error) {
            throw new Error(`${what}: ${error.message}\n${visit.faults.join('\n')}`, { cause: error });
          }
          assert.equal(await visit.app.locator('#crash').count(), 0, `${what}: the page has stopped`);
          assert.deepEqual(visit.faults, [], what);
        }
        await visit.close();
      });
    }
  }

  for (const way of WAYS) {
    test(`the page’s new words may be translated anew, the text ${way}`, async () => {
      const visit = await house.visit('hosted');
      await translate(visit, way);
      const becomes = (words) => visit.app.waitForFunction(([s, words]) => document.querySelector(s).textContent === words, [PLAY, words]);
      for (let times = 0; times < 3; times++) {
        await play(visit);
        await becomes('[Pause]');
        await play(visit);
        await becomes('[Play]');
      }
      await visit.close();
    });
  }

  test('the page may be had in the original again', async () => {
    const visit = await house.visit('hosted');
    await translate(visit, 'dropped');
    // As a translator shows the original: something with the old words takes the place of its own.
    await visit.app.evaluate(() => {
      for (const font of document.querySelectorAll('#app .transport font:not(font font)')) font.replaceWith(font.textContent.slice(1, -1));
    });
    assert.equal(await words(visit, PLAY), 'Play', 'once');
    await visit.close();
  });

  /** What extensions do to a page, each on its way. */
  const MEDDLING = {
    'something stands before the page’s own elements': () => {
      for (const element of [...document.querySelectorAll('#app, #app *')].filter((e) => !e.closest('svg, select'))) element.prepend(document.createElement('i'));
    },
    'words in elements of their own': () => {
      const walker = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) if (walker.currentNode.data.trim() && !walker.currentNode.parentElement.closest('select, textarea')) texts.push(walker.currentNode);
      for (const text of texts) {
        const mark = document.createElement('mark');
        text.replaceWith(mark);
        mark.append(text);
      }
    },
    'buttons in elements of their own': () => {
      for (const button of document.querySelectorAll('#app button')) {
        const span = document.createElement('span');
        button.replaceWith(span);
        span.append(button);
      }
    },
    'elements around words taken away': () => {
      for (const element of document.querySelectorAll('#app .transport span, #app .goal span, #app .brief li, #app .brief p, #app .term')) {
        element.replaceWith(...element.childNodes);
      }
    },
    'elements taken away with all that is in them': () => {
      const some = '#app .goal span, #app .bar h1, #app .brief p, #app .transport svg, #app .stage-tools, #app .ribbon svg';
      for (const element of document.querySelectorAll(some)) element.remove();
    },
  };
  for (const [name, meddle] of Object.entries(MEDDLING)) {
    test(`lives on and shows current words: ${name}`, async () => {
      const visit = await house.visit('hosted', { prepare: kept({ design: 'queue-60' }) });
      await visit.app.evaluate(meddle);
      const [, walk] = WALKS['with a chain'];
      for (const what of ['a run to its end', 'the result closed', 'Restart', 'another scenario', 'its run']) await walk[what](visit);
      await play(visit);
      assert.equal(await visit.app.locator('#crash').count(), 0);
      await visit.close();
    });
  }
});
