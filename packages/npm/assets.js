// For build scripts, under Node: where the app's files are, and a way to put them where the page finds them.
// Must never be imported by a page.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's folder `app/`. */
export const folder = fileURLToPath(new URL('./app', import.meta.url));

/** Copies the app's files into `target/app/`. The page names `target` in `assets`, unless its bundle lies there. */
export async function copyTo(target) {
  await cp(folder, join(target, 'app'), { recursive: true });
}
