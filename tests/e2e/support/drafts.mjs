// What the specs type: whole forms by the names on the wire, and the cases that rules, widget and
// endpoint share (crates/rules/fixtures/README.md).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const site = process.env.PARTNER_DESK_SITE ?? join(root, 'dist/site');
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Complete, eligible, of an account that the directory does not know. */
export const eligible = {
  service: 'Zoho CRM',
  org_id_kind: 'zoid',
  org_id: '20087654321',
  subject: 'Contacts do not sync',
  description: 'Since this morning new contacts do not arrive.',
  superadmin_email: 'admin@unknown.example',
  superadmin_unknown: false,
  customer_email: '',
  zuid: '',
};

export const large = { ...eligible, org_id: '20000000001', superadmin_email: 'admin@large.example' };
export const small = { ...eligible, org_id: '20000000002', superadmin_email: 'admin@small.example' };

/** "I don't know it", with a ZOID, which is enough for an agent. */
export const unknown = { ...eligible, superadmin_email: '', superadmin_unknown: true };

/** The services that are not in priority support, each with what it is rated by. */
export const excluded = [
  ['Zoho Campaigns', 'campaigns', 'contacts'],
  ['Zoho DataPrep', 'dataprep', 'monthly_rows'],
  ['Zoho PageSense', 'pagesense', 'monthly_visitors'],
  ['Zoho Writer Add-ons', 'writer-add-ons', 'volume'],
  ['Zoho Marketing Automation', 'marketing-automation', 'contacts'],
];

/** The shared cases that one can type and that may not be sent. */
export const refused = json(join(root, 'crates/rules/fixtures/drafts.json')).filter(
  ({ violations, wire_only: wireOnly }) => violations.length > 0 && !wireOnly,
);

export const LANGUAGES = ['en', 'de'];

/** A sentence of a catalogue as it is served, in the form for `values.count`, with `{name}` filled in. */
export function sentence(lang, key, values = {}) {
  const forms = catalogue(lang)[key];
  const text = forms?.[new Intl.PluralRules(lang).select(values.count ?? 0)] ?? forms?.other ?? forms;
  if (typeof text !== 'string') throw new Error(`no sentence ${key} in ${lang}`);
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

const catalogues = new Map();

/** Sentences come from here from now on; without one from the language's own again. */
export function replaceCatalogue(lang, other) {
  catalogues.delete(lang);
  if (other) catalogues.set(lang, other);
}

function catalogue(lang) {
  if (!catalogues.has(lang)) catalogues.set(lang, json(join(site, 'app/locales', `${lang}.json`)));
  return catalogues.get(lang);
}
