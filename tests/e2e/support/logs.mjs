// What an endpoint must not have logged: anybody's address, and what the specs type into forms.
// Knows nothing of who reads the log.
import { eligible, large, small } from './drafts.mjs';

const ADDRESS = /[\w.+-]+@[\w-]+\.[a-z]+/iu;
const TYPED = [eligible, large, small].flatMap(({ org_id: id, subject, description }) => [id, subject, description]);

/** The lines of a log with an address or a text in them. */
export function leaks(log) {
  const wrong = (line) => ADDRESS.test(line) || TYPED.some((text) => line.includes(text));
  return log.split('\n').filter(wrong);
}
