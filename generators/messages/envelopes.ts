import type { Message, MessagePath } from '@chirograph/contract/model';
import { pascalCase } from '../source/casing.ts';
import { RUNTIME_CONTRACT } from '../source/modules.ts';
import { type Code, code, docComment, lines, typeSymbol } from '../source/source-file.ts';
import { literal } from '../source/value.ts';

/** Where messages carry their envelope, each such place printed once. */
export interface Envelopes {
  readonly declarations: readonly Code[];
  /** The rows of a contract that tell of its envelope. */
  readonly rows: (message: Message) => readonly Code[];
}

/**
 * The envelopes of some messages. One that several share is a constant; another one that differs from the commonest only
 * by what it lacks, or has beside, is called after that.
 */
export function envelopesOf(messages: readonly Message[]): Envelopes {
  const groups = [...Map.groupBy(messages, (it) => partRows(it).join('\n'))]
    .map(([text, own]) => ({ text, count: own.length, parts: partsOf(own[0]) }))
    .filter(({ text, count }) => text !== '' && count > 1)
    .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
  const [common] = groups;
  const names = new Map(
    groups.flatMap(({ text, parts }) => {
      const name = common && nameOf(parts, common.parts);
      return name === undefined ? [] : [[text, name] as const];
    }),
  );
  return {
    declarations: [...names].map(([text, name]) =>
      lines([
        docComment(ABOUT),
        code`const ${name}: ${typeSymbol('Envelope', RUNTIME_CONTRACT)} = {`,
        ...text.split('\n').map((row) => `  ${row}`),
        '};',
      ]),
    ),
    rows: (message) => {
      const own = partRows(message);
      const name = names.get(own.join('\n'));
      if (name !== undefined) return [name === 'envelope' ? '  envelope,' : `  envelope: ${name},`];
      return own.length === 0
        ? ['  envelope: {},']
        : ['  envelope: {', ...own.map((row) => `    ${row}`), '  },'];
    },
  };
}

const ABOUT = 'Where messages carry what the runtime fills in and reads.';

function partsOf(message: Message | undefined): (readonly [string, MessagePath])[] {
  return Object.entries(message?.contract.envelope ?? {}).filter(([part]) => part !== 'data');
}

function partRows(message: Message): string[] {
  return partsOf(message).map(([part, { in: where, path }]) => `${part}: ${literal({ in: where, path })},`);
}

/** `envelope`, `envelopeWithoutSubject`; undefined where parts stand elsewhere than in the common one. */
function nameOf(
  parts: readonly (readonly [string, MessagePath])[],
  common: readonly (readonly [string, MessagePath])[],
): string | undefined {
  const own = new Map(parts.map(([part, path]) => [part, JSON.stringify(path)]));
  const usual = new Map(common.map(([part, path]) => [part, JSON.stringify(path)]));
  if ([...own].some(([part, path]) => (usual.get(part) ?? path) !== path)) return undefined;
  const more = [...own.keys()].filter((it) => !usual.has(it)).map(pascalCase);
  const less = [...usual.keys()].filter((it) => !own.has(it)).map(pascalCase);
  return [
    'envelope',
    ...(more.length === 0 ? [] : ['With', more.join('And')]),
    ...(less.length === 0 ? [] : ['Without', less.join('And')]),
  ].join('');
}
