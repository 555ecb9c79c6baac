import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));

/** All that a module imports when it is loaded, and what those import; packages by name. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(join(here, file), 'utf8');
  // Statements of types alone are erased; all others count, `import(...)` does not.
  for (const [, clause = '', from = ''] of code.matchAll(
    /^(?:import|export)\s((?:[^;'](?!^import|^export))*?)\bfrom\s'([^']+)';/gms,
  )) {
    if (clause.startsWith('type ')) continue;
    if (from.startsWith('.')) loadedBy(normalize(join(dirname(file), from)), seen);
    else seen.add(from);
  }
  return seen;
}

const packages = (file: string): string[] =>
  [...loadedBy(file)].filter((name) => !name.endsWith('.ts')).sort();

describe('the faces of the runtime', () => {
  it('load what they must and nothing else', () => {
    expect(packages('contract/index.ts')).toEqual([]);
    expect(packages('index.ts')).toEqual([
      '@opentelemetry/api',
      'node:async_hooks',
      'node:crypto',
      'node:os',
    ]);
    expect(packages('nats/index.ts')).toEqual(['node:async_hooks', 'node:crypto', 'node:timers/promises']);
    expect(packages('kafka/index.ts')).toEqual(['node:async_hooks', 'node:timers/promises', 'node:zlib']);
    expect(packages('memory/index.ts')).toEqual(['node:async_hooks']);
    expect(packages('validation/index.ts')).toEqual(['fast-deep-equal']);
  });

  it('of brokers and stores see the ports, and what brokers share, only', () => {
    for (const folder of ['amqp', 'kafka', 'memory', 'nats', 'postgres', 'redis', 'sqlite']) {
      const files = readdirSync(join(here, folder)).filter(
        (name) => name.endsWith('.ts') && !name.includes('test'),
      );
      for (const file of files) {
        const foreign = [...loadedBy(`${folder}/${file}`)].filter(
          (name) =>
            name.endsWith('.ts') &&
            !/^((ports|partitions|rows|amqp|kafka|memory|nats|postgres|redis|sqlite)\/|backoff\.ts$)/.test(
              name,
            ),
        );
        expect(foreign, `${folder}/${file}`).toEqual([]);
      }
    }
  });

  it.each([
    [
      'nats',
      '@nats-io/',
      'natsBroker({ servers: "x", streams: [] })',
      '@nats-io/transport-node @nats-io/jetstream',
    ],
    ['kafka', '@platformatic/', 'kafkaBroker({ brokers: "x", topics: [] })', '@platformatic/kafka'],
  ])('name the command that installs the client of %s when it is missing', (face, scope, call, command) => {
    // A resolver that knows no such packages, as on a machine where they were never installed.
    const hook = `export const resolve = (name, context, next) => { if (name.startsWith('${scope}')) throw new Error('absent'); return next(name, context); };`;
    const program = `
      import { register } from 'node:module';
      register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}));
      const { ${face}Broker } = await import(${JSON.stringify(join(here, face, 'index.ts'))});
      await ${call}.catch((error) => console.log(error.message));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    expect(stdout).toContain(`npm install ${command}`);
  });
});
