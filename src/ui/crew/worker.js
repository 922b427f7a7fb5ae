'use strict';
// One worker of “Repeat on 50 Mondays”. It gets the page's own wasm module, runs the seeds it is given one after the other, and sends a
// line for each. The engine asks the web for nothing, so whatever else the module imports stands in as a function that fails.
onmessage = async ({ data: { module, input, seeds } }) => {
  try {
    const imports = {};
    for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
      if (kind !== 'function') throw new Error(`${name} is a ${kind}`);
      imports[from] ??= {};
      imports[from][name] = () => { throw new Error(name); };
    }
    const { exports } = await WebAssembly.instantiate(module, imports);
    const bytes = new TextEncoder().encode(input);
    // First the buffer, because making it may move the memory.
    const at = exports.repeat_text(bytes.length);
    new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
    if (!exports.repeat_start()) throw new Error('the design does not run');
    for (const seed of seeds) {
      exports.repeat_seed(seed);
      let length = 0;
      while (!length) length = exports.repeat_advance(1_000_000);
      const line = new Uint8Array(exports.memory.buffer, exports.repeat_line(), length);
      postMessage(new TextDecoder().decode(line));
    }
  } catch (error) {
    postMessage(`! ${error}`);
  }
};
