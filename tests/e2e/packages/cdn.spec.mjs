// dist/cdn/<version>/: the manifest is true, and a page of another origin can use the files with integrity.
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { cdn, expect, pageTest, source, test, version } from '../support/packages.mjs';

const manifest = async () => JSON.parse(await readFile(join(cdn, 'manifest.json'), 'utf8'));

test('the manifest has every file with its bytes and hashes', async () => {
  const { files, ...about } = await manifest();
  expect(about).toEqual({ name: 'partner-desk', version });
  const entries = await readdir(cdn, { recursive: true, withFileTypes: true });
  const there = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(files.map(({ path }) => join(cdn, path)).sort()).toEqual(
    there.filter((path) => path !== join(cdn, 'manifest.json')).sort(),
  );
  for (const { path, bytes, sha256, integrity } of files) {
    const content = await readFile(join(cdn, path));
    const hash = (name, encoding) => createHash(name).update(content).digest(encoding);
    expect([path, bytes, sha256, integrity]).toEqual([
      path,
      content.length,
      hash('sha256', 'hex'),
      `sha384-${hash('sha384', 'base64')}`,
    ]);
  }
});

test('each file that a page loads lies there compressed, and is the same when unpacked', async () => {
  const paths = (await manifest()).files.map(({ path }) => path);
  const plain = paths.filter((path) => !/\.(br|gz|txt)$|^LICENSE$/.test(path));
  expect(plain).toEqual(expect.arrayContaining(['partner-desk.js', 'app/app.js', 'app/app_bg.wasm', 'app/app.css']));
  for (const path of plain) {
    const content = await readFile(join(cdn, path));
    expect(brotliDecompressSync(await readFile(join(cdn, `${path}.br`))).equals(content), path).toBe(true);
    expect(gunzipSync(await readFile(join(cdn, `${path}.gz`))).equals(content), path).toBe(true);
  }
});

test('the licences of what is in it lie beside it', async () => {
  const notices = await readFile(join(cdn, 'NOTICES.txt'), 'utf8');
  const wasm = source('Cargo.toml').match(/^wasm-bindgen = "=(.+)"$/m)[1];
  for (const part of ['yew 0.', `wasm-bindgen ${wasm} (MIT OR Apache-2.0)`, 'Permission is hereby granted']) {
    expect(notices).toContain(part);
  }
  expect(notices).not.toMatch(/partner-endpoint|tokio|syn 2/);
});

test('loader and glue know the hash of each file that is fetched', async () => {
  const loader = await readFile(join(cdn, 'partner-desk.js'), 'utf8');
  const glue = await readFile(join(cdn, 'app/app.js'), 'utf8');
  const { files } = await manifest();
  const fetched = files.map(({ path }) => path.replace('app/', '')).filter((name) => /\.(css|wasm|json)$/.test(name));
  expect(fetched).toEqual(expect.arrayContaining(['app.css', 'app_bg.wasm', 'locales/de.json']));
  // English is compiled in.
  for (const name of fetched.filter((path) => path !== 'locales/en.json')) {
    const hash = createHash('sha256').update(await readFile(join(cdn, 'app', name))).digest('base64');
    // The loader knows one file, which is fetched beside the glue.
    const where = name === 'app_bg.wasm' ? loader : glue.split(`"${name}":`)[1].slice(0, 60);
    expect(where, name).toContain(`sha256-${hash}`);
  }
});

/** The policies of the document, for these addresses. */
function policies(cdnUrl, endpointUrl) {
  const section = source('docs/embedding.md').split('## Content security policy')[1].split('\n## ')[0];
  const blocks = [...section.matchAll(/^```text\n(.+)\n```$/gm)].map(([, line]) => line);
  const own = (line) => line.replaceAll('https://cdn.example', cdnUrl).replaceAll('https://desk-eu.example', endpointUrl);
  const [byAddress, byNonce, trustedTypes] = blocks.map(own);
  return { byAddress: `${byAddress}; ${trustedTypes}`, byNonce: `${byNonce}; ${trustedTypes}` };
}

/** A page of a third origin that embeds a version of the CDN, with integrity. */
async function openShop(page, { served, url, endpoint, policy }) {
  const { files } = await manifest();
  const { integrity } = files.find(({ path }) => path === 'partner-desk.js');
  const folder = await mkdtemp(join(tmpdir(), 'partner-desk-shop-'));
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"><body>
      <partner-desk dc="eu" lang="de" endpoint="${endpoint.url}"></partner-desk>
      <script nonce="R4nd0m" src="${url}/${version}/partner-desk.js" integrity="${integrity}" crossorigin="anonymous" async></script>`,
  );
  const shop = await served(folder, { 'content-security-policy': `default-src 'none'; img-src data:; ${policy}` });
  await page.goto(`${shop}/index.html`);
  await rm(folder, { recursive: true });
}

pageTest.describe('on a page of another origin', () => {
  for (const variant of ['byAddress', 'byNonce']) {
    pageTest(`it opens with integrity and the documented policy, ${variant}`, async ({ desk, endpoint, page, served }) => {
      const url = await served(join(cdn, '..'));
      await openShop(page, { served, url, endpoint, policy: policies(url, endpoint.url)[variant] });
      await desk.launch();
      await expect(desk.at('pd-panel')).toContainText('Partnersupport');
    });
  }

  pageTest('the alias fetches the app of its own version, so that a cached one finds what it knows', async ({
    desk,
    endpoint,
    page,
    served,
  }) => {
    const url = await served(join(cdn, '..'));
    const [major] = version.split('.');
    const folder = await mkdtemp(join(tmpdir(), 'partner-desk-shop-'));
    await writeFile(
      join(folder, 'index.html'),
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"><body>
        <partner-desk dc="eu" endpoint="${endpoint.url}"></partner-desk><script src="${url}/${major}/partner-desk.js" async></script>`,
    );
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${await served(folder)}/index.html`);
    await desk.launch();
    expect(asked.filter((address) => address.startsWith(url)).sort()).toEqual(
      [`/${major}/partner-desk.js`, ...['app.css', 'app.js', 'app_bg.wasm'].map((name) => `/${version}/app/${name}`)]
        .map((path) => url + path)
        .sort(),
    );
    await rm(folder, { recursive: true });
  });

  pageTest('a file that somebody has changed is not run: channels instead', async ({ complaints, desk, endpoint, page, served }) => {
    complaints.allow(/integrity|^partner-desk: |Failed to load resource/);
    const folder = await mkdtemp(join(tmpdir(), 'partner-desk-cdn-'));
    await cp(cdn, join(folder, version), { recursive: true });
    await writeFile(join(folder, version, 'app/app.css'), 'p{color:red}');
    const url = await served(folder);
    await openShop(page, { served, url, endpoint, policy: policies(url, endpoint.url).byAddress });
    await desk.at('pd-launcher').click();
    await expect(desk.at('pd-fallback')).toBeVisible();
    await rm(folder, { recursive: true });
  });
});
