'use strict';
// One worker of the crew. It gets the page's own wasm module and the second one, if there is one, then jobs, which it runs one after the other, and sends a line for each: the
// job's number and what came of it. A job brings its design unless it is that of the job before. The engine asks the web for nothing, so whatever else the module imports stands in as a function that
// fails.
let engine;

async function start(module, later) {
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== 'function') throw new Error(`${name} is a ${kind}`);
    imports[from] ??= {};
    imports[from][name] = () => { throw new Error(name); };
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  if (!later) return exports;
  // What the second module needs of the first: by name, or by its place in the table.
  const first = {};
  for (const { name } of WebAssembly.Module.imports(later)) {
    first[name] = /^\d/.test(name) ? exports.late_table.get(Number(name)) : exports[name];
  }
  return { ...(await WebAssembly.instantiate(later, { first })).exports, memory: exports.memory };
}

function take(exports, design) {
  const bytes = new TextEncoder().encode(design);
  // First the buffer, because making it may move the memory.
  const at = exports['late=pool_text'](bytes.length);
  if (!at) throw new Error('the design is too long');
  new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  if (!exports['late=pool_design']()) throw new Error('the design does not run');
}

function run(exports, design, seed) {
  if (design) take(exports, design);
  if (!exports['late=pool_start'](BigInt(seed))) throw new Error('there is no design');
  let length = 0;
  while (!length) length = exports['late=pool_advance'](1_000_000);
  return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports['late=pool_line'](), length));
}

onmessage = async ({ data: { module, later, job, design, seed } }) => {
  try {
    if (module) engine = start(module, later);
    else postMessage(`${job} ${run(await engine, design, seed)}`);
  } catch (error) {
    postMessage(`! ${error}`);
  }
};
