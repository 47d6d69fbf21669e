/** The package's folder `app/`, as a path of this machine. */
export const folder: string;

/** Copies the app's files into `target/app/`. The page names `target` in `assets`, unless its bundle lies there. */
export function copyTo(target: string): Promise<void>;
