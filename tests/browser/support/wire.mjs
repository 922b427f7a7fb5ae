// WebDriver, the standard's own commands, over the two wires on which browsers speak it: HTTP (WebKitGTK's driver) and Firefox's Marionette, the
// protocol that a driver for it would translate to. So a stock Firefox is driven without a program in between, which no registry of ours has.
//
//   const { send } = await http('http://127.0.0.1:4444');  // or: await marionette(2828)
//   await send('Navigate', { url });

import { once } from 'node:events';
import { connect } from 'node:net';

/** The commands we use: where the standard has them posted to, under the session. Marionette knows each by its name. */
const COMMANDS = {
  Navigate: '/url',
  Refresh: '/refresh',
  SwitchToFrame: '/frame',
  ExecuteAsyncScript: '/execute/async',
  PerformActions: '/actions',
  SetTimeouts: '/timeouts',
  SetWindowRect: '/window/rect',
};

/** A session over HTTP. */
export async function http(origin) {
  const ask = async (path, parameters = {}) => {
    const response = await fetch(origin + path, { method: 'POST', body: JSON.stringify(parameters) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const { sessionId } = await ask('/session', { capabilities: {} });
  return { send: (name, parameters) => ask(`/session/${sessionId}${COMMANDS[name]}`, parameters) };
}

/** A session over Marionette: `length:[type, number, name, parameters]`, answered by `length:[type, number, error, result]`. */
export async function marionette(port) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const waiting = new Map();
  let bytes = Buffer.alloc(0);
  socket.on('data', (more) => {
    bytes = Buffer.concat([bytes, more]);
    for (;;) {
      const colon = bytes.indexOf(58);
      const end = colon + 1 + Number(bytes.subarray(0, Math.max(colon, 0)));
      if (colon < 0 || bytes.length < end) return;
      const said = JSON.parse(bytes.subarray(colon + 1, end));
      bytes = bytes.subarray(end);
      // What is no answer is Firefox's greeting.
      if (Array.isArray(said)) waiting.get(said[1])?.(said);
    }
  });
  const lost = () => { for (const answer of waiting.values()) answer([1, 0, { error: 'the browser is gone', message: '' }]); };
  socket.on('close', lost).on('error', lost);
  let number = 0;
  const ask = async (name, parameters = {}) => {
    const text = JSON.stringify([0, ++number, name, parameters]);
    const answered = new Promise((answer) => { waiting.set(number, answer); });
    socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [, id, error, result] = await answered;
    waiting.delete(id);
    if (error) throw new Error(`${error.error}: ${error.message}`);
    return result && 'value' in result ? result.value : result;
  };
  await ask('WebDriver:NewSession');
  return { send: (name, parameters) => ask(`WebDriver:${name}`, parameters), ask, end: () => ask('Marionette:Quit', { flags: ['eForceQuit'] }) };
}
