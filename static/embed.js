// The waiting room in any page: `<waiting-room scenario="monday" theme="auto"></waiting-room>`, and prose that ticks itself. docs/embedding.md says how.
//
// A classic script of its own: it asks for nothing, evaluates nothing and writes no HTML, so that it runs under a strict policy of its host
// (`script-src`, `frame-src` and nothing else). It finds the page beside itself. Messages are taken from the element's own frame alone, and only
// from the origin that the frame was given. What an author got wrong is told on the console, in words, and nothing else comes of it.
(() => {
  'use strict';
  const TAG = 'waiting-room';
  if (customElements.get(TAG)) return;

  /** The options of the page's address, each an attribute here: a test compares them with the page's own list. */
  const OPTIONS = [
    'embed', 'kata', 'scenario', 'design', 'seed', 'speed', 'autoplay', 'readonly', 'panels', 'present', 'theme', 'lang', 'key', 'host',
  ];
  const PREFIX = 'waiting-room:';
  const script = document.currentScript || document.querySelector('script[src*="embed.js"]');
  const HOME = (script && script.src) || document.baseURI;

  function tell(words) {
    console.error(`waiting-room: ${words}`);
  }

  function sheet(text) {
    const made = new CSSStyleSheet();
    made.replaceSync(text);
    return made;
  }

  // The frame's own colour is that of the text around it: when that changes, by whatever means, its transition tells.
  const LOOKS = sheet(`
    :host { display: block; margin-block: 16px }
    :host([hidden]) { display: none }
    iframe { display: block; box-sizing: border-box; width: 100%; height: 720px; border: 0; color: inherit; transition: color 1ms }
  `);

  /** How light a colour is, from 0 to 1, as a computed style writes it. */
  function lightness(colour) {
    const [a = 0, b = 0, c = 0] = (colour.replace(/^color\(\S+/, '').match(/-?[\d.]+(?:e-?\d+)?/g) || []).map(Number);
    if (/^rgb/.test(colour)) return (0.3 * a + 0.6 * b + 0.1 * c) / 255;
    if (/^color/.test(colour)) return 0.3 * a + 0.6 * b + 0.1 * c;
    return /^ok/.test(colour) ? a : a / 100;
  }

  class WaitingRoom extends HTMLElement {
    constructor() {
      super();
      this._frame = null;
      this._waiting = [];
      this._asking = [];
      this._hears = (event) => this._heard(event);
      this._turns = (event) => { if (event.propertyName === 'color') this._dress(); };
      // What is not seen has no transitions: when it comes into sight it may have to be dressed.
      this._sizes = new ResizeObserver(() => this._dress());
      this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [LOOKS];
    }

    connectedCallback() {
      addEventListener('message', this._hears);
      // Firefox tells of the first step alone where the colour around comes to its end by and by.
      document.addEventListener('transitionend', this._turns);
      this._open();
    }

    disconnectedCallback() {
      removeEventListener('message', this._hears);
      document.removeEventListener('transitionend', this._turns);
      this._close();
    }

    attributeChangedCallback(name, before, after) {
      if (!this._frame || before === after) return;
      if (name === 'theme') return this._dress();
      if (name === 'height') return this._size(after);
      // Several attributes that change at once are one change.
      if (!this._stale) Promise.resolve().then(() => { if (this._stale) { this._close(); this._open(); } });
      this._stale = true;
    }

    /** Plays, pauses; starts over with the design to begin with. */
    play() { this._send('play'); }
    pause() { this._send('pause'); }
    reset() { this._send('reset'); }
    /** Opens `{ design }`, an object as in a design's file, or `{ link }`, the text of a link. */
    load(what) { this._send('load', what); }
    /** Sets any of `{ scenario, seed, speed, theme, lang }`. */
    set(what) { this._send('set', what); }
    /** The last result, as the event `waiting-room:result` gives it in its `detail`; null where no run has come to its end yet. */
    result() {
      return new Promise((done) => {
        this._asking.push(done);
        this._send('get-result');
      });
    }

    /** Whether the frame's origin is none that could be named: a file, or a sandbox. */
    get _isOpaque() {
      const sandbox = this.getAttribute('sandbox');
      return this._address.protocol === 'file:' || (sandbox !== null && !/\ballow-same-origin\b/.test(sandbox));
    }

    /** The reader's or the author's choice; else dark where the text around the frame is light. */
    get _theme() {
      const asked = this.getAttribute('theme');
      if (asked === 'light' || asked === 'dark') return asked;
      return lightness(getComputedStyle(this._frame || this).color) > 0.5 ? 'dark' : 'light';
    }

    _open() {
      // Beside a file, and in a sandbox, only the page in one file runs.
      const alone = this.hasAttribute('sandbox') || HOME.startsWith('file:');
      const url = new URL(this.getAttribute('src') || (alone ? 'waiting-room.html' : 'index.html'), HOME);
      url.searchParams.set('embed', '1');
      for (const option of OPTIONS.filter((option) => this.hasAttribute(option))) {
        url.searchParams.set(option, this.getAttribute(option) || '1');
      }
      url.searchParams.set('theme', this._theme);
      const frame = document.createElement('iframe');
      frame.title = this.getAttribute('aria-label') || 'The waiting room';
      frame.allow = 'clipboard-write; fullscreen';
      frame.loading = this._waiting.length > 0 ? 'eager' : 'lazy';
      if (this.hasAttribute('sandbox')) frame.setAttribute('sandbox', this.getAttribute('sandbox'));
      frame.addEventListener('transitionend', this._turns);
      frame.src = url.href;
      this._address = url;
      this._frame = frame;
      this._stale = this._isReady = false;
      this._size(this.getAttribute('height'));
      this.shadowRoot.append(frame);
      this._sizes.observe(frame);
    }

    _close() {
      this._askAgain();
      this._isReady = false;
      this._sizes.disconnect();
      if (this._frame) this._frame.remove();
      this._frame = null;
    }

    /** A height that the author gives stays; else the page says how high it wants to be. */
    _size(height) {
      if (height !== null) this._frame.style.height = /^\d+$/.test(height) ? `${height}px` : height;
    }

    _dress() {
      if (!this._isReady || this._told === this._theme) return;
      this._told = this._theme;
      this._post('set', { theme: this._told });
    }

    _send(type, what) {
      if (this._isReady && !this._stale) return this._post(type, what);
      this._waiting.push([type, what]);
      // A page that is out of sight is not loaded until something is wanted of it.
      if (this._frame) this._frame.loading = 'eager';
    }

    _post(type, what) {
      this._frame.contentWindow.postMessage({ ...what, type: PREFIX + type }, this._isOpaque ? '*' : this._address.origin);
    }

    _heard({ source, origin, data }) {
      if (!this._frame || source !== this._frame.contentWindow || origin !== (this._isOpaque ? 'null' : this._address.origin)) return;
      if (!data || typeof data.type !== 'string' || !data.type.startsWith(PREFIX)) return;
      const { type, asked, ...detail } = data;
      const what = type.slice(PREFIX.length);
      // An answer is no event of a run.
      if (asked) return void this._asking.shift()?.(detail.digest === null ? null : detail);
      if (what === 'ready') this._begin();
      if (what === 'error') tell(detail.message);
      if (what === 'resize' && detail.height > 0 && !this.hasAttribute('height')) this._frame.style.height = `${detail.height}px`;
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
      read(this, what, detail);
    }

    /** What a page that goes has not answered the next one is asked. */
    _askAgain() {
      if (this._isReady) this._waiting.push(...this._asking.map(() => ['get-result']));
    }

    /** The page listens; it may be another one than before, if the learner has gone on to another kata. Whoever says something is answered. */
    _begin() {
      this._askAgain();
      this._isReady = true;
      this._told = null;
      this._dress();
      for (const [type, what] of this._waiting.splice(0)) this._post(type, what);
    }
  }
  Object.defineProperty(WaitingRoom, 'observedAttributes', { value: [...OPTIONS, 'src', 'sandbox', 'height', 'aria-label'] });

  // Prose that ticks itself: `<li data-waiting-room-when="backlog > 500 and passed">`. What has once been true stays ticked.

  const WHEN = 'data-waiting-room-when';
  const DONE = 'data-waiting-room-done';
  const TERM = /^([a-z]\w*(?:\.\w+)?)(?:\s*(>=|<=|>|<|=)\s*(?:(-?\d+(?:\.\d+)?)|([a-z][a-z0-9-]*)))?$/;
  const HOLDS = { '>': (a, b) => a > b, '>=': (a, b) => a >= b, '<': (a, b) => a < b, '<=': (a, b) => a <= b, '=': (a, b) => a === b };
  /** The conditions that were read, by their texts; `null`: not to be understood. */
  const conditions = new Map();
  /** The names that were told to be unknown. */
  const told = new Set();
  /** What each element's page has said of the run that goes on or went by, by name. */
  const known = new WeakMap();

  function condition(text) {
    if (!conditions.has(text)) {
      const terms = text.trim().split(/\s+and\s+/).map((term) => TERM.exec(term.trim()));
      const clear = terms.every((term) => term && !(term[4] && term[2] !== '='));
      if (!clear) {
        tell(`${WHEN}="${text}" is no condition. It is a name (passed), or a name and a number (backlog > 500, cost <= 10) or word (scenario = outage); more of them are joined by "and".`);
      }
      conditions.set(text, clear ? terms : null);
    }
    return conditions.get(text);
  }

  function holds([, name, is, number, word], values) {
    let value = values[name];
    if (!is) return value === true;
    // A run is told of a few times a second; what was so between two tellings, at full speed all of it, has been so.
    if (name === 'backlog' && is[0] === '>') value = Math.max(value, values.max_backlog);
    return word ? value === word : typeof value === 'number' && HOLDS[is](value, Number(number));
  }

  /** Takes over what a message says, and ticks what follows from it. */
  function read(room, type, detail) {
    if (type === 'ready') announce('');
    if (type === 'run-started') known.set(room, detail);
    if (!['progress', 'result', 'score'].includes(type)) return;
    const values = { ...known.get(room), ...detail };
    for (const goal of (type === 'result' && detail.goals) || []) values[`met.${goal.metric}`] = goal.met;
    known.set(room, values);
    const done = open(room).filter(([, terms]) => terms.every((term) => holds(term, values))).map(([element]) => element);
    for (const element of done) element.setAttribute(DONE, '');
    if (done.length > 0) announce(`Done: ${done.map((element) => element.textContent.trim().slice(0, 160)).join(' ')}`);
    // After a run, and the score that comes with it, every name is known.
    if (type === 'result' && 't_s' in values) setTimeout(() => tellUnknown(room));
  }

  /** The elements that this page may tick still, each with its condition. */
  function open(room) {
    const all = [...document.querySelectorAll(`[${WHEN}]:not([${DONE}])`)];
    const own = all.filter((element) => [null, room.id].includes(element.getAttribute('data-waiting-room-for')));
    return own.map((element) => [element, condition(element.getAttribute(WHEN))]).filter(([, terms]) => terms);
  }

  function tellUnknown(room) {
    const values = known.get(room);
    const names = open(room).flatMap(([, terms]) => terms.map(([, name]) => name));
    for (const name of new Set(names.filter((name) => !(name in values) && !told.has(name)))) {
      told.add(name);
      tell(`no run has a “${name}”, which a condition names. It has ${Object.keys(values).sort().join(', ')}.`);
    }
  }

  let status = null;
  /** Whoever does not see the tick hears of it. */
  function announce(words) {
    if (!status) {
      status = document.createElement('div');
      status.setAttribute('role', 'status');
      status.className = 'waiting-room-status';
      document.body.append(status);
    }
    status.textContent = words;
  }

  // With no weight of their own: a host's style says otherwise by any selector.
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet(`
    :where(.waiting-room-status) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
    :where(li[${WHEN}]) { list-style: none }
    :where([${WHEN}])::before {
      content: "\\a0"; content: "\\a0" / "Not yet: "; display: inline-block; box-sizing: border-box; width: 1.25em; height: 1.25em; margin-inline-end: .5em;
      border: .1em solid; border-radius: 50%; font: 700 .8em/1.05 system-ui, sans-serif; text-align: center; vertical-align: .1em; opacity: .6;
    }
    :where(li[${WHEN}])::before { margin-inline-start: -1.75em }
    :where([${DONE}])::before { content: "\\2713"; content: "\\2713" / "Done: "; border-color: #147a52; background: #147a52; color: #fff; opacity: 1 }
  `)];

  customElements.define(TAG, WaitingRoom);
})();
