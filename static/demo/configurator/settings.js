// Every setting of the configurator, and what is wrong with a value. Knows no page.
// An attribute's name and pattern are those of RULES in static/partner-desk.js; a test compares them.

const CODES = 'us|in|au|jp|eu|sa|ca|uk';
const HTTP = /^https?:$/;

const url = (text, base) => {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
};
const isAddress = (text) => {
  const found = url(text);
  if (!found || !HTTP.test(found.protocol) || found.username || found.search || found.hash) return false;
  // A host may have ; and , in it, where a policy would end.
  return /^[\w.:[\]-]+$/.test(found.host);
};
const isLength = (text) => CSS.supports('margin-top', text.replace(/\d$/, '$&px'));

/**
 * name · label · help: one line each. pattern: what the loader accepts. usual: what applies without the attribute,
 * which the snippet therefore leaves out. start: what a page opened without a query shows.
 * accepted: the values in words; also: what the loader cannot check, but would not work.
 */
export const ATTRIBUTES = [
  {
    name: 'dc',
    group: 'account',
    label: 'Data centre',
    help: 'Where the partner’s account is. Without it the panel shows the channels, never a form.',
    pattern: CODES,
    control: 'select',
    none: 'none: channels only',
    start: 'eu',
  },
  {
    name: 'region',
    group: 'account',
    label: 'Region',
    help: 'The partner’s region, which decides the e-mail address.',
    pattern: CODES,
    control: 'select',
    none: 'as the data centre',
  },
  {
    name: 'endpoint',
    group: 'account',
    label: 'Endpoint',
    help: 'One or more addresses, separated by blanks, the preferred one first.',
    pattern: 'https?://.+',
    accepted: 'addresses that begin with https:// or http://, without ? and #',
    also: (text) => text.split(/\s+/).every(isAddress),
    start: 'https://desk-eu.example',
  },
  {
    name: 'lang',
    group: 'look',
    label: 'Language',
    help: 'A language tag. Without it: the nearest lang of the page, else the browser’s language.',
    pattern: String.raw`[\w-]+`,
    accepted: 'a language tag such as en, de or pt-BR',
    suggestions: ['en', 'de', 'nl', 'fr', 'es', 'pt-BR', 'ja', 'ar', 'hi'],
  },
  {
    name: 'theme',
    group: 'look',
    label: 'Theme',
    help: 'Light, dark, or as the system says.',
    pattern: 'auto|light|dark',
    usual: 'auto',
  },
  {
    name: 'position',
    group: 'look',
    label: 'Corner',
    help: 'The lower corner at the end or the start of the page’s direction.',
    pattern: 'end|start',
    usual: 'end',
  },
  {
    name: 'offset-block',
    group: 'look',
    label: 'Distance from the lower edge',
    help: 'Keeps the launcher clear of what you have there. Without it: 16 px.',
    pattern: String.raw`\d.*`,
    accepted: 'a number of pixels, or a CSS length such as 5rem',
    also: isLength,
  },
  {
    name: 'offset-inline',
    group: 'look',
    label: 'Distance from the side',
    help: 'The same for the side. Without it: 16 px.',
    pattern: String.raw`\d.*`,
    accepted: 'a number of pixels, or a CSS length such as 5rem',
    also: isLength,
  },
  {
    name: 'z-index',
    group: 'look',
    label: 'Level',
    help: 'A number takes the panel out of the top layer, so that your own layers can lie above it.',
    pattern: String.raw`-?\d+`,
    accepted: 'a whole number such as 10',
  },
  {
    name: 'preload',
    group: 'behaviour',
    label: 'Fetch the app',
    help: 'On intent (hover, focus, touch), when the page is idle, or on the click only.',
    pattern: 'intent|idle|none',
    usual: 'intent',
  },
  {
    name: 'storage',
    group: 'behaviour',
    label: 'Storage in the browser',
    help: 'Off: nothing is kept in the browser.',
    pattern: 'on|off',
    usual: 'on',
  },
  {
    name: 'launcher',
    group: 'behaviour',
    label: 'Launcher',
    help: 'Hidden if a button of your own opens the panel; the code below then has one.',
    pattern: 'shown|hidden',
    usual: 'shown',
  },
  {
    name: 'shadow',
    group: 'expert',
    label: 'Shadow root',
    help: 'Auto is open, but closed inside a page that is itself a Yew app.',
    pattern: 'auto|open|closed',
    usual: 'auto',
  },
  {
    name: 'assets',
    group: 'expert',
    label: 'The app’s files',
    help: 'The folder that has app/ in it. Without it: where the script came from; with npm: /partner-desk/.',
    pattern: '.+',
    accepted: 'an https:// or http:// address or a path, without ? and #',
    also: (text) => {
      const found = url(text, 'https://page.example/');
      return Boolean(found && isAddress(found.href));
    },
  },
  {
    name: 'deep-link',
    group: 'behaviour',
    label: 'Links to a request',
    help: 'On: an address that ends in #pd-request=… opens that request.',
    pattern: 'off|on',
    usual: 'off',
  },
  {
    name: 'qa',
    group: 'expert',
    label: 'Clock of a test',
    help: 'For tests only: the instant at which a fake clock starts. Only demo endpoints heed it.',
    pattern: String.raw`\d+-\d+-\d+T.+`,
    accepted: 'an RFC 3339 instant such as 2026-11-23T09:00:00Z',
    also: (text) => !Number.isNaN(Date.parse(text)),
  },
];

