// What `cargo xtask dist` has made, as its users get it: `test`, and `pageTest` with all of desk-test.mjs, have
//
//   project         a folder outside the checkout with the npm package installed from its tarball, offline
//   served(folder)  a server of files, of another origin than the endpoint; gives its URL
//
// Must never change dist/: other runs read it.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test as plain } from '@playwright/test';
import { test as desk } from './desk-test.mjs';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const source = (path) => readFileSync(join(root, path), 'utf8');

/** The version of the workspace. */
export const version = source('Cargo.toml').match(/^version = "(.+)"$/m)[1];
export const npm = process.env.PARTNER_DESK_NPM ?? join(root, 'dist/npm');
export const cdn = process.env.PARTNER_DESK_CDN ?? join(root, 'dist/cdn', version);

const start = promisify(execFile);

/** What the program prints; if it fails, an error that says it. */
export async function run(program, words, options) {
  try {
    const { stdout } = await start(program, words, { timeout: 30_000, ...options });
    return stdout;
  } catch (error) {
    throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
  }
}

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

const fixtures = {
  project: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'partner-desk-project-'));
      const [{ filename }] = JSON.parse(await run('npm', ['pack', npm, '--json'], { cwd: folder }));
      await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
      await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${filename}`], { cwd: folder });
      // What a project with tests has beside it.
      await mkdir(join(folder, 'node_modules/@types'));
      for (const name of ['@playwright', '@types/react']) {
        await symlink(join(root, 'tests/e2e/node_modules', name), join(folder, 'node_modules', name));
      }
      await use(folder);
      await rm(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  served: async ({}, use) => {
    const servers = [];
    await use(async (folder, headers = {}) => {
      const server = createServer((request, answer) => send(folder, headers, request, answer));
      servers.push(server);
      await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
      return `http://127.0.0.1:${server.address().port}`;
    });
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  },
};

export const test = plain.extend(fixtures);
export const pageTest = desk.extend(fixtures);

async function send(folder, headers, { url }, answer) {
  const { pathname } = new URL(url, 'http://x');
  try {
    const content = await readFile(join(folder, pathname));
    const type = TYPES[extname(pathname)] ?? 'application/octet-stream';
    answer.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*', ...headers });
    answer.end(content);
  } catch {
    answer.writeHead(404, { 'access-control-allow-origin': '*' }).end();
  }
}

export { expect };
