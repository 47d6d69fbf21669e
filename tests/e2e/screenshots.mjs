// Pictures of every state of the widget, and whether the kept ones still look like that.
// `cargo xtask screenshots` calls this: `[--state TEXT] [--only-kept] [--keep]`.
// The states are in support/states.mjs, which pictures of them are kept says docs/screens/index.md.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { difference, small, writeDifferences } from './support/difference.mjs';
import { controls } from './support/endpoint.mjs';
import { everyPicture, KEPT, keptFiles, keptPictures, launchFor, scenes, take } from './support/pictures.mjs';
import { startEndpoint } from './support/process.mjs';

const AT_A_TIME = 2;

const { values: asked } = parseArgs({
  options: { state: { type: 'string', default: '' }, 'only-kept': { type: 'boolean' }, keep: { type: 'boolean' } },
});
const folder = process.env.PARTNER_DESK_SCREENSHOTS ?? 'screenshots';
const about = ({ state }) => state.name.includes(asked.state);
const kept = keptPictures().filter(about);
const wanted = new Map([...kept, ...(asked['only-kept'] ? [] : everyPicture().filter(about))].map((one) => [one.name, one]));

const started = Date.now();
await mkdir(folder, { recursive: true });
const failed = await takeAll([...wanted.values()]);
const seconds = Math.round((Date.now() - started) / 1000);
console.log(`${wanted.size - failed.length} taken, ${failed.length} failed, ${seconds} s`);
for (const name of failed) console.log(`  failed: ${name}`);

const taken = kept.filter(({ name }) => !failed.includes(name));
const differing = asked.keep ? await keep(taken) : await compare(taken);
process.exitCode = failed.length + differing === 0 ? 0 : 1;

/** Gives the names of those that could not be taken. */
async function takeAll(pictures) {
  const left = scenes(pictures).values();
  const failed = [];
  await Promise.all(Array.from({ length: AT_A_TIME }, () => takeSome(left, failed)));
  return failed;
}

/** Takes what is left, with an endpoint of its own that is emptied for every scene. */
async function takeSome(left, failed) {
  const running = await startEndpoint();
  try {
    const endpoint = { ...controls(running.url), data: running.data };
    const browser = await launchFor(endpoint);
    try {
      for (const scene of left) {
        try {
          for (const [name, bytes] of await take(scene, browser, endpoint)) await writeFile(join(folder, `${name}.png`), bytes);
        } catch (error) {
          const names = scene.map(({ name }) => name);
          failed.push(...names);
          console.error(`${names.join(', ')}: ${error.message}`);
        }
      }
    } finally {
      await browser.close();
    }
  } finally {
    await running.stop();
  }
}

/** Gives the number of kept pictures that look otherwise now. */
async function compare(pictures) {
  const found = [];
  for (const { name } of pictures) {
    const before = await readFile(join(KEPT, `${name}.png`)).catch(() => null);
    const result = before ? difference(before, await readFile(join(folder, `${name}.png`))) : { text: 'not kept yet', isNew: true };
    if (result) found.push({ name, ...result });
  }
  const differences = join(folder, 'differences');
  await writeDifferences(found, { folder: differences, before: KEPT, after: folder });
  console.log(`${pictures.length} compared with the kept ones, ${found.length} differ`);
  for (const { name, text } of found) console.log(`  differs: ${name}: ${text}`);
  if (found.length > 0) console.log(`See ${join(differences, 'index.html')}; \`cargo xtask screenshots --only-kept --keep\` keeps them as they are now.`);
  return found.length;
}

/** The kept ones become these, and what the page no longer shows goes. */
async function keep(pictures) {
  for (const { name } of pictures) await writeFile(join(KEPT, `${name}.png`), small(await readFile(join(folder, `${name}.png`))));
  const shown = keptPictures().map(({ name }) => name);
  for (const name of keptFiles()) if (!shown.includes(name)) await rm(join(KEPT, `${name}.png`));
  console.log(`${pictures.length} kept`);
  return 0;
}