/** How the widget gets onto the page. Not attributes. */
export const DELIVERY = [
  {
    name: 'how',
    group: 'delivery',
    label: 'Embed it by',
    help: 'A tag in the markup, a call of your script, or an import of your bundle.',
    pattern: 'tag|mount|npm',
    titles: { tag: 'script tag', mount: 'PartnerDesk.mount()', npm: 'npm import' },
    usual: 'tag',
  },
  {
    name: 'cdn',
    group: 'delivery',
    label: 'Where the files are',
    help: 'The folder that has a folder per version in it: dist/cdn of cargo xtask dist, on your server of files.',
    pattern: 'https?://.+',
    accepted: 'an address that begins with https:// or http://, without ? and #',
    also: isAddress,
    start: 'https://cdn.example/partner-desk',
    required: true,
    without: ['npm'],
  },
  {
    name: 'version',
    group: 'delivery',
    label: 'Version',
    help: 'The newest moves with every release and can have no integrity; an exact one never changes.',
    pattern: 'newest|exact',
    titles: { newest: 'newest', exact: 'exact, with integrity' },
    usual: 'newest',
    without: ['npm'],
  },
  {
    name: 'nonce',
    group: 'delivery',
    label: 'Policy by nonce',
    help: 'If your policy allows scripts by a nonce that your server makes for each answer.',
    pattern: 'no|yes',
    usual: 'no',
  },
];

/** What concerns the preview alone. */
export const PREVIEW = [
  {
    name: 'user',
    group: 'preview',
    label: 'Signed in as',
    pattern: 'superadmin|member|no-access|signed-out',
    usual: 'superadmin',
    control: 'select',
  },
  {
    name: 'screen',
    group: 'preview',
    label: 'Screen',
    pattern: 'desktop|tablet|phone',
    titles: { desktop: 'desktop', tablet: 'tablet', phone: 'phone, 375 px' },
    usual: 'desktop',
  },
];

export const SETTINGS = [...ATTRIBUTES, ...DELIVERY, ...PREVIEW];

/** The values of a setting that has only a few. */
export const choices = ({ pattern }) => (/^[a-z-]+(\|[a-z-]+)+$/.test(pattern) ? pattern.split('|') : null);

/** What is wrong with the value, as a sentence; nothing if it is right. */
export function problem(setting, value) {
  if (!value) return setting.required ? `Needed: ${setting.accepted}.` : '';
  const right = RegExp(`^(${setting.pattern})$`).test(value) && (setting.also?.(value) ?? true);
  return right ? '' : `“${value}” is not accepted. Accepted: ${setting.accepted ?? choices(setting).join(', ')}.`;
}
