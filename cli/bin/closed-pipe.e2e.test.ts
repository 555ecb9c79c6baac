import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const bin = fileURLToPath(new URL('chirograph.js', import.meta.url));

it.each(['explain', '--help'])('ends %s quietly when nobody reads its output any more', (command) => {
  const script = '{ "$0" "$1" "$2"; echo "exit $?" >&2; } | true';
  const { stderr } = spawnSync('sh', ['-c', script, process.execPath, bin, command], { encoding: 'utf8' });
  expect(stderr).toBe('exit 141\n');
});
