// Thousands of tickets: filing them one by one would take minutes, so one is filed and copied in the database.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { api } from './api.mjs';

/** Whatever columns there are, each copy has all of them. Another program on the same folder is what the store allows. */
const COPY = `
import sqlite3, sys
file, reference, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
db = sqlite3.connect(file, timeout=20)
db.row_factory = sqlite3.Row
row = dict(db.execute("SELECT * FROM tickets WHERE reference = ?", (reference,)).fetchone())
# What the database works out itself cannot be written.
for column in db.execute("PRAGMA table_xinfo(tickets)").fetchall():
    if column["hidden"]:
        row.pop(column["name"])
first, place = row.pop("id"), reference.rsplit("-", 1)[0]
holes = ", ".join("?" * len(row))
def copies():
    for n in range(1, count):
        copy = dict(row)
        copy["reference"] = "%s-%06d" % (place, 100000 + n)
        copy["subject"] = "%s %d" % (row["subject"], n)
        copy["search_text"] = row["search_text"] + "\\n" + copy["reference"].lower() + "\\n" + copy["subject"].lower()
        copy["created_at"] = row["created_at"] - n * 60000
        copy["updated_at"] = copy["created_at"]
        if n % 3 == 0:
            copy.update(status="closed", last_change="closed", resolved_at=copy["updated_at"])
        yield list(copy.values())
with db:
    db.executemany("INSERT INTO tickets (%s) VALUES (%s)" % (", ".join(row), holes), copies())
db.close()
`;

/** The newest is the one that is filed; the others have a number after their subject and are a minute older each. Every third is closed. */
export async function many(endpoint, count, draft) {
  const stored = await api(endpoint);
  const { reference } = await stored.file(draft);
  await promisify(execFile)('python3', ['-c', COPY, join(endpoint.data, 'endpoint.sqlite'), reference, String(count)]);
  return reference;
}
