// Doubles of course systems: scripts for the host page around a frame, each strict about its host's rules. What a host was told is in `window.lms`.
//
// Whoever breaks a rule is written down in `lms.faults`. The rules come from the hosts' own sources, which the adapters in src/hosts name.

import { inflateRawSync } from 'node:zlib';

const script = (code, ...given) => `<script>(${code})(${given.map((one) => JSON.stringify(one).replaceAll('<', '\\u003c')).join(', ')})</script>`;

/** SCORM 1.2 as Moodle has it, with what it keeps of the learner (`{ 'cmi.suspend_data': … }`). */
export const moodle = (kept = {}) => script((kept) => {
  const data = { 'cmi.core.lesson_status': 'not attempted', 'cmi.core.lesson_mode': 'normal', 'cmi.core.credit': 'credit', 'cmi.core.score.raw': '', 'cmi.suspend_data': '', 'cmi.student_data.mastery_score': '', ...kept };
  const lms = { data, said: [], faults: [], commits: 0, finished: 0, open: false };
  const decimal = (text) => /^-?([0-9]{0,3})(\.[0-9]{1,2})?$/.test(text) && Number(text) >= 0 && Number(text) <= 100;
  const formats = {
    'cmi.core.lesson_status': (text) => /^(passed|completed|failed|incomplete|browsed)$/.test(text),
    'cmi.core.exit': (text) => /^(time-out|suspend|logout|)$/.test(text),
    'cmi.core.session_time': (text) => /^[0-9]{2,4}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,2})?$/.test(text),
    'cmi.core.score.raw': decimal, 'cmi.core.score.min': decimal, 'cmi.core.score.max': decimal,
    'cmi.suspend_data': (text) => text.length <= 4096,
  };
  const broken = (what) => { lms.faults.push(what); return 'false'; };
  const opened = (what, then) => lms.open ? then() : broken(`${what} while it is not initialised`);
  window.lms = lms;
  window.API = {
    LMSInitialize: (none) => {
      if (none !== '' || lms.open) return broken('LMSInitialize');
      lms.open = true;
      return 'true';
    },
    LMSGetValue: (element) => opened('LMSGetValue', () => element in data ? data[element] : broken(`no ${element}`)),
    LMSSetValue: (element, value) => opened('LMSSetValue', () => {
      if (typeof value !== 'string' || !formats[element]?.(value)) return broken(`${element} = ${value}`);
      lms.said.push([element, value]);
      // Moodle hands scores back as numbers.
      data[element] = element.includes('.score.') ? Number(value) : value;
      return 'true';
    }),
    LMSCommit: (none) => opened('LMSCommit', () => { lms.commits += none === ''; return 'true'; }),
    LMSFinish: () => opened('LMSFinish', () => {
      lms.open = false;
      lms.finished += 1;
      // Moodle's two rules: what was not attempted is completed, and a mastery score decides by the raw one.
      if (data['cmi.core.lesson_status'] === 'not attempted') data['cmi.core.lesson_status'] = 'completed';
      const [mastery, raw] = [data['cmi.student_data.mastery_score'], data['cmi.core.score.raw']];
      if (mastery !== '' && raw !== '') data['cmi.core.lesson_status'] = Number(raw) >= Number(mastery) ? 'passed' : 'failed';
      return 'true';
    }),
    LMSGetLastError: () => '0', LMSGetErrorString: () => '', LMSGetDiagnostic: () => '',
  };
}, kept);

/** SCORM 1.2 by scorm-again, whose script is given. */
export const scormAgain = (source, kept) => `<script>${source.replaceAll('</script', '<\\/script')}</script>${script((kept) => {
  window.API = new window.Scorm12API({ autocommit: false, logLevel: 5 });
  if (kept) window.API.loadFromJSON(kept, 'cmi');
}, kept ?? null)}`;

/**
 * Open edX: sets the state (the stored one, or an author's) when the problem opens, and again when that fails; and has `lms.submit()`. `way` is how it
 * reaches the frame: `direct`, `channel`, or `bridge`, where it also puts the file at `file` into the frame's srcdoc, with a stand-in for the parent.
 */
