// The link builder: from ticked options to the address and the snippets, and a frame that shows what they open.
//
// The options, what each may be and does, the katas and the languages stand in a block of data, which the build makes from docs/reference.md, the katas'
// folders and static/lang. Nothing is sent, and nothing of a text that is typed becomes HTML. What is not allowed is said at its field and left out.
(() => {
  'use strict';
  const { options, katas, languages } = JSON.parse(document.getElementById('builder-data').textContent);
  const part = (id) => document.getElementById(id);
  const control = (key) => document.querySelector(`[data-option="${key}"]`);
  const isFile = location.protocol === 'file:';
  const MOST_SEED = 2n ** 64n - 1n;
  /** Each preview has a drawer of its own, so that a design to start from is seen, and nothing of the instructor's is touched. */
  const DRAWER = `builder-${Date.now().toString(36)}`;
  /** Whoever ticks several things waits for one preview. */
  const PAUSE_MS = 300;

  /** What is typed and may be refused; the words for that are the list's own. */
  const CHECKS = {
    seed: (text) => /^\d+$/.test(text) && BigInt(text) <= MOST_SEED,
    key: (text) => /^[A-Za-z0-9_-]{1,64}$/.test(text),
    place: (text) => folder(text) !== null,
    height: (text) => /^\d+$/.test(text) && Number(text) >= 300 && Number(text) <= 4000,
  };
  const ALLOWED = { place: 'a whole address, such as https://uni.example/waiting-room/', height: 'a whole number from 300 to 4000' };
  /** Where a copy might stand: in the snippets of a page that was opened as a file, until the address is typed. */
  const MADE_UP = 'https://example.org/waiting-room/';
  /** The height that the page needs from a width on, in pixels, as src/share/message/room.rs has it. */
  const NEEDED = [[1100, 760], [700, 640], [0, 720]];
  /** JSInput takes pixels alone. */
  const JSINPUT_WIDTH = '900';

  const FORMS = [
    ['frame', 'Frame', 'For Moodle, Canvas and most others: paste it where the editor shows HTML. What a learner draws stays in their browser.', frameSnippet],
    ['element', 'Element', 'For your own site: it fits its height, follows the site’s light and dark, gives results to your scripts, and ticks prose.', elementSnippet],
    ['link', 'Link', 'For a mail, a chat or a reading list. It opens the page by itself.', () => address(false)],
    ['openedx', 'Open edX', 'For a blank problem in Studio, in its advanced editor: JSInput carries score and state.', jsinputSnippet],
    ['block', 'Block', 'For hosts that take the query off an address: put it into the page itself, before its #app.', blockSnippet],
  ];

  /** What stands in a field, if it may. */
  function read(key) {
    const field = control(key) || part(key);
    if (field.type === 'checkbox') return field.checked ? '1' : '';
    if (field.matches('fieldset')) {
      const boxes = [...field.querySelectorAll('input')];
      const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
      return chosen.length === boxes.length ? '' : chosen.join(',') || 'design';
    }
    const text = field.value.trim();
    return text && CHECKS[key] && !CHECKS[key](text) ? '' : text;
  }

  /** The options that are not left as they are, in the list's order. */
  function chosen(framed = true) {
    const pairs = options.map(({ key }) => [key, read(key)]).filter(([, value]) => value !== '');
    return pairs.filter(([key, value]) => !(key === 'kata' && value === katas[0].id) && (framed || key !== 'embed'));
  }

  function file() {
    return part('sandbox').checked || isFile ? 'waiting-room.html' : 'index.html';
  }

  /** The folder that an address names, with its scheme and its final slash, whoever left them out; `null`: it names none. */
  function folder(text) {
    if (/^[./]/.test(text)) return null;
    try {
      const { protocol, username, host, pathname } = new URL(/^[a-z]+:(?!\d)/i.test(text) ? text : `https://${text}`);
      if (!/^(https?|file):$/.test(protocol) || username || host.includes('%')) return null;
      return `${protocol}//${host}${pathname.replace(/[^/]*\.html?$/i, '').replace(/\/*$/, '/')}`;
    } catch {
      return null;
    }
  }

  function place() {
    return folder(read('place') || (isFile ? MADE_UP : new URL('./', document.baseURI).href));
  }

  function query(pairs) {
    const text = new URLSearchParams(pairs).toString();
    return text && `?${text.replaceAll('%2C', ',')}`;
  }

  function address(framed) {
    return place() + (file() === 'index.html' ? '' : file()) + query(chosen(framed));
  }

  const SANDBOX = 'allow-scripts allow-downloads allow-popups';
  const quoted = (text) => `"${text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`;
  const tag = (name, pairs) => `<${name}${pairs.map(([key, value]) => (value === null ? ` ${key}` : ` ${key}=${quoted(value)}`)).join('')}></${name}>`;
  const isWhole = () => read('width').endsWith('%');
  /** What is typed, or what the page needs; the whole column may be as wide as a window. */
  const height = (width = isWhole() ? Infinity : read('width')) => read('height') || String(NEEDED.find(([from]) => width >= from)[1]);

  function frameSnippet() {
    return tag('iframe', [
      ['src', address(true)], ['title', title()], ['width', read('width')], ['height', height()], ['style', 'border: 0'], ['loading', 'lazy'],
      ...(part('sandbox').checked ? [['sandbox', SANDBOX]] : []), ['allow', 'clipboard-write; fullscreen'],
    ]);
  }

  function elementSnippet() {
    const pairs = chosen().filter(([key]) => key !== 'embed').map(([key, value]) => (isFlag(key) ? [key, null] : [key, value]));
    if (!read('embed')) pairs.unshift(['embed', '0']);
    if (!read('theme')) pairs.push(['theme', 'auto']);
    if (part('sandbox').checked) pairs.push(['sandbox', SANDBOX]);
    if (read('height')) pairs.push(['height', height()]);
    return `<script src=${quoted(`${place()}embed.js`)} defer></${'script'}>\n${tag('waiting-room', pairs)}`;
  }

  /** The grade is the page's record of what was passed. docs/scores.md has the same problem. */
  const CHECK = `import json

def check(expect, ans):
    points = json.loads(json.loads(ans)["answer"])["points"]
    ok = True if points >= 100 else "partial" if points > 0 else False
    return {"ok": ok, "grade_decimal": points / 100.0, "msg": "%d of 100 points" % points}`;
  /** What the host's state may begin with; all else stands in the address. */
  const BEGIN = ['scenario', 'design', 'seed'];

  function jsinputSnippet() {
    const pairs = chosen().filter(([key]) => key !== 'host');
    const begin = Object.fromEntries(pairs.filter(([key]) => BEGIN.includes(key)).map(([key, value]) => [key, typed(key, value)]));
    const page = `${place() + file()}${query([...pairs.filter(([key]) => !BEGIN.includes(key)), ['host', 'jsinput']])}`;
    const width = isWhole() ? JSINPUT_WIDTH : read('width');
    const attributes = [
      'gradefn="WaitingRoom.getGrade" get_statefn="WaitingRoom.getState" set_statefn="WaitingRoom.setState"',
      `initial_state='${JSON.stringify(begin)}' width=${quoted(width)} height=${quoted(height(width))} sop="false"`,
      `html_file=${quoted(page)}`,
    ];
    return `<problem>\n  <script type="loncapa/python">\n${CHECK}\n  </${'script'}>\n  <customresponse cfn="check">\n    <jsinput ${attributes.join('\n      ')}/>\n  </customresponse>\n</problem>`;
  }

  function blockSnippet() {
    const json = JSON.stringify(Object.fromEntries(chosen().map(([key, value]) => [key, typed(key, value)])), null, 2);
    return `<script type="application/json" id="waiting-room-options">\n${json.replaceAll('<', '\\u003c')}\n</${'script'}>`;
  }

  /** A value as JSON has it; a seed that a number of JavaScript does not hold stays a text. */
  function typed(key, value) {
    if (isFlag(key)) return true;
    return key === 'seed' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  function isFlag(key) {
    return control(key).type === 'checkbox';
  }

  function kata() {
    return katas.find(({ id }) => id === part('kata').value) || katas[0];
  }

  function title() {
    return kata().title;
  }

  function fill(id, first, entries) {
    part(id).replaceChildren(...[['', first], ...entries].map(([value, words]) => new Option(words, value)));
  }

  /** The scenarios and designs of the kata. */
  function fillKata() {
    const { scenarios, designs } = kata();
    fill('scenario', 'The kata’s first', scenarios.map(({ id, name }) => [id, name]));
    fill('design', 'The kata’s first', designs.map(({ id, name }) => [id, name]));
  }

  /** What each option does stands below it, and in its place what is wrong with it, which is given back. */
  function explain(key, words) {
    const field = control(key) || part(key);
    const id = `about-${key}`;
    let line = part(id);
    if (!line) {
      line = Object.assign(document.createElement('small'), { id });
      (field.closest('.row') || field.closest('p') || field).append(line);
      field.setAttribute('aria-describedby', id);
    }
    const text = field.value && String(field.value).trim();
    const isWrong = Boolean(CHECKS[key] && text && !CHECKS[key](text));
    if (CHECKS[key]) field.setAttribute('aria-invalid', isWrong);
    line.className = isWrong ? 'wrong' : '';
    const allowed = ALLOWED[key] || (options.find((option) => option.key === key) || {}).allowed;
    if (!isWrong && field.hasAttribute('data-plain')) words = '';
    const said = isWrong ? `Left out: allowed is ${allowed}.` : words;
    if (line.textContent !== said) line.textContent = said;
    if (isWrong && field === document.activeElement) line.scrollIntoView({ block: 'nearest' });
    return isWrong ? `${field.labels[0].textContent}: left out, allowed is ${allowed}.` : '';
  }

  function form() {
    const name = document.querySelector('[name="form"]:checked').value;
    return FORMS.find(([key]) => key === name);
  }

  let shown = '';
  let later = 0;
  let previews = 0;
  /** The frame is made anew only if it would be another. */
  function preview() {
    const pairs = chosen().filter(([key]) => key !== 'key');
    const look = [file() + query(pairs), read('width'), height(), part('sandbox').checked].join(' ');
    if (look === shown) return;
    shown = look;
    previews += 1;
    const source = file() + query([...pairs, ['key', `${DRAWER}-${previews}`]]);
    const frame = document.createElement('iframe');
    Object.assign(frame, { title: 'The kata as learners see it', width: read('width'), height: height(), allow: 'clipboard-write; fullscreen', src: source });
    if (part('sandbox').checked) frame.setAttribute('sandbox', SANDBOX);
    part('stand').replaceChildren();
    forget();
    part('stand').append(frame);
  }

  function forget() {
    try {
      for (const name of Object.keys(localStorage).filter((name) => name.includes(`@${DRAWER}-`))) localStorage.removeItem(name);
    } catch { /* Nothing is stored here. */ }
  }

  function show() {
    part('height').placeholder = height();
    const wrong = [
      ...options.map(({ key, help }) => explain(key, help)),
      explain('place', isFile ? 'Where your copy will stand: opened as a file, this page can’t know it.' : 'The folder that holds this page and embed.js.'),
      explain('height', 'Left empty, what the page needs at this width.'),
      isFile && !read('place') ? `Address of your copy: ${MADE_UP} is made up, type yours.` : '',
    ];
    const [, , how, snippet] = form();
    part('how').textContent = how;
    const told = wrong.filter(Boolean).join('\n');
    if (part('wrong').textContent !== told) part('wrong').textContent = told;
    part('snippet').textContent = snippet();
    part('try').href = file() + query(chosen(form()[0] !== 'link'));
    part('said').textContent = '';
  }

  async function copy() {
    const text = part('snippet').textContent;
    const done = await navigator.clipboard.writeText(text).then(() => true, () => {
      getSelection().selectAllChildren(part('snippet'));
      return document.execCommand('copy');
    });
    part('said').textContent = done ? 'On the clipboard.' : 'The browser does not let this page copy: the text is selected, press Ctrl+C.';
  }

  function begin() {
    part('kata').replaceChildren(...katas.map(({ id, title }) => new Option(title, id)));
    part('kata').closest('.row').hidden = katas.length < 2;
    fillKata();
    const names = new Intl.DisplayNames('en-GB', { type: 'language' });
    fill('lang', 'As the browser is set', languages.map((tag) => [tag, names.of(tag)]));
    part('place').value = isFile ? '' : place();
    part('forms').append(...FORMS.map(([key, words], at) => {
      const radio = Object.assign(document.createElement('input'), { type: 'radio', name: 'form', value: key, checked: at === 0 });
      const label = document.createElement('label');
      label.append(radio, words);
      return label;
    }));
    part('kata').addEventListener('change', fillKata);
    document.addEventListener('input', show);
    document.addEventListener('change', () => {
      show();
      clearTimeout(later);
      later = setTimeout(preview, PAUSE_MS);
    });
    part('copy').addEventListener('click', copy);
    addEventListener('pagehide', forget);
    show();
    preview();
  }

  begin();
  part('stopped').remove();
  part('builder').hidden = false;
})();
