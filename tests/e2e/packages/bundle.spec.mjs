// The npm package on a page: bundled by esbuild, or as it is.
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { NETWORK_ERROR } from '../support/desk-test.mjs';
import { large } from '../support/drafts.mjs';
import { expect, pageTest as test, run } from '../support/packages.mjs';

/** A site of its own: an entry that mounts the widget, bundled, and a page that loads the bundle. */
async function siteWith(project, endpoint, { format = 'esm', assets }) {
  const folder = await mkdtemp(join(tmpdir(), 'partner-desk-site-'));
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
  const options = JSON.stringify({ dc: 'eu', endpoint: endpoint.url, lang: 'en', assets });
  await writeFile(
    join(folder, 'entry.js'),
    `import { mount } from 'partner-desk';
     mount({ ...${options}, tokenProvider: () => window.deskToken() });`,
  );
  const { warnings } = await build({
    absWorkingDir: folder,
    entryPoints: ['entry.js'],
    outfile: 'out/bundle.js',
    bundle: true,
    minify: true,
    format,
    logLevel: 'silent',
  });
  const type = format === 'esm' ? 'module' : 'text/javascript';
  await page(folder, `<script type="${type}" src="/out/bundle.js"></script>`);
  return { folder, warnings };
}

const page = (folder, script) =>
  writeFile(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"><body>${script}</body></html>`,
  );

const token = (page, endpoint) => page.exposeFunction('deskToken', () => endpoint.token('member'));

async function files(desk) {
  await desk.launch();
  await desk.toForm();
  await desk.fill(large);
  await desk.expectOutcome('priority');
  await desk.submit();
  expect(await desk.receipt()).toMatchObject({ outcome: 'priority' });
}

for (const format of ['esm', 'iife']) {
  test(`bundled as ${format}, with the app beside the bundle, it files a ticket`, async ({ desk, endpoint, page, project, served }) => {
    const { folder } = await siteWith(project, endpoint, { format });
    await cp(join(project, 'node_modules/partner-desk/app'), join(folder, 'out/app'), { recursive: true });
    await token(page, endpoint);
    await page.goto(`${await served(folder)}/index.html`);
    await files(desk);
    await rm(folder, { recursive: true });
  });
}

test('bundled, with the app where assets says, it opens', async ({ desk, endpoint, page, project, served }) => {
  const { folder, warnings } = await siteWith(project, endpoint, { assets: '/static/desk/' });
  expect(warnings).toEqual([]);
  const copy = `import { copyTo } from 'partner-desk/assets'; await copyTo(${JSON.stringify(join(folder, 'static/desk'))});`;
  await run(process.execPath, ['--input-type=module', '--eval', copy], { cwd: project });
  await token(page, endpoint);
  await page.goto(`${await served(folder)}/index.html`);
  await desk.launch();
  await expect(desk.at('pd-add-ticket')).toBeVisible();
  await rm(folder, { recursive: true });
});

test('bundled, with the app nowhere, the console says what to do and the panel shows the channels', async ({
  complaints,
  desk,
  endpoint,
  page,
  project,
  served,
}) => {
  const { folder } = await siteWith(project, endpoint, {});
  const heard = [];
  page.on('console', (message) => heard.push(message.text()));
  complaints.allow(NETWORK_ERROR);
  complaints.allow(/^partner-desk: |integrity/);
  const url = await served(folder);
  await page.goto(`${url}/index.html`);
  await desk.at('pd-launcher').click();
  await expect(desk.at('pd-fallback')).toBeVisible();
  // The other files may have failed earlier.
  const advice = () => heard.find((text) => text.includes('"assets"'));
  await expect.poll(advice).toContain(`partner-desk: ${url}/out/app/app.js cannot be loaded`);
  await rm(folder, { recursive: true });
});

test('without a bundler it finds the app in the package', async ({ desk, endpoint, page: tab, project, served }) => {
  const folder = await mkdtemp(join(tmpdir(), 'partner-desk-site-'));
  await cp(join(project, 'node_modules'), join(folder, 'node_modules'), { recursive: true });
  const element = `<partner-desk dc="eu" endpoint="${endpoint.url}"></partner-desk>`;
  await page(folder, `${element}<script type="module" src="/node_modules/partner-desk/index.js"></script>`);
  await tab.goto(`${await served(folder)}/index.html`);
  await desk.launch();
  await rm(folder, { recursive: true });
});

test('the module and the loader on one page are one', async ({ desk, endpoint, page: tab, project, served }) => {
  const folder = await mkdtemp(join(tmpdir(), 'partner-desk-site-'));
  await cp(join(project, 'node_modules/partner-desk'), join(folder, 'desk'), { recursive: true });
  const element = `<partner-desk dc="eu" endpoint="${endpoint.url}"></partner-desk>`;
  await page(folder, `${element}<script src="/desk/partner-desk.js"></script><script type="module" src="/desk/index.js"></script>`);
  await tab.goto(`${await served(folder)}/index.html`);
  await desk.launch();
  await expect(desk.at('pd-panel')).toHaveCount(1);
  await rm(folder, { recursive: true });
});
