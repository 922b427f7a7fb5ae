// The start of the single file: unpacks the wasm that stands in this page and hands it over. Follows the page's own script.
const unpack = async () => { await waitingRoom.choose(); await __wbg_init({ module_or_path: waitingRoom.packed('packed') }); };
waitingRoom.unpack(unpack());
// The typeface stands here too, after all that can be read without it.
for (const { textContent, dataset } of document.querySelectorAll('script.typeface')) {
  const bytes = Uint8Array.from(atob(textContent), (letter) => letter.charCodeAt(0));
  document.fonts.add(new FontFace('Inter', bytes, { weight: dataset.weight }));
}
