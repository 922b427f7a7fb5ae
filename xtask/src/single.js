// The start of the single file: unpacks the wasm that stands in this page and hands it over. Follows the page's own script.
const unpack = async () => {
  const [module] = await Promise.all([WebAssembly.compileStreaming(waitingRoom.packed('packed')), waitingRoom.choose()]);
  await __wbg_init({ module_or_path: module });
};
waitingRoom.unpack(unpack());
// The typeface stands here too, after all that can be read without it.
for (const { textContent, dataset } of document.querySelectorAll('script.typeface')) {
  const bytes = Uint8Array.from(atob(textContent), (letter) => letter.charCodeAt(0));
  document.fonts.add(new FontFace('Inter', bytes, { weight: dataset.weight }));
}
// The text of this file as it came, but for what the page has changed in it since: what is seen first stands as it was, and nothing is added.
{
  const element = (id) => document.getElementById(id);
  const root = document.documentElement.cloneNode(false);
  root.removeAttribute('data-theme');
  const app = element('app').cloneNode(true);
  const picture = app.firstElementChild;
  picture.className = 'app first';
  picture.setAttribute('data-left', 'brief');
  picture.setAttribute('data-kept', waitingRoom.place);
  const line = app.querySelector('#boot');
  [, line.textContent] = /id="?boot\b[^>]*>([^<&]*)</.exec(JSON.parse(element('waiting-room-first').textContent));
  line.removeAttribute('role');
  app.querySelector('#boot-progress').textContent = '';
  app.querySelector('#boot-reload').hidden = true;
  const [own] = JSON.parse(element('waiting-room-katas').textContent);
  waitingRoom.source = () => {
    const copy = document.documentElement.cloneNode(true);
    const whole = root.cloneNode(false);
    whole.append(...copy.childNodes);
    whole.querySelector('title').textContent = own.title;
    const body = whole.querySelector('body');
    body.querySelector('#app').replaceWith(app.cloneNode(true));
    for (const child of [...body.children]) if (child.id !== 'app' && child.localName !== 'script') child.remove();
    return `<!DOCTYPE html>\n${whole.outerHTML}\n`;
  };
}
