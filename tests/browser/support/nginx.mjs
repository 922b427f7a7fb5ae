// nginx as a process of its own, on the loopback address and any free port, with the configuration that the project hands out.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './ports.mjs';

const NGINX = process.env.NGINX ?? 'nginx';
/** What is tried: the file as it is. */
export const CONFIGURATION = path.resolve(import.meta.dirname, '../../../hosting/nginx.conf');
/** Under which path it has the page. */
export const PLACE = '/waiting-room/';

/** What nginx was built with: where its types and its modules lie. */
async function built(name) {
  const { stderr } = await promisify(execFile)(NGINX, ['-V']);
  return stderr.match(new RegExp(`--${name}=(\\S+)`))?.[1];
}

/** Serves the folder; gives back the address of the page, and `close()`. */
export async function nginx(dist) {
  const folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-nginx-'));
  await mkdir(path.join(folder, 'www'));
  await symlink(dist, path.join(folder, `www${PLACE}`.slice(0, -1)));
  const types = path.join(path.dirname(await built('conf-path')), 'mime.types');
  const brotli = path.join(await built('modules-path'), 'ngx_http_brotli_static_module.so');
  for (;;) {
    const port = await freePort();
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path ${what};`).join(' ');
    await writeFile(path.join(folder, 'nginx.conf'), `load_module ${brotli};
daemon off; master_process off; pid nginx.pid; error_log stderr notice;
events {}
http {
  include ${types}; default_type application/octet-stream; access_log off; ${temporary}
  server { listen 127.0.0.1:${port}; root www; include ${CONFIGURATION}; }
}
`);
    const child = spawn(NGINX, ['-p', folder, '-c', 'nginx.conf'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = once(child, 'exit');
    let said = '';
    const up = new Promise((done, failed) => {
      child.stderr.setEncoding('utf8').on('data', (text) => {
        said += text;
        // Said once it listens.
        if (said.includes('event method')) done(true);
      });
      ended.then(() => (/Address already in use/.test(said) ? done(false) : failed(new Error(`nginx ended: ${said}`))), failed);
    });
    if (!await up) continue;
    const close = async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    };
    return { port, address: `http://127.0.0.1:${port}${PLACE}`, close };
  }
}

/** That there is one, in words that help. */
export async function needed() {
  await promisify(execFile)(NGINX, ['-v']).catch(() => {
    assert.fail('this test needs nginx with its brotli module (Debian: sudo apt-get install nginx-core libnginx-mod-http-brotli-static), on PATH or named in NGINX');
  });
}
