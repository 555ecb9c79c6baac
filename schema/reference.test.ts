import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, it } from 'vitest';
import manifest from './package.json' with { type: 'json' };

/** What a face hands on, and how it is declared. */
interface Export {
  readonly name: string;
  readonly docs: string | undefined;
  readonly declaration: string;
}

/** Where a declaration ends, or the part of it that users see. */
const ENDS: Readonly<Record<string, RegExp>> = {
  interface: /^\}/m,
  class: /^\}/m,
  type: /;\n(?=\n|$)/,
  function: /\{\n/,
  const: / = /,
};

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** `export { one, type Two } from './file.ts'`, for each of the names. */
function exportsOf(face: string): Export[] {
  return [...read(face).matchAll(/^export (?:type )?\{([^}]*)\} from '([^']*)';/gms)]
    .flatMap(([, names = '', from = '']) => {
      const file = posix.join(posix.dirname(face), from);
      const listed = names.split(',').flatMap((it) => it.trim().replace(/^type /, '') || []);
      return listed.map((name) => declared(name, read(file)));
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The declaration of a name, and the comment before it. The body of a function is no part of it, nor the rows of a table. */
function declared(name: string, text: string): Export {
  const start = text.search(
    new RegExp(`^export (function|const|interface|type|class) ${name.replace('$', '\\$')}\\b`, 'm'),
  );
  const before = text.slice(0, start);
  const docs = /\/\*\*((?:(?!\*\/).)*)\*\/\n$/s.exec(before)?.[1];
  const rest = text.slice(start + 'export '.length);
  const [kind = ''] = rest.split(' ', 1);
  const end = ENDS[kind]?.exec(rest);
  const length = end
    ? end.index + (end[0].trimEnd() === '{' || kind === 'const' ? 0 : end[0].trimEnd().length)
    : 0;
  return {
    name,
    docs: docs?.replace(/^\s*\* ?/gm, '').trim(),
    declaration: rest.slice(0, length).trim(),
  };
}

const sections = Object.entries(manifest.exports).map(([entry, file]) => ({
  entry: posix.join(manifest.name, entry),
  exports: exportsOf(file.slice(2)),
}));

it('says of each export what it is', () => {
  const silent = sections.flatMap(({ exports }) => exports.filter((it) => !it.docs).map((it) => it.name));
  expect(silent).toEqual([]);
});

it('has a page with all of them', async () => {
  const text = sections.map(({ entry, exports }) => {
    const entries = exports.map(
      ({ name, docs, declaration }) => `### ${name}\n\n${docs}\n\n\`\`\`ts\n${declaration}\n\`\`\`\n`,
    );
    return `## ${entry}\n\n${entries.join('\n')}`;
  });
  const page = `# ${manifest.name}: reference\n\nWritten by \`npx vitest run schema/reference -u\`.\n\n${text.join('\n')}`;
  await expect(page).toMatchFileSnapshot('REFERENCE.md');
});
