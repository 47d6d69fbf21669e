// Two pictures compared, and a page that shows where they differ.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How far a pixel may be off, from 0 to 1 (edges of letters are left out), and how many may be further off: less than a digit. */
const THRESHOLD = 0.1;
const SHARE = 0.00001;

/** `null` if they look the same, else `{ text, picture? }`. */
export function difference(before, after) {
  if (before.equals(after)) return null;
  const [a, b] = [PNG.sync.read(before), PNG.sync.read(after)];
  const { width, height } = b;
  if (a.width !== width || a.height !== height) {
    return { text: `${a.width} × ${a.height} became ${width} × ${height}` };
  }
  const seen = new PNG({ width, height });
  const count = pixelmatch(a.data, b.data, seen.data, width, height, { threshold: THRESHOLD });
  if (count <= SHARE * width * height) return null;
  return { text: `${count} pixels differ`, picture: PNG.sync.write(seen) };
}

/** The same picture in fewer bytes: nothing is transparent, and flat areas need no filter. */
export const small = (picture) => PNG.sync.write(PNG.sync.read(picture), { colorType: 2, filterType: 0, deflateLevel: 9, deflateStrategy: 0 });

/** Writes the page and its pictures; what an earlier run left there goes. */
export async function writeDifferences(found, { folder, before, after }) {
  await rm(folder, { recursive: true, force: true });
  if (found.length === 0) return;
  await mkdir(folder, { recursive: true });
  for (const { name, picture } of found) if (picture) await writeFile(join(folder, `${name}.png`), picture);
  const image = (title, from, name) =>
    `<figure><figcaption>${title}</figcaption><img src="${encodeURI(join(relative(folder, from), `${name}.png`))}" alt=""></figure>`;
  const row = ({ name, text, picture, isNew }) => {
    const shown = [isNew ? '' : image('kept', before, name), image('now', after, name), picture ? image('difference', folder, name) : ''];
    return `<section><h2>${name}</h2><p>${text}</p><div>${shown.join('')}</div></section>`;
  };
  const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Pictures that differ</title>
<style>body { font: 1rem sans-serif } div { display: flex; gap: 1rem } figure { margin: 0; flex: 1 } img { max-width: 100%; border: 1px solid gray }</style>
<h1>Pictures that differ: ${found.length}</h1>
${found.map(row).join('\n')}
</html>
`;
  await writeFile(join(folder, 'index.html'), page);
}
