// Starts and ends one `partner-endpoint`, as a rule in demo mode, with its own ports and its own data.
// Must never use a fixed port or a folder of the checkout: two runs must never meet.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leaks } from './logs.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const program = process.env.PARTNER_DESK_ENDPOINT_BIN ?? join(root, 'target/debug/partner-endpoint');
export const site = process.env.PARTNER_DESK_SITE ?? join(root, 'dist/site');
const READY_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5_000;

/**
 * Starts an endpoint and gives `{ url, data, log, stop() }`. If it has logged what it must not, `stop()` throws. A port that is lost to somebody else is tried again.
 * For what a restart must not lose: `end()` ends it and gives its exit code, `kill()` lets it finish nothing,
 * `restart()` starts it again on its data; only `stop()` removes them, and not those of a given folder.
 */
export async function startEndpoint(settings = ['--demo', '--site', site], { data: given, port } = {}) {
  const data = given ?? (await mkdtemp(join(tmpdir(), 'partner-desk-data-')));
  const log = reader();
  let running = await launchSomewhere(port, data, settings, log);
  return {
    log,
    get url() {
      return running.url;
    },
    data,
    end: () => end(running.child, 'SIGTERM'),
    kill: () => end(running.child, 'SIGKILL'),
    async restart() {
      await end(running.child, 'SIGTERM');
      running = await launchSomewhere(Number(new URL(running.url).port), data, settings, log);
    },
    async stop() {
      await end(running.child, 'SIGTERM');
      if (!given) await rm(data, { recursive: true, force: true });
      if (log.leaks.length > 0) throw new Error(`logged, and must not be:\n${log.leaks.join('\n')}`);
    },
  };
}

/** Looks through what is logged, line by line. */
function reader() {
  let rest = '';
  const log = {
    lines: 0,
    leaks: [],
    write(chunk) {
      const whole = (rest + chunk).split('\n');
      rest = whole.pop();
      log.lines += whole.length;
      log.leaks.push(...leaks(whole.join('\n')));
    },
  };
  return log;
}

/** On this port, if one is given and nobody else has taken it meanwhile. */
async function launchSomewhere(port, data, settings, log) {
  for (let attempt = 1; ; attempt += 1) {
    const place = attempt === 1 && port ? port : await freePortPair();
    try {
      return await launch(place, data, settings, log);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function launch(port, data, settings, log) {
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
    child.stderr.setEncoding('utf8').on('data', log.write);
    child.on('error', settle(reject));
    child.on('exit', (code) => settle(reject)(new Error(`endpoint ended with ${code}:\n${said}`)));
  });
  try {
    return { child, url: await ready };
  } catch (error) {
    await end(child, 'SIGTERM');
    throw error;
  }
}

/** Ends it, if it still runs; its exit code, or `null` after a signal. */
async function end(child, signal) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  const code = await ended;
  clearTimeout(limit);
  return code;
}

/** A free port whose successor is free as well: the agents' desk listens there. */
export async function freePortPair() {
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