export const openEdx = (way, state, file) => script((way, state, file) => {
  const lms = { faults: [], set: 0 };
  window.lms = lms;
  const frame = () => document.querySelector('iframe').contentWindow;
  const deep = (path) => path.split('.').reduce((object, name) => object[name], frame());
  const waiting = new Map();
  let id = 0;
  const ways = {
    direct: async (name, given) => deep(`WaitingRoom.${name}`)(given),
    channel: (name, given = '') => new Promise((resolve, reject) => {
      id += 1;
      waiting.set(id, { resolve, reject });
      const text = JSON.stringify({ id, method: `JSInput::${name}`, params: given });
      if (channel.ready) frame().postMessage(text, '*');
      else channel.queue.push(text);
    }),
    bridge: (name, ...args) => new Promise((resolve, reject) => {
      id += 1;
      waiting.set(id, { resolve, reject });
      frame().postMessage({ jsinputBridge: 'call', id, fn: `WaitingRoom.${name}`, args }, '*');
    }),
  };
  const channel = { ready: false, queue: [] };
  const answered = (message, isError) => {
    const one = waiting.get(message.id);
    if (!one) return;
    waiting.delete(message.id);
    if (isError) one.reject(new Error(message.error));
    else one.resolve(message.result);
  };
  window.addEventListener('message', ({ source, data }) => {
    if (source !== frame()) return;
    if (way === 'bridge' && data?.jsinputBridge === 'reply') answered(data, !data.ok);
    if (typeof data !== 'string') return;
    if (way !== 'channel') return void lms.faults.push(`a string: ${data}`);
    let message;
    try { message = JSON.parse(data); } catch { return void lms.faults.push(`no JSON: ${data}`); }
    if (message.method !== 'JSInput::__ready') return answered(message, 'error' in message);
    if (channel.ready) return void lms.faults.push('a second word of readiness');
    channel.ready = true;
    if (message.params === 'ping') frame().postMessage(JSON.stringify({ method: 'JSInput::__ready', params: 'pong' }), '*');
    // The host's own queue is emptied from its end.
    while (channel.queue.length) frame().postMessage(channel.queue.pop(), '*');
  });
  // The host decodes what it is given as if it were an address.
  const decoded = { direct: [(text) => text, unescape], channel: [decodeURI, decodeURI], bridge: [(text) => text, unescape] }[way];
  lms.submit = async () => {
    const answer = decoded[0](String(await ways[way]('getGrade')));
    return JSON.stringify({ answer, state: decoded[1](String(await ways[way]('getState'))) });
  };
  // The host gives up after six times; here it doesn't, so that nothing depends on how fast the machine is.
  const set = () => Promise.resolve().then(() => ways[way]('setState', state)).then(() => { lms.set += 1; }, () => setTimeout(set, 200));
  const standIn = () => {
    const real = window.parent;
    const known = { document: document.implementation.createHTMLDocument(''), postMessage: (...given) => real.postMessage(...given) };
    window.parent = new Proxy(known, { get: (target, name) => name in target ? target[name] : () => {} });
  };
  addEventListener('DOMContentLoaded', async () => {
    if (way === 'channel') frame().postMessage(JSON.stringify({ method: 'JSInput::__ready', params: 'ping' }), '*');
    if (way === 'bridge') {
      const page = new DOMParser().parseFromString(await (await fetch(file)).text(), 'text/html');
      const shim = page.createElement('script');
      shim.textContent = `(${standIn})()`;
      page.head.prepend(shim);
      const iframe = document.querySelector('iframe');
      iframe.setAttribute('sandbox', 'allow-scripts');
      iframe.srcdoc = `<!DOCTYPE html>${page.documentElement.outerHTML}`;
    }
    setTimeout(set, 300);
  });
}, way, state, file ?? null);

/** SPLICE: answers with `state` and notes what is reported; a grader's frame drops it. */
export const splice = (state, { grader = false } = {}) => script((state, grader) => {
  const lms = { asked: 0, reports: [], dropped: 0, faults: [], others: [] };
  window.lms = lms;
  window.addEventListener('message', ({ source, data }) => {
    if (source !== document.querySelector('iframe').contentWindow) return;
    if (typeof data !== 'object') return void lms.faults.push(`no object: ${data}`);
    if (!String(data.subject).startsWith('SPLICE.')) return void lms.others.push(data);
    if (typeof data.message_id !== 'string') lms.faults.push('a message without an id');
    if (data.subject === 'SPLICE.getState') {
      lms.asked += 1;
      source.postMessage({ subject: 'SPLICE.getState.response', message_id: data.message_id, state }, '*');
    } else if (data.subject === 'SPLICE.reportScoreAndState') {
      if (data.score !== null && !(data.score >= 0 && data.score <= 1)) lms.faults.push(`a score of ${data.score}`);
      if (grader) lms.dropped += 1;
      else lms.reports.push(data);
    }
  });
}, state, grader);

/** The files of a zip by their names. */
export function unzipped(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, name, extra, comment] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + size);
    files.set(zip.toString('utf8', at + 46, at + 46 + name), method === 8 ? inflateRawSync(bytes) : bytes);
    at += 46 + name + extra + comment;
  }
  return files;
}
