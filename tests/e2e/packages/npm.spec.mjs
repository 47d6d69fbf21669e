// The npm package as it is published: what is in it, and that it installs and imports.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cdn, expect, npm, root, run, test, version } from '../support/packages.mjs';

/** All files below, with slashes. */
async function below(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'))
    .sort();
}

test('the tarball has exactly what is meant to be published', async () => {
  const [{ files, ...pack }] = JSON.parse(await run('npm', ['pack', '--dry-run', '--json'], { cwd: npm }));
  const app = (await below(join(cdn, 'app'))).filter((path) => !/\.(br|gz)$/.test(path));
  expect(app).toEqual(expect.arrayContaining(['app.css', 'app.js', 'app_bg.wasm', 'locales/de.json']));
  expect(files.map(({ path }) => path).sort()).toEqual(
    [
      ...app.map((path) => `app/${path}`),
      ...['LICENSE', 'NOTICES.txt', 'README.md', 'package.json', 'index.js', 'partner-desk.js', 'partner-desk.d.ts', 'react.d.ts'],
      ...['assets.js', 'assets.d.ts', 'testing.js', 'testing.d.ts'],
    ].sort(),
  );
  expect(pack).toMatchObject({ name: 'partner-desk', version });
});

test('every path that package.json names exists, and types come first', async () => {
  const { exports, main, types, sideEffects } = JSON.parse(await readFile(join(npm, 'package.json'), 'utf8'));
  const targets = Object.values(exports).flatMap((target) => (typeof target === 'string' ? target : Object.values(target)));
  const files = await below(npm);
  for (const path of [main, types, ...sideEffects, ...targets.filter((target) => !target.includes('*'))]) {
    expect(files).toContain(path.replace('./', ''));
  }
  for (const target of Object.values(exports)) {
    if (typeof target !== 'string') expect(Object.keys(target)[0]).toBe('types');
  }
});

test('the loader and the module say the version of Cargo.toml', async () => {
  for (const file of [join(npm, 'index.js'), join(npm, 'partner-desk.js'), join(cdn, 'partner-desk.js')]) {
    expect(await readFile(file, 'utf8')).toContain(`version:\`${version}\``);
  }
});

test('importing it on a server does nothing, mounting there says why not', async ({ project }) => {
  const said = await run(process.execPath, [
    '--input-type=module',
    '--eval',
    `const before = Object.getOwnPropertyNames(globalThis).length;
     const { mount } = await import('partner-desk');
     const added = Object.getOwnPropertyNames(globalThis).length - before;
     try { mount({ dc: 'eu' }); } catch ({ message }) { console.log(added + ' ' + message); }`,
  ], { cwd: project });
  expect(said).toBe('0 partner-desk: mount() needs a page, there is none here\n');
});

test('the page object needs no package and no page to be imported', async ({ project }) => {
  const script = `const { DeskPage, FIELDS } = await import('partner-desk/testing');
    const page = { locator: (selector) => selector };
    console.log(FIELDS.length + ' ' + new DeskPage(page).at('pd-request', { reference: 'PS-1' }));`;
  const said = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: project });
  expect(said).toBe('7 [data-testid="pd-request"][data-reference="PS-1"]\n');
});

test('dist is not in the repository', async () => {
  expect(await run('git', ['ls-files', 'dist'], { cwd: root })).toBe('');
});
