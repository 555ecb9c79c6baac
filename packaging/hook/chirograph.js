#!/usr/bin/env node
// The command of one who has installed this repository itself, as pre-commit does: the bundle that was built for it, or the
// source where the repository is only linked.
import { existsSync } from 'node:fs';

const [built, source] = ['../../dist/hook/lib/bin/chirograph.js', '../../cli/bin/chirograph.js'].map(
  (it) => new URL(it, import.meta.url),
);
const found = [built, source].find((it) => existsSync(it));
if (found) await import(found.href);
else {
  process.stderr.write(
    'error: chirograph was packed before it was built: run npm install in its repository first\n',
  );
  process.exitCode = 2;
}
