// The configurator: settings come from the form and the page's address, and go into the address, the preview
// and the texts to copy. It stores nothing; the only thing it asks for is demo/release.json.
import { control } from './form.js';
import { problem, SETTINGS } from './settings.js';
import { attributes, buildStep, markup, policy, script, trustedTypes } from './snippet.js';

/** If the build has not said it: `trunk build` by itself writes no release.json. */
const UNKNOWN = { version: 'VERSION', integrity: 'sha384-UNKNOWN', unknown: true };
const FAILED = 'The browser did not allow it. The text is selected: copy it from there.';
const WIDTHS = { desktop: 1280, tablet: 768, phone: 375 };
const HEIGHTS = { desktop: 720, tablet: 800, phone: 667 };

const find = (selector) => document.querySelector(selector);
const form = find('.form');
const frame = find('.shown__frame');
const stage = find('.shown__stage');
const said = find('.said');

const start = ({ start = '' }) => start;
const controls = new Map(SETTINGS.map((setting) => [setting, control(setting)]));

/** What is chosen, as it was written, by name; what applies anyway is empty. */
const written = {};
/** Errors are shown once somebody has left the field, or came with the address. */
const left = new Set();
let release = UNKNOWN;

const put = (setting, value) => {
  written[setting.name] = value.trim() === setting.usual ? '' : value.trim();
};

function readAddress() {
  const query = new URLSearchParams(location.search);
  for (const setting of SETTINGS) {
    put(setting, query.get(setting.name) ?? start(setting));
    if (query.has(setting.name)) left.add(setting.name);
  }
  // A whole screen at a quarter of its size shows nothing.
  if (!query.has('screen') && matchMedia('(max-width: 640px)').matches) written.screen = 'phone';
  const strangers = [...query.keys()].filter((name) => !SETTINGS.some((setting) => setting.name === name));
  notice('#strangers', strangers.length && `The address has what is no setting, and was left out: ${strangers.join(', ')}.`);
}

function writeAddress() {
  const query = new URLSearchParams();
  for (const setting of SETTINGS) {
    if (written[setting.name] !== start(setting)) query.set(setting.name, written[setting.name]);
  }
  const search = query.size ? `?${query}` : '';
  if (search !== location.search) history.replaceState(null, '', location.pathname + search);
  text('link', location.href);
}

/** What is right; a wrong value is left out, and said. */
function checked() {
  const wrong = [];
  const values = {};
  for (const setting of SETTINGS) {
    const value = written[setting.name];
    const applies = !setting.without?.includes(written.how);
    const sentence = applies ? problem(setting, value) : '';
    // A wrong one counts as absent, as for the loader. Only what is needed has a stand-in.
    const right = sentence ? setting.required && start(setting) : value;
    values[setting.name] = right || setting.usual || '';
    if (sentence) wrong.push(setting.label);
    const { element, say, show } = controls.get(setting);
    element.hidden = !applies;
    show(value);
    if (!sentence || left.has(setting.name)) say(sentence);
  }
  notice('#wrong', wrong.length && `Not in here, because it would not work: ${wrong.join(', ')}. The settings say why.`);
  return values;
}

function update() {
  const values = checked();
  preview(values);
  const html = markup(values, release);
  const nothing = values.how === 'npm' && !html;
  find('#markup').classList.toggle('is-empty', nothing);
  text('markup', nothing ? 'Nothing: your bundle makes the element.' : html);
  text('script', script(values));
  text('build', buildStep);
  find('#build').hidden = values.how !== 'npm';
  text('policy', policy(values));
  text('trusted-types', trustedTypes);
  find('#markup-note').textContent = markupNote(values);
  find('#script-note').textContent = SCRIPT_NOTES[values.how];
  find('#policy-note').textContent = policyNote(values);
}

