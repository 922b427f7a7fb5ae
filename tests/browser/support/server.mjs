// A small server for the tests: the built page under a sub-path, and host pages around it. Loopback only, any free port.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

/** What a file is, by the end of its name. */
export const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** The path under which the page stands; deep, so that an absolute address in it would be noticed. */
export const BASE = '/courses/design/waiting-room/';

/**
 * Serves the folder `dist` under BASE or another path, and under `/host/` what `hosts` maps a name to: the text of an HTML page.
 * Gives back the port, the map (hosts may be added later) and `close()`.
 */
export async function serve(dist, base = BASE) {
  const hosts = new Map();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    const reply = (status, type, body) => response.writeHead(status, { 'Content-Type': type }).end(body);
    if (pathname.startsWith('/host/')) {
      const text = hosts.get(pathname.slice('/host/'.length));
      return text === undefined ? reply(404, 'text/plain', 'no such host page') : reply(200, TYPES['.html'], text);
    }
    const name = pathname === base ? 'index.html' : pathname.slice(base.length);
    // The page's files lie in one folder, so a name with a slash in it is none of them.
    if (!pathname.startsWith(base) || name.includes('/')) return reply(404, 'text/plain', 'outside the page');
    try {
      reply(200, TYPES[path.extname(name)] ?? 'application/octet-stream', await readFile(path.join(dist, name)));
    } catch {
      reply(404, 'text/plain', 'no such file');
    }
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    hosts,
    port: server.address().port,
    close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}
