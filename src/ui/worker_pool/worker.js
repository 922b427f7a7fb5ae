'use strict';
// One worker of the crew. It gets the page's own wasm module, then jobs, which it runs one after the other, and sends a line for each: the
// job's number and what came of it. A job brings its design unless it is that of the job before. The engine asks the web for nothing, so whatever else the module imports stands in as a function that
// fails.
let engine;

async function start(module) {
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== 'function') throw new Error(`${name} is a ${kind}`);
    imports[from] ??= {};
    imports[from][name] = () => { throw new Error(name); };
  }
  return (await WebAssembly.instantiate(module, imports)).exports;
}

function take(exports, design) {
  const bytes = new TextEncoder().encode(design);
  // First the buffer, because making it may move the memory.
  const at = exports.pool_text(bytes.length);
  if (!at) throw new Error('the design is too long');
  new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  if (!exports.pool_design()) throw new Error('the design does not run');
}

function run(exports, design, seed) {
  if (design) take(exports, design);
  if (!exports.pool_start(BigInt(seed))) throw new Error('there is no design');
  let length = 0;
  while (!length) length = exports.pool_advance(1_000_000);
  return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.pool_line(), length));
}

onmessage = async ({ data: { module, job, design, seed } }) => {
  try {
    if (module) engine = start(module);
    else postMessage(`${job} ${run(await engine, design, seed)}`);
  } catch (error) {
    postMessage(`! ${error}`);
  }
};
