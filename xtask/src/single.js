// The start of the single file: unpacks the wasm that stands in this page and hands it over. Follows the page's own script.
const packed = Uint8Array.from(atob(document.getElementById('wasm').textContent), (c) => c.charCodeAt(0));
const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
await __wbg_init({ module_or_path: new Response(unpacked, { headers: { 'Content-Type': 'application/wasm' } }) });
