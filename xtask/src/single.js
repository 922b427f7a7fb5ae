// The start of the single file: unpacks the wasm that stands in this page and hands it over. Follows the page's own script.
const unpack = async () => { await __wbg_init({ module_or_path: waitingRoom.packed('packed') }); };
waitingRoom.unpack(unpack());
