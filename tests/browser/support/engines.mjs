// Three browsers behind one tab, for tests that must hold in each engine: Chromium by Playwright, Firefox and WebKitGTK by WebDriver.
//
//   const browser = await ENGINES.Firefox();
//   await browser.open('http://…', { framed: true });      // `framed`: what follows is about the page's only frame
//   await browser.until(() => document.querySelector('#app[data-ready]'));
//   await browser.press('.transport .primary');             // a real press, of a real pointer
//   await browser.close();                                   // fails if the browser noted an error meanwhile, where it can tell
//
// Each is started fresh: its profile lies in a temporary folder, and what was started is ended by its own process group. Nothing is told by time:
// who waits asks the page until it says yes.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { LAUNCH } from './house.mjs';
import { freePort } from './ports.mjs';
import { http, marionette } from './wire.mjs';

/** How long anything may take, in milliseconds: only what hangs takes longer, however busy the machine is. */
const PATIENCE = Number(process.env.PATIENCE ?? 180_000);
/** How long to wait before asking again. */
const AGAIN = 20;

/** Asks until the answer is neither empty nor an error; `what` says what did not come. */
export async function asked(what, question) {
  const end = Date.now() + PATIENCE;
  let last;
  do {
    try {
      const answer = await question();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await after(AGAIN);
  } while (Date.now() < end);
  throw new Error(`${what} did not come within ${PATIENCE} ms`, { cause: last });
}

/** What ends each program that was started: none outlives us, however we end. */
const living = new Set();
const endAll = () => { for (const kill of living) kill(); };
process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/** Starts a program in a process group of its own, in a new folder; `end()` ends the group and removes the folder. */
async function started(program, args, env = {}, stdio = ['ignore', 'ignore', 'ignore', 'pipe']) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio, detached: true });
  const over = once(child, 'exit').catch((error) => error);
  const kill = () => { try { process.kill(-child.pid, 'SIGKILL'); } catch { /* It has ended by itself. */ } };
  await once(child, 'spawn');
  living.add(kill);
  return {
    child,
    over,
    end: async () => {
      kill();
      await over;
      living.delete(kill);
    },
  };
}

const folder = () => mkdtemp(path.join(tmpdir(), 'waiting-room-engine-'));
const cleared = (folder) => rm(folder, { recursive: true, force: true, maxRetries: 20 });

/** The middle of what matches, in pixels of the page, once it stands still; and, where `bare`, nothing lies over it. */
const middle = (tab, selector, bare = false) => tab.until(async (selector, bare) => {
  const place = () => {
    const wanted = document.querySelector(selector);
    wanted?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const box = wanted?.getBoundingClientRect();
    const at = box && [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
    return at && (!bare || wanted.contains(document.elementFromPoint(...at))) ? at : undefined;
  };
  const before = place();
  await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
  const now = place();
  return before && now && before.join() === now.join() && now;
}, selector, bare);

/** A move of the pointer to a place in the page. */
const move = (x, y) => ({ type: 'pointerMove', duration: 0, origin: 'viewport', x, y });

/** Ctrl, in the standard's letters for keys. */
const CONTROL = '\uE009';

/** What any browser that speaks WebDriver does. */
class Tab {
  constructor({ send, end }, downloads) {
    Object.assign(this, { send, end, downloads });
  }

  async open(url, { framed = false } = {}) {
    await this.send('SetTimeouts', { script: PATIENCE, pageLoad: PATIENCE, implicit: 0 });
    await this.send('SwitchToFrame', { id: null });
    // Firefox takes an address with a fragment for a place in the page that is there, and does not wait until that is gone.
    await this.run(() => { window.isLeft = true; });
    await this.send('Navigate', { url });
    await this.until(() => !window.isLeft);
    if (framed) await this.send('SwitchToFrame', { id: 0 });
  }

  reload() {
    return this.send('Refresh');
  }

  /** What a function gives back in the page; as for Playwright, it sees nothing but its arguments. */
  async run(what, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${what})(...Array.from(arguments).slice(0, -1))).then((good) => done({ good }), (bad) => done({ bad: String(bad) }));`;
    const told = await this.send('ExecuteAsyncScript', { script, args });
    if (!told || told.bad) throw new Error(told?.bad ?? 'the page was left');
    return told.good;
  }

  until(what, ...args) {
    return asked(`what is asked for by ${what}`, () => this.run(what, ...args));
  }

  /** Presses what matches, once it is there and nothing lies over it: by the pointer, whose events come as a person's do, one after the other. */
  async press(selector) {
    const [x, y] = await middle(this, selector, true);
    await this.pointer(move(x, y), { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 });
  }

  pointer(...actions) {
    return this.send('PerformActions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });
  }

  /** Types in place of what a field holds. */
  async type(selector, text) {
    await this.press(selector);
    const stroke = (key, between = []) => [{ type: 'keyDown', value: key }, ...between, { type: 'keyUp', value: key }];
    const actions = [...stroke(CONTROL, stroke('a')), ...[...text].flatMap((letter) => stroke(letter))];
    await this.send('PerformActions', { actions: [{ type: 'key', id: 'keys', actions }] });
  }

  /** Drags from the middle of one thing to that of another; `by` is an offset there, in pixels. Not in a frame. */
  async drag(from, to, { x = 0, y = 0 } = {}) {
    const [start, end] = [await middle(this, from), await middle(this, to)];
    const [down, up] = [move(...start), move(end[0] + x, end[1] + y)];
    const between = move(Math.round((down.x + up.x) / 2), Math.round((down.y + up.y) / 2));
    await this.pointer(down, { type: 'pointerDown', button: 0 }, between, up, up, { type: 'pointerUp', button: 0 });
  }

  /** Gives the page this size; the window is larger by what the browser draws around it. */
  async size(width, height) {
    const wanted = [width, height];
    await asked(`a page of ${width} × ${height}`, async () => {
      await this.send('SetWindowRect', { x: 0, y: 0, width: wanted[0], height: wanted[1] });
      const [w, h] = await this.run(() => [innerWidth, innerHeight]);
      if (w === width && h === height) return true;
      wanted[0] += width - w;
      wanted[1] += height - h;
      return false;
    });
  }

  /** The text of the one file that was downloaded, once it is there whole. */
  downloaded() {
    return asked('a download', async () => {
      const [name] = await readdir(this.downloads);
      return /\.(part|wkdownload)$/.test(name) ? '' : readFile(path.join(this.downloads, name), 'utf8');
    });
  }
}

/** Firefox, as installed: without a window, through Marionette. */
async function firefox() {
  const profile = await folder();
  const downloads = path.join(profile, 'downloads');
  await mkdir(downloads);
  const wishes = {
    'browser.download.folderList': 2, 'browser.download.dir': downloads, 'browser.download.alwaysOpenPanel': false,
    'marionette.port': 0, 'browser.shell.checkDefaultBrowser': false, 'datareporting.policy.dataSubmissionEnabled': false,
    'app.update.disabledForTesting': true, 'browser.startup.page': 0, 'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false, 'network.proxy.type': 0, 'browser.aboutwelcome.enabled': false,
  };
  const lines = Object.entries(wishes).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  await writeFile(path.join(profile, 'user.js'), lines.join('\n'));
  const args = ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--new-instance', '--profile', profile];
  const program = await started(process.env.FIREFOX ?? 'firefox-esr', args, { MOZ_HEADLESS_WIDTH: '1440', MOZ_HEADLESS_HEIGHT: '985' });
  const port = await asked('Firefox', async () => Number(await readFile(path.join(profile, 'MarionetteActivePort'), 'utf8')));
  const session = await marionette(port);
  const tab = new Tab(session, downloads);
  /** What the browser's own console holds of our pages: errors, and policies that were violated. */
  const faults = async () => {
    await session.ask('Marionette:SetContext', { value: 'chrome' });
    return session.send('ExecuteScript', {
      script: `return Services.console.getMessageArray().filter((one) => one instanceof Ci.nsIScriptError && !(one.flags & Ci.nsIScriptError.warningFlag)
        && /^(http:..(127|localhost)|file:)/.test(one.sourceName)).map((one) => one.errorMessage + ' (' + one.sourceName + ':' + one.lineNumber + ')')`,
      args: [],
    });
  };
  tab.close = async () => {
    const found = await faults();
    await tab.end();
    await program.over;
    await program.end();
    await cleared(profile);
    assert.deepEqual(found, [], 'Firefox noted errors');
  };
  return tab;
}

/** The driver with a session; it is told its port, so another one is tried where somebody else was quicker. */
async function driven(settings) {
  for (;;) {
    const port = await freePort();
    const driver = await started(process.env.WEBKIT_DRIVER ?? 'WebKitWebDriver', [`--port=${port}`], settings);
    const isGone = () => driver.child.exitCode !== null && { send: undefined };
    const session = await asked('WebKitGTK', () => isGone() || http(`http://127.0.0.1:${port}`));
    if (session.send) return { driver, session };
    await driver.end();
  }
}

