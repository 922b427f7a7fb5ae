// What the page keeps: in the database and, as a mirror that answers at once, in the local storage. Where it lies is known here alone; the
// names of things (`saved.v1`) are in `src/ui/storage.rs`, the seal in `src/share/seal.rs`.

import { named } from './house.mjs';

/** The checksum of a seal: FNV-1a with 64 bits, over the number and all that stands before the seal. */
function sum(text) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text, 'utf8')) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}

/** A text of JSON as the page seals it, in place of the seal that it may have. */
export function sealed(text, number) {
  const body = unsealed(text).slice(0, -1);
  return `${body},"seal":"${number}.${sum(number + body)}"}`;
}

/** A text as it was before it was sealed: the seal's number counts how often something was kept, which nobody asked for. */
export const unsealed = (text) => text.replace(/,"seal":"[^"]*"}$/, '}');

/** All copies of something in the page's drawer of the database, by slot; nothing where there is no database yet. */
export const copies = (visit, what, drawer = named('saved.v1')) => visit.app.evaluate(inDatabase, [drawer, what]);

/** Waits until the database holds something in which a word stands. A predicate that is waited for can't itself wait: it looks at a mark. */
export async function inBase(visit, what, word, drawer = named('saved.v1')) {
  const mark = `found${marks++}`;
  await visit.app.evaluate(`void function look() {
    (${inDatabase})(${JSON.stringify([drawer, what])}).then((all) => {
      if (all.some((text) => text?.includes(${JSON.stringify(word)}))) globalThis.${mark} = true;
      else setTimeout(look, 10);
    });
  }()`);
  await visit.app.waitForFunction((mark) => globalThis[mark], mark);
}
let marks = 0;

async function inDatabase([drawer, what]) {
  const answer = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = failed; });
  // A database that is opened before the page has made it would be an empty one.
  if (!(await indexedDB.databases()).some(({ name }) => name === 'waiting-room')) return [];
  const base = await answer(indexedDB.open('waiting-room'));
  const store = base.transaction('kept').objectStore('kept');
  const all = await Promise.all([0, 1].map((slot) => answer(store.get([drawer, what, slot]))));
  base.close();
  return all.map((copy) => copy?.[1] ?? null);
}

/** Puts texts into the slots and the mirror; `null` takes away. The page must not be about to save. */
export const plant = (visit, what, { slots = [], mirror }, drawer = named('saved.v1')) => visit.app.evaluate(async ([drawer, what, slots, mirror]) => {
  if (mirror === null) localStorage.removeItem(drawer.replace('saved.v1', what));
  else if (mirror !== undefined) localStorage.setItem(drawer.replace('saved.v1', what), mirror);
  await new Promise((done, failed) => {
    const open = indexedDB.open('waiting-room', 1);
    open.onsuccess = () => {
      const all = open.result.transaction('kept', 'readwrite');
      slots.forEach((text, slot) => all.objectStore('kept')[text === null ? 'delete' : 'put'](...(text === null ? [] : [[what, text]]), [drawer, what, slot]));
      all.oncomplete = () => { open.result.close(); done(); };
      all.onabort = failed;
    };
    open.onerror = failed;
  });
}, [drawer, what, slots, mirror]);

/** For `prepare`: no room in either, as long as `full` is true in the page. The database says so by ending its transaction. */
export const full = (context) => context.addInitScript(() => {
  globalThis.full = true;
  const { put } = IDBObjectStore.prototype;
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (...given) {
    if (globalThis.full) throw new DOMException('full', 'QuotaExceededError');
    return setItem.apply(this, given);
  };
  IDBObjectStore.prototype.put = function (...given) {
    const request = put.apply(this, given);
    if (globalThis.full) this.transaction.abort();
    return request;
  };
});

/** For `prepare`: there is no local storage. */
export const noMirror = (context) => context.addInitScript(() => {
  Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('denied', 'SecurityError'); } });
});

/** For `prepare`: the database refuses, or never answers. */
export const noBase = (context) => context.addInitScript(() => { IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); }; });
export const deafBase = (context) => context.addInitScript(() => { IDBFactory.prototype.open = () => ({}); });
