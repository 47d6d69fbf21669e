// Starts and ends one `partner-endpoint`, as a rule in demo mode, with its own ports and its own data.
// Must never use a fixed port or a folder of the checkout: two runs must never meet.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const program = process.env.PARTNER_DESK_ENDPOINT_BIN ?? join(root, 'target/debug/partner-endpoint');
const site = process.env.PARTNER_DESK_SITE ?? join(root, 'dist/site');
const READY_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5_000;

/**
 * Starts an endpoint and gives `{ url, data, stop() }`, on data of its own or beside another on that one's. A port
 * that is lost to somebody else is tried again.
 */
export async function startEndpoint(settings = ['--demo', '--site', site], { data: shared } = {}) {
  const data = shared ?? (await mkdtemp(join(tmpdir(), 'partner-desk-data-')));
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { child, url } = await launch(await freePortPair(), data, settings);
      return {
        url,
        data,
        async stop() {
          await end(child);
          if (!shared) await rm(data, { recursive: true, force: true });
        },
      };
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function launch(port, data, settings) {
  const words = ['serve', '--listen', `127.0.0.1:${port}`, '--data', data, ...settings];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const ready = new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`endpoint not ready:\n${said}`)), READY_LIMIT_MS);
    const settle = (done) => (value) => (clearTimeout(limit), done(value));
    const listen = (chunk) => {
      // Only the end matters, and a long run must not fill the memory.
      said = (said + chunk).slice(-20_000);
      const line = said.match(/^ready (http:\S+)$/m);
      if (line) settle(resolve)(line[1].replace(/\/$/, ''));
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', settle(reject));
    child.on('exit', (code) => settle(reject)(new Error(`endpoint ended with ${code}:\n${said}`)));
  });
  try {
    return { child, url: await ready };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function end(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(limit);
}

/** A free port whose successor is free as well: the agents' desk listens there. */
async function freePortPair() {
  for (;;) {
    const first = await occupy(0);
    const { port } = first.address();
    const second = await occupy(port + 1).catch(() => null);
    await Promise.all([first, second].map((server) => server && new Promise((done) => server.close(done))));
    if (second) return port;
  }
}

function occupy(port) {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
