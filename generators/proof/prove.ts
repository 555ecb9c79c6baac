import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Message } from '@chirograph/contract/model';
import type { JsonValue } from '@chirograph/schema';
import type { GeneratedFile } from '../source/generator.ts';
import { literal } from '../source/value.ts';

const ROOT = join(import.meta.dirname, '../..');

/**
 * A folder for generated code that a test compiles or runs: within the repo, so that its packages are found; hidden, so
 * that nothing else finds it; and outside the tool, which looks at its own folders to see whether it has changed.
 */
export function proofFolder(name: string): string {
  return join(ROOT, `.proof-${name}-${process.pid}`);
}

/** Generated code on disk, where the repo's packages can be found but nothing else looks. */
export function writeOutput(folder: string, files: readonly GeneratedFile[]): void {
  rmSync(folder, { recursive: true, force: true });
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A file that compiles when each value has the type of its message. */
export function typedValues(
  module: string,
  values: readonly {
    readonly message: Message;
    readonly type: string;
    readonly values: readonly JsonValue[];
  }[],
): string {
  const rows = values.flatMap(({ message, type, values: own }, i) => [
    `// ${message.name} ${message.version}`,
    ...own.map(
      (value, n) =>
        `const v${i}_${n} = ${literal(value)}${value === null ? '' : ' as const'};\ntypes.is<T.${type}>(v${i}_${n});`,
    ),
  ]);
  return [
    `import type * as T from '${module}';`,
    'declare const types: { is<T>(value: T): void };',
    ...rows,
    '',
  ].join('\n');
}

/** What the compiler says of all TypeScript in a folder, under every strict flag: nothing where it compiles. */
export function compilerOutput(folder: string): string {
  const config = join(folder, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ compilerOptions: STRICT, include: ['**/*.ts'] }));
  const compiler = join(ROOT, 'node_modules/.bin/tsc');
  const { stdout, stderr } = spawnSync(compiler, ['-p', config, '--pretty', 'false'], {
    encoding: 'utf8',
    cwd: folder,
  });
  return stdout + stderr;
}

/** The flags under which generated code has to compile. */
const STRICT = {
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  declaration: true,
  isolatedDeclarations: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
};
