import type { Message, MessagePath } from '@chirograph/contract/model';
import { pascalCase } from '../source/casing.ts';
import { Claims } from '../source/claims.ts';
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
 * The envelopes of some messages. One that several share is a constant; one that lacks a part of the commonest, or has one
 * beside, is called after that.
 * @param taken what other values are called
 */
export function envelopesOf(messages: readonly Message[], taken: ReadonlySet<string>): Envelopes {
  const groups = [...Map.groupBy(messages, (it) => partRows(it).join('\n'))]
    .map(([text, own]) => ({ text, count: own.length, parts: partsOf(own[0]) }))
    .filter(({ text, count }) => text !== '' && count > 1)
    .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
  const [common] = groups;
  const claims = new Claims(taken);
  const names = new Map(
    groups.map(({ text, parts }) => [text, claims.claim([nameOf(parts, common?.parts ?? parts)])] as const),
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

/** `envelope`, `envelopeWithoutSubject`; one that differs from the common one by more has a number. */
function nameOf(
  parts: readonly (readonly [string, MessagePath])[],
  common: readonly (readonly [string, MessagePath])[],
): string {
  const own = new Map(parts.map(([part, path]) => [part, JSON.stringify(path)]));
  const usual = new Map(common.map(([part, path]) => [part, JSON.stringify(path)]));
  const isMoved = [...own].some(([part, path]) => (usual.get(part) ?? path) !== path);
  const more = [...own.keys()].filter((it) => !usual.has(it)).map((it) => `With${pascalCase(it)}`);
  const less = [...usual.keys()].filter((it) => !own.has(it)).map((it) => `Without${pascalCase(it)}`);
  const [difference = '', ...others] = [...more, ...less];
  return isMoved || others.length > 0 ? 'envelope' : `envelope${difference}`;
}