/** WebKitGTK's small browser, on a screen of its own. */
async function webkit() {
  const home = await folder();
  const downloads = path.join(home, 'Downloads');
  await mkdir(downloads);
  await writeFile(path.join(home, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const screen = await started(process.env.XVFB ?? 'Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1100x24', '-nolisten', 'tcp']);
  const [display] = await once(screen.child.stdio[3], 'data');
  const settings = {
    DISPLAY: `:${String(display).trim()}`, WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1', GDK_BACKEND: 'x11',
    // As root no sandbox of its own can be made.
    ...process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {},
    HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home,
  };
  const { driver, session } = await driven(settings);
  const tab = new Tab(session, downloads);
  // The driver's own end of a session does not always answer; it and its browser are one process group.
  tab.close = async () => {
    await driver.end();
    await screen.end();
    await cleared(home);
  };
  return tab;
}

/** The Chromium of all other tests. */
async function chrome() {
  const browser = await chromium.launch(LAUNCH);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(PATIENCE);
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  let download;
  page.on('download', (one) => { download = one; });
  let app = page.mainFrame();
  return {
    async open(url, { framed = false } = {}) {
      await page.goto(url);
      app = framed ? page.frames()[1] : page.mainFrame();
    },
    reload: () => page.reload(),
    run: (what, ...args) => app.evaluate(`(${what})(...${JSON.stringify(args)})`),
    until(what, ...args) { return asked(`what is asked for by ${what}`, () => this.run(what, ...args)); },
    press: (selector) => app.locator(selector).first().click(),
    type: (selector, text) => app.locator(selector).first().fill(text),
    async drag(from, to, { x = 0, y = 0 } = {}) {
      const [start, end] = [await middle(this, from), await middle(this, to)];
      await page.mouse.move(...start);
      await page.mouse.down();
      await page.mouse.move(end[0] + x, end[1] + y, { steps: 4 });
      await page.mouse.up();
    },
    downloaded: () => asked('a download', async () => download && readFile(await download.path(), 'utf8')),
    size: (width, height) => page.setViewportSize({ width, height }),
    async close() {
      await browser.close();
      assert.deepEqual(faults, [], 'Chromium noted errors');
    },
  };
}

/** Each engine: starts its browser and gives back its tab. */
export const ENGINES = { Chromium: chrome, Firefox: firefox, WebKitGTK: webkit };
