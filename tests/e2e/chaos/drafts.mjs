// What people write: tickets and files, drawn from chance.
// Must never draw something that the endpoint rewrites: what is read back is compared letter by letter.
import { createHash } from 'node:crypto';

const SERVICES = ['Zoho CRM', 'Zoho Books', 'Zoho Desk', 'Zoho Campaigns', 'A service of our own'];
const ACCOUNTS = ['admin@large.example', 'admin@small.example', 'admin@unknown.example', null];
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The fields of a sound ticket. `mark` is what it is known by wherever it turns up. */
export function sound(random, mark) {
  const superadmin = random.pick(ACCOUNTS);
  return {
    dc: random.chance(0.8) ? 'eu' : 'us',
    region: random.pick(['eu', 'us', 'in']),
    service: random.pick(SERVICES),
    org_id_kind: 'zoid',
    org_id: `2000000000${random.between(1, 9)}`,
    subject: `${mark} ${random.text(random.between(2, 80))}`,
    description: random.text(random.chance(0.1) ? random.between(5_000, 20_000) : random.between(2, 600)),
    superadmin_email: superadmin,
    ...(superadmin === null && random.chance(0.5) && { customer_email: 'jo@customer.example' }),
    ...(random.chance(0.5) && { lang: random.pick(['en', 'de']) }),
  };
}

/** The same with a mistake in it that the endpoint refuses. */
export function unsound(random, mark) {
  const mistake = random.pick([{ org_id: '20x' }, { superadmin_email: 'nobody' }, { description: '' }, { service: ' ' }]);
  return { ...sound(random, mark), ...mistake };
}

/** A file: `{ name, content, sha256 }`; some of a few hundred kilobytes. */
export function file(random) {
  const size = random.weighted({ small: 6, middle: 3, large: 1 });
  const length = { small: [1, 400], middle: [1_000, 40_000], large: [150_000, 400_000] }[size];
  const bytes = random.bytes(random.between(...length));
  // Text has no zero byte; a picture begins as one.
  const picture = random.chance(0.5);
  const content = picture ? Buffer.concat([PNG, bytes]) : Buffer.from(bytes.toString('base64'));
  return { name: picture ? 'Bild ä.png' : 'log.txt', content, sha256: sha256(content) };
}

export const sha256 = (content) => createHash('sha256').update(content).digest('hex');
