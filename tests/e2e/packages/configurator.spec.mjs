// What the demo's configurator hands out for a CDN and for npm, against what is published.
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { cdn, expect, pageTest as test, run } from '../support/packages.mjs';

const output = (page, id) => page.locator(`#${id} code`).textContent();

test('the exact version that it names has that integrity', async ({ page }) => {
  await page.goto('/demo/configurator.html?version=exact');
  await expect(page.locator('#markup code')).toContainText('sha384-');
  await expect(page.locator('#markup code')).not.toContainText('VERSION');
  const { files, version } = JSON.parse(await readFile(join(cdn, 'manifest.json'), 'utf8'));
  const { integrity } = files.find(({ path }) => path === 'partner-desk.js');
  const markup = await output(page, 'markup');
  expect(markup).toContain(`/${version}/partner-desk.js"`);
  expect(markup).toContain(`integrity="${integrity}"`);
});

test('call, build step and policy for npm work as they stand', async ({ desk, endpoint, page, project, served }) => {
  const settings = new URLSearchParams({ how: 'npm', endpoint: endpoint.url, theme: 'dark' });
  await page.goto(`/demo/configurator.html?${settings}`);
  const [script, step, policy] = await Promise.all(['script', 'build', 'policy'].map((id) => output(page, id)));

  const folder = await mkdtemp(join(tmpdir(), 'partner-desk-site-'));
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
  await mkdir(join(folder, 'public'));
  await writeFile(join(folder, 'entry.js'), script);
  await writeFile(join(folder, 'build.mjs'), step);
  await run(process.execPath, ['build.mjs'], { cwd: folder });
  const outfile = 'public/bundle.js';
  await build({ absWorkingDir: folder, entryPoints: ['entry.js'], outfile, bundle: true, format: 'esm', logLevel: 'silent' });
  await writeFile(join(folder, 'public/desk-token'), await endpoint.token('member'));
  await writeFile(
    join(folder, 'public/index.html'),
    '<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><body><script type="module" src="/bundle.js"></script>',
  );
  const url = await served(join(folder, 'public'), { 'content-security-policy': `default-src 'none'; img-src data:; ${policy}` });
  await page.goto(`${url}/index.html`);
  await desk.launch();
  await expect(desk.at('pd-add-ticket')).toBeVisible();
  await expect(page.locator('partner-desk')).toHaveAttribute('theme', 'dark');
  await rm(folder, { recursive: true });
});
