// Where the engines are: from the environment (cargo xtask sets it), else where systems put them.
// Must never download one, and never leave one out: what is missing is an error that says what to install.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PACKAGES = {
  PARTNER_DESK_CHROMIUM: 'chromium',
  PARTNER_DESK_FIREFOX: 'firefox-esr',
  PARTNER_DESK_WEBKIT_DRIVER: 'webkit2gtk-driver',
  PARTNER_DESK_XVFB: 'xvfb',
};

/** The program that the variable names, else the first of `names` on PATH. */
export function program(variable, ...names) {
  if (process.env[variable]) return process.env[variable];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (found) return found;
  throw new Error(
    `the host pages need ${names.join(' or ')}: install it (Debian's package ${PACKAGES[variable]}) or name it in ${variable}`,
  );
}
