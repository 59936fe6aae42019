// `node dist/server/backup-main.js FILE`: checks a backup by restoring it.
import { restore } from './backup.js';

const path = process.argv[2];
if (path === undefined) {
  process.stderr.write('give the file of a backup, such as data/backups/cases-2026-11-22.sqlite\n');
  process.exit(2);
}
try {
  const { cases, decided } = restore(path);
  process.stdout.write(`${path}: ${cases} cases; ${decided} decisions made again, all the same\n`);
} catch (error) {
  process.stderr.write(`${path}: ${(error as Error).message}\n`);
  process.exit(1);
}
