// The start of the single file: unpacks the wasm that stands in this page and hands it over. Follows the page's own script.
const unpack = async () => {
  const text = Array.from(document.getElementsByClassName('packed'), (piece) => piece.textContent).join('');
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  await __wbg_init({ module_or_path: new Response(unpacked, { headers: { 'Content-Type': 'application/wasm' } }) });
};
waitingRoom.unpack(unpack());
