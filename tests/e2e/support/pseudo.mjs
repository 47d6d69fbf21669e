// A language that nobody speaks: every sentence with accents and 40 % longer, to see what is cut off or overlaps.
// The files are served in place of a catalogue, with their hashes in the glue.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { site } from './process.mjs';

const ACCENTS = { a: 'á', c: 'ç', d: 'ð', e: 'ë', g: 'ğ', h: 'ĥ', i: 'ï', l: 'ł', n: 'ñ', o: 'ö', r: 'ř', s: 'š', t: 'ţ', u: 'ü', w: 'ŵ', y: 'ÿ', z: 'ž', A: 'Å', E: 'É', I: 'Î', O: 'Ø', S: 'Š', T: 'Ţ', U: 'Û' };
const LONGER = 0.4;

/** Placeholders and names of products stay as they are; what is added is words, since that is what other languages add. */
export function pseudo(text) {
  const letters = text.replace(/\{\w+\}|Zoho \w+|[A-Za-z]/g, (found) => ACCENTS[found] ?? found);
  const missing = Math.ceil(text.length * LONGER);
  const words = [];
  for (let left = missing; left > 0; left -= 8) words.push('ẽxţřåłöñg'.slice(0, Math.min(left, 7)));
  return [letters, ...words].join(' ');
}

const spoken = (value, kept) => {
  if (typeof value === 'string') return pseudo(value);
  if (Array.isArray(value)) return value.map((item) => spoken(item, kept));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, kept.includes(key) ? item : spoken(item, kept)]));
};

const english = (name) => JSON.parse(readFileSync(join(site, 'app', name), 'utf8'));

export const catalogue = () => spoken(english('locales/en.json'), []);

/** From now on this page gets it in place of these languages. */
export async function speakPseudo(page, ...langs) {
  const help = spoken(english('help/en.json'), ['id', 'related', 'drawing']);
  const files = Object.fromEntries(
    langs.flatMap((lang) => [
      [`locales/${lang}.json`, JSON.stringify(catalogue())],
      [`help/${lang}.json`, JSON.stringify(help)],
    ]),
  );
  let glue = readFileSync(join(site, 'app/app.js'), 'utf8');
  for (const [name, body] of Object.entries(files)) {
    const hash = createHash('sha256').update(body).digest('base64');
    const known = new RegExp(`("${name}":.)sha256-[^"'\`]+`);
    if (!known.test(glue)) throw new Error(`the glue has no hash of ${name}`);
    glue = glue.replace(known, `$1sha256-${hash}`);
    await page.route(`**/app/${name}`, (route) => route.fulfill({ contentType: 'application/json', body }));
  }
  await page.route('**/app/app.js', (route) => route.fulfill({ contentType: 'text/javascript', body: glue }));
}
