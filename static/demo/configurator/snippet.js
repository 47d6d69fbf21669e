// From settings to what goes into a page: markup, script and policy, as text. Knows no page.
import { ATTRIBUTES } from './settings.js';

/** The nonce in snippet and policy; in life each answer has another one. */
const NONCE = 'R4nd0m';
const NPM_ASSETS = '/partner-desk/';
const BUTTON = '<button type="button" id="help">Help for partners</button>';

/** A value in double quotes of HTML. Other than ASCII as references: right in every encoding a page may have. */
const quoted = (value) =>
  `"${value.replace(/[&"<>]|[^\x20-\x7e]/gu, (character) => NAMED[character] ?? `&#${character.codePointAt(0)};`)}"`;
const NAMED = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

/** A string of JavaScript that is also harmless inside <script>. */
const literal = (value) => {
  const plain = /^[\x20-\x7e]*$/.test(value) && !/['\\<]/.test(value);
  if (plain) return `'${value}'`;
  return JSON.stringify(value).replace(/[<\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
};

const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** `<name a="b" …>`, on several lines if it would get long. */
const tag = (name, attributes, end) => {
  const words = attributes.map(([key, value]) => (value === true ? key : `${key}=${quoted(value)}`));
  const line = `<${[name, ...words].join(' ')}>${end}`;
  return line.length <= 100 ? line : `<${name}\n${words.map((word) => `  ${word}\n`).join('')}>${end}`;
};

/** The attributes that differ from what applies anyway, as `[name, value]`. */
export const attributes = (values) =>
  ATTRIBUTES.filter(({ name, usual }) => values[name] && values[name] !== usual).map(({ name }) => [name, values[name]]);

/** The same for npm: no bundler packs the app's files, so their place is always said. */
const options = (values) =>
  attributes(values.how === 'npm' ? { ...values, assets: values.assets || NPM_ASSETS } : values);

/** The address of the loader, with a folder per version before it. */
export function loaderAddress({ cdn, version }, release) {
  const folder = version === 'exact' ? release.version : release.version.split('.')[0];
  return `${cdn.replace(/\/+$/, '')}/${folder}/partner-desk.js`;
}

function loaderTag(values, release) {
  const exact = values.version === 'exact';
  const words = [
    ['src', loaderAddress(values, release)],
    ...(exact ? [['integrity', release.integrity], ['crossorigin', 'anonymous']] : []),
    ...(values.nonce === 'yes' ? [['nonce', NONCE]] : []),
    // Scripts with `defer` run one after the other: the call finds the loader.
    [values.how === 'mount' ? 'defer' : 'async', true],
  ];
  return tag('script', words, '</script>');
}

/** What goes into the page's markup; nothing for an import. */
export function markup(values, release) {
  const button = values.launcher === 'hidden' ? [BUTTON] : [];
  if (values.how === 'npm') return button.join('\n');
  const own = [['src', '/help.js'], ...(values.nonce === 'yes' ? [['nonce', NONCE]] : []), ['defer', true]];
  const last =
    values.how === 'mount' ? tag('script', own, '</script>') : tag('partner-desk', attributes(values), '</partner-desk>');
  return [loaderTag(values, release), ...button, last].join('\n');
}

const TOKEN = `async () => {
  const answer = await fetch('/desk-token');
  if (!answer.ok || answer.redirected) throw new Error('no token');
  return answer.text();
}`;
const OPENER = `document.querySelector('#help').addEventListener('click', () => desk.open?.());`;

/** What goes into a script of the page. */
export function script(values) {
  const opener = values.launcher === 'hidden' ? [OPENER] : [];
  if (values.how === 'tag') {
    return [`const desk = document.querySelector('partner-desk');`, `desk.tokenProvider = ${TOKEN};`, ...opener].join('\n');
  }
  const npm = values.how === 'npm';
  return [
    ...(npm ? [`import { mount } from 'partner-desk';`, ''] : []),
    `${opener.length ? 'const desk = ' : ''}${npm ? 'mount' : 'PartnerDesk.mount'}({`,
    ...options(values).map(([name, value]) => `  ${camel(name)}: ${literal(value)},`),
    `  tokenProvider: ${TOKEN},`.replaceAll('\n', '\n  '),
    '});',
    ...opener,
  ].join('\n');
}

/** What the build of a bundle has to do. */
export const buildStep = `import { copyTo } from 'partner-desk/assets';\n\nawait copyTo('public/partner-desk'); // → /partner-desk/app/…`;

/** Whose scripts run and what is fetched: no more than that has to be allowed. */
export function policy(values) {
  const { how, cdn, nonce } = values;
  const loader = how === 'npm' ? [] : [source(cdn)];
  const assets = values.assets || (how === 'npm' ? NPM_ASSETS : cdn);
  const endpoints = (values.endpoint || '').split(/\s+/).filter(Boolean).map(source);
  const scripts = nonce === 'yes' ? [`'nonce-${NONCE}'`] : [...loader, source(assets)];
  const list = (words) => [...new Set(words)].join(' ');
  return `script-src ${list([...scripts, "'wasm-unsafe-eval'"])}; connect-src ${list([source(assets), ...endpoints])}`;
}

/** May be added to any policy. */
export const trustedTypes = "require-trusted-types-for 'script'; trusted-types 'none'";

/** How a policy names the place of an address; a path is on the page's own site. */
function source(address) {
  const page = 'https://page.invalid';
  const { origin } = new URL(address, page);
  return origin === page ? "'self'" : origin;
}
