// Two servers, as in real life: the customer's pages on one origin, the CDN with the built widget on another
// (the endpoint is a third). Ports are free ones, so every test has origins, and with them storage, of its own.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = process.env.PARTNER_DESK_SITE ?? resolve(here, '../../../../dist/site');
const PREFIX = '/partner-desk/1/';
const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.html': 'text/html; charset=utf-8',
};

/** Starts both; `site.stop()` ends them. */
export async function startSite() {
  const requests = [];
  const pages = new Map();
  const page = await listen((request) => pages.get(request.path) ?? { status: 404, body: 'nothing' }, note('page'));
  const rules = [];
  const cdn = await listen(async (request) => {
    const rule = rules.find(({ ends }) => request.path.endsWith(ends));
    await rule?.until;
    return rule?.answer ?? file(request.path);
  }, note('cdn'));
  function note(server) {
    return (path) => requests.push(`${server} ${path}`);
  }
  return {
    // Another host, not only another port: cookies know no ports.
    origin: `http://localhost:${page.port}`,
    cdn: `http://127.0.0.1:${cdn.port}`,
    loader: `http://127.0.0.1:${cdn.port}${PREFIX}partner-desk.js`,
    /** Where the CDN's files of the widget are on disk. */
    folder: dist,
    /** What was asked for, as `server path`, in order. */
    requests,
    /** Puts up a page of the customer's. */
    put: (path, body, headers = {}) =>
      pages.set(path, { body, headers: { 'content-type': TYPES['.html'], ...headers } }),
    /** Files of the CDN that end so are answered like this instead, until the function that this gives is called. */
    disturb(ends, answer) {
      const rule = { ends, answer };
      rules.unshift(rule);
      return () => void rules.splice(rules.indexOf(rule), 1);
    },
    /** Holds the file back until the function that this gives is called. */
    hold(ends) {
      let arrive;
      const rule = { ends, until: new Promise((done) => (arrive = done)) };
      rules.unshift(rule);
      return () => {
        rules.splice(rules.indexOf(rule), 1);
        arrive();
      };
    },
    stop: () => Promise.all([page, cdn].map(({ stop }) => stop())),
  };
}

/** The built widget, and what the tests serve from the CDN as well: strict pages allow scripts from nowhere else. */
async function file(path) {
  const [folder, name] = path.startsWith(PREFIX) ? [dist, path.slice(PREFIX.length)] : [here, path.slice(1)];
  try {
    return { body: await readFile(join(folder, name)), headers: { 'content-type': TYPES[extname(name)] } };
  } catch {
    return { status: 404, body: 'nothing' };
  }
}

async function listen(answer, note) {
  const server = createServer(async (request, response) => {
    const { pathname: path, search } = new URL(request.url, 'http://host');
    note(path + search);
    const { status = 200, body = '', headers = {} } = await answer({ path, search });
    response.writeHead(status, {
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
      'timing-allow-origin': '*',
      ...headers,
    });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: server.address().port,
    stop: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}