const SCRIPT_NOTES = {
  tag: 'Into a script of your page that runs once the element is there: a file with type="module" or defer. /desk-token is a route of your server that signs a token for whoever is signed in.',
  mount: 'This is /help.js. /desk-token is a route of your server that signs a token for whoever is signed in.',
  npm: 'Into your bundle. /desk-token is a route of your server that signs a token for whoever is signed in.',
};

function markupNote({ how, version }) {
  if (how === 'npm') return 'Into the body of your page.';
  const place = how === 'mount' ? 'Into your page; the second script is yours.' : 'Anywhere in your page.';
  if (release.unknown) return `${place} This demo was built without cargo xtask build, so VERSION and hash are for you to fill in.`;
  if (version !== 'exact') return place;
  return `${place} The hash is that of the loader of version ${release.version} as this build serves it; cargo xtask dist publishes the same bytes.`;
}

function policyNote({ nonce }) {
  const own = "What the widget needs. Your own script needs its place, or a nonce, in script-src, and /desk-token needs 'self' in connect-src.";
  return nonce === 'yes' ? `${own} R4nd0m stands for a nonce that your server makes anew for each answer.` : own;
}

/** The preview's page is on this site, and so are files and endpoint: those of others are nobody's business here. */
function preview(values) {
  const chosen = Object.fromEntries(attributes(values));
  delete chosen.assets;
  if (chosen.endpoint) chosen.endpoint = location.origin;
  frame.contentWindow?.postMessage({ attributes: chosen, user: values.user }, location.origin);
  stage.dataset.screen = values.screen;
  fit();
}

/** What of a window is left beside the preview, and the least that can be made out. */
const ABOVE = 180;
const LEAST = 0.5;
const BORDER = 2;

/** A screen for which there is no place is shown smaller, never narrower; its lower corners have to be seen. */
function fit() {
  const { screen = 'desktop' } = stage.dataset;
  const [width, height] = [WIDTHS[screen], HEIGHTS[screen]];
  const fitting = Math.max(LEAST, (innerHeight - ABOVE) / height);
  const scale = Math.min(1, fitting, (stage.parentElement.clientWidth - BORDER) / width);
  Object.assign(frame.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})` });
  Object.assign(stage.style, { width: `${width * scale + BORDER}px`, height: `${height * scale + BORDER}px` });
}

function text(id, content) {
  const code = find(`#${id} code`);
  if (code.textContent !== content) code.textContent = content;
}

function notice(selector, sentence) {
  const place = find(selector);
  place.textContent = sentence || '';
  place.hidden = !sentence;
}

async function copy(section) {
  const code = section.querySelector('code');
  // The same words twice are announced once, unless the region was empty in between.
  said.textContent = '';
  try {
    await navigator.clipboard.writeText(code.textContent);
    said.textContent = `Copied: ${section.querySelector('h2').textContent}.`;
  } catch {
    getSelection().selectAllChildren(code);
    said.textContent = FAILED;
  }
}

function listen() {
  for (const setting of SETTINGS) find(`[data-group="${setting.group}"]`).append(controls.get(setting).element);
  const changed = ({ target, type }) => {
    const setting = SETTINGS.find(({ name }) => name === target.name);
    if (!setting) return;
    put(setting, target.value);
    said.textContent = '';
    // Browsers allow few changes of the address per second: one when the field is left.
    if (type === 'change') left.add(setting.name);
    update();
    if (type === 'change') writeAddress();
  };
  for (const type of ['input', 'change']) find('main').addEventListener(type, changed);
  form.addEventListener('submit', (event) => event.preventDefault());
  for (const section of document.querySelectorAll('.output')) {
    section.querySelector('button').addEventListener('click', () => copy(section));
  }
  addEventListener('message', ({ source, data }) => {
    if (source === frame.contentWindow && data === 'ready') update();
  });
  new ResizeObserver(fit).observe(stage.parentElement);
  addEventListener('resize', fit);
}

readAddress();
listen();
update();
text('link', location.href);
const answer = await fetch('/demo/release.json');
if (answer.ok) release = await answer.json();
update();
