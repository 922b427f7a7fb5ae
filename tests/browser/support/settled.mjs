// Settled: what was done to the page is done, and what it shows is what it knows. No test depends on how long that takes.
//
// The page is settled when no animation frame is asked for and a whole frame has passed without a change in the document. The browser then
// has laid out and observed what was drawn, and the page has answered. The page says nothing of this itself: its frames and changes are
// watched from outside, from before its first script on.
//
// What moves by the style sheet, a track that grows or a seal that is drawn, is taken to its end: nothing is pressed or measured on its way.
//
// While its second module is on its way the page is not settled: what comes with it is shown then.
//
// A page that goes on by itself never settles: while a run plays or a study is under way, one frame is all that is waited for.
//
// `settling` gives a tab whose every step, a press as well as a look, waits until the page has settled. Tests get no other one, so none can
// count, read or press too early. Timers are not waited for: they are the page's own waits (until it saves, until a toast goes), and a test
// that is about what comes after one waits for that.

/** Buttons that are there while the page goes on by itself: a run plays, a study is under way. */
const GOES_ON = { '.transport .primary': 'Pause', '.under-way button, #size-stop': 'Stop' };
/** A page that is still drawing after so many frames goes on by itself in another way, such as a drag at the canvas's edge. */
const MOST_FRAMES = 60;

/** For a context's init script: watches frames and changes, and gives the page's world `settled()` and `goesOn()`. */
function watch([buttons, mostFrames]) {
  const frame = globalThis.requestAnimationFrame.bind(globalThis);
  const cancel = globalThis.cancelAnimationFrame.bind(globalThis);
  const timeout = globalThis.setTimeout.bind(globalThis);
  const asked = new Set();
  let changed = true;
  globalThis.requestAnimationFrame = (callback) => {
    const id = frame((at) => {
      asked.delete(id);
      changed = true;
      callback(at);
    });
    asked.add(id);
    return id;
  };
  globalThis.cancelAnimationFrame = (id) => {
    asked.delete(id);
    cancel(id);
  };
  new MutationObserver(() => { changed = true; })
    .observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  // Within a frame the page hears of new sizes, after its callbacks; a task of its own comes after that.
  const wholeFrame = () => new Promise((done) => { frame(() => timeout(done)); });
  const goesOn = () => Object.entries(buttons).some(([selector, word]) => document.querySelector(selector)?.textContent.trim() === word);
  const coming = () => globalThis.waitingRoom?.coming;
  /** Ends every transition and animation that has an end; whether there was one. */
  const ended = () => {
    const moving = document.getAnimations().filter((each) => each.playState === 'running' && each.effect.getComputedTiming().endTime < Infinity);
    for (const each of moving) each.finish();
    return moving.length > 0;
  };
  globalThis.goesOn = goesOn;
  globalThis.settled = async () => {
    for (let frames = 0; frames < mostFrames && (ended() || changed || asked.size > 0 || coming()); frames++) {
      changed = false;
      await wholeFrame();
      if (goesOn()) return;
    }
  };
}

/** Has every page of this context watched. */
export const watched = (context) => context.addInitScript(watch, [GOES_ON, MOST_FRAMES]);

/** Waits until the page in this frame has settled. */
export async function settled(app) {
  // A page that is being left has nothing to settle: who went on to another waits until that is up.
  await app.evaluate(() => globalThis.settled?.()).catch(() => {});
}

/** What leads from a tab, a frame or a locator to another locator. */
const LEADS = new Set([
  'locator', 'getByRole', 'getByLabel', 'getByText', 'getByTitle', 'getByPlaceholder', 'getByAltText', 'filter', 'first', 'last', 'nth', 'or', 'and',
]);
/** What a tab has to press keys and move pointers with. */
const TOOLS = new Set(['keyboard', 'mouse', 'touchscreen']);
/** What is done or looked at. Whatever waits by itself (`waitFor…`) is not among it. */
const STEPS = new Set([
  'all', 'allInnerTexts', 'allTextContents', 'blur', 'boundingBox', 'check', 'click', 'count', 'dblclick', 'down', 'dragTo', 'evaluate', 'evaluateAll',
  'fill', 'focus', 'getAttribute', 'hover', 'innerHTML', 'innerText', 'inputValue', 'insertText', 'isChecked', 'isDisabled', 'isEditable', 'isEnabled',
  'isHidden', 'isVisible', 'move', 'press', 'pressSequentially', 'screenshot', 'scrollIntoViewIfNeeded', 'selectOption', 'selectText', 'setInputFiles',
  'tap', 'textContent', 'type', 'uncheck', 'up', 'wheel',
]);

/** The same tab, frame or locator, but each of its steps waits until the page in `app` has settled. */
export function settling(what, app) {
  return new Proxy(what, {
    get(target, name) {
      const value = target[name];
      if (TOOLS.has(name)) return settling(value, app);
      if (typeof value !== 'function') return value;
      if (LEADS.has(name)) return (...given) => settling(value.apply(target, given), app);
      if (!STEPS.has(name)) return value.bind(target);
      return async (...given) => {
        await settled(app);
        const found = await value.apply(target, given);
        return name === 'all' ? found.map((each) => settling(each, app)) : found;
      };
    },
  });
}
