// WebKitGTK, Safari's engine: its own WebDriver, on a screen of its own (it has no headless mode).
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { program } from './programs.mjs';
import { dragged, openSession, pointer, pressed, typed } from './webdriver.mjs';

const LIMIT_MS = 20_000;

export async function webkit(window) {
  const screen = await startScreen();
  const driver = await startDriver(screen.name);
  return {
    newTab: async () => tab(await openTab(driver.url, window)),
    async close() {
      await driver.stop();
      await screen.stop();
    },
  };
}

/** Xvfb picks a free display by itself and says which. */
async function startScreen() {
  const xvfb = program('PARTNER_DESK_XVFB', 'Xvfb');
  const child = spawn(xvfb, ['-displayfd', '1', '-screen', '0', '1600x1400x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const name = await new Promise((resolve, reject) => {
    child.stdout.on('data', (line) => resolve(`:${String(line).trim()}`));
    child.on('error', reject);
    child.on('exit', (status) => reject(new Error(`Xvfb ended with ${status}`)));
  });
  return { name, stop: () => end(child) };
}

async function startDriver(display) {
  const port = await freePort();
  const child = spawn(program('PARTNER_DESK_WEBKIT_DRIVER', 'WebKitWebDriver'), [`--port=${port}`], {
    stdio: 'ignore',
    // Drawing by the processor, no session bus, no accessibility bus: the tests' machine has none of them.
    env: {
      ...process.env,
      DISPLAY: display,
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
      GDK_BACKEND: 'x11',
      LC_ALL: 'C.UTF-8',
      LANGUAGE: 'en_US',
    },
  });
  const url = `http://127.0.0.1:${port}`;
  await until('WebKitWebDriver does not answer', () => fetch(`${url}/status`).catch(() => null));
  return { url, stop: () => end(child) };
}

/** A session is a browser of its own, without anything of the one before. */
async function openTab(url, { width, height }) {
  const session = await openSession(url, { pageLoadStrategy: 'none' });
  await resize(session, width, height);
  return session;
}

/** The window has borders and bars, so its inner size is set by what is missing. */
async function resize(session, width, height) {
  const { value } = await evaluate(session, '[innerWidth, innerHeight]');
  const outer = await session.get('window/rect');
  await session.post('window/rect', {
    width: outer.width + width - value[0],
    height: outer.height + height - value[1],
  });
  const wanted = `innerWidth === ${width} && innerHeight === ${height}`;
  await until('the window has not the size asked for', async () => (await evaluate(session, wanted)).value);
}

const evaluate = (session, expression) =>
  session.post('execute/async', {
    script: `const done = arguments[0];
      Promise.resolve().then(() => (${expression})).then((value) => done({ value }), (error) => done({ error: String(error) }));`,
    args: [],
  });

function tab(session) {
  return {
    // Strategies other than "none" make every command wait for the last script with `async`.
    async goto(url) {
      // The document before may have the same address.
      await session.post('execute/sync', { script: 'window.leftByTest = true', args: [] });
      await session.post('url', { url });
      const script = `return !window.leftByTest && location.href === ${JSON.stringify(url)} && document.readyState !== 'loading'`;
      // The document before may go while it is asked: nobody would ever answer a script that waits for its callback.
      await until(`${url} is not there`, () => session.post('execute/sync', { script, args: [] }).catch(() => false));
    },
    async run(expression) {
      const { value, error } = await evaluate(session, expression);
      if (error) throw new Error(error);
      return value;
    },
    move: (x, y) => session.post('actions', pointer(x, y, false)),
    click: (x, y) => session.post('actions', pointer(x, y, true)),
    drag: (from, to) => session.post('actions', dragged(from, to)),
    type: (text) => session.post('actions', typed(text)),
    press: (combination) => session.post('actions', pressed(combination)),
    screenshot: async () => Buffer.from(await session.get('screenshot'), 'base64'),
    dead: session.dead,
    close: () => session.delete(),
  };
}

async function until(trouble, question) {
  const limit = Date.now() + LIMIT_MS;
  while (!(await question())) {
    if (Date.now() > limit) throw new Error(trouble);
    await new Promise((again) => setTimeout(again, 20));
  }
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
