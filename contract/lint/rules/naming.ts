import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { Message } from '../../model/index.ts';
import { isDoubtful } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/** Events say what has happened, commands what shall; the names of a domain are written alike. */
export const naming: Rule = {
  codes: ['message/event-tense', 'message/command-mood', 'message/name-case'],
  *check(workspace) {
    const messages = workspace.messages.filter((it) => !isDoubtful(workspace, it));
    for (const message of messages) yield* tense(message);
    for (const { name } of workspace.domains) yield* cases(messages.filter((it) => it.domain === name));
  },
};

function* tense({ at, kind, key, name }: Message): Iterable<Diagnostic> {
  const words = wordsOf(name);
  const place = { ...at, part: 'key' } as const;
  if (kind === 'command') {
    if (words.some(isPast)) yield diagnose('message/command-mood', place, { message: key, name });
  } else if (!words.some(isPast)) {
    yield diagnose('message/event-tense', place, { message: key, name });
  }
}

/** `loyalty.points.earned`, `OrderPlaced` and `order_placed` as words in small letters, a version at the end left out. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '' && !/^v$/.test(word));
}

/** Past participles that do not end in -ed, as far as events are named with them. */
const IRREGULAR = new Set(
  `begun bought broken brought built caught chosen cut done drawn driven fallen found frozen given gone got grown held
  hidden hit kept known laid left lent lost made met overdue paid put read run said seen sent set shown shut sold spent
  split stolen sunk swept taken taught thrown told undone understood unpaid withdrawn won written`.split(
    /\s+/,
  ),
);

function isPast(word: string): boolean {
  return (
    (word.length > 3 && word.endsWith('ed')) ||
    IRREGULAR.has(word.replace(/^(re|un|over|under)/, '')) ||
    IRREGULAR.has(word)
  );
}

function* cases(messages: readonly Message[]): Iterable<Diagnostic> {
  const styles = messages.map((message) => ({ message, style: styleOf(message.name) }));
  const counts = Map.groupBy(styles, ({ style }) => style);
  const [usual] = [...counts].toSorted(([, a], [, b]) => b.length - a.length);
  if (!usual || counts.size < 2) return;
  for (const { message, style } of styles) {
    if (style === usual[0]) continue;
    const place = { ...message.at, part: 'key' } as const;
    yield diagnose('message/name-case', place, { name: message.name, style, usual: usual[0] });
  }
}

function styleOf(name: string): string {
  if (/^[a-z0-9]+(\.[a-z0-9]+)+$/.test(name)) return 'dotted.lower';
  if (/^[a-z0-9]+([._-][a-z0-9]+)*$/.test(name)) {
    return name.includes('_') ? 'snake_case' : name.includes('-') ? 'kebab-case' : 'lower';
  }
  if (/^[A-Z][A-Za-z0-9]*$/.test(name)) return 'PascalCase';
  if (/^[a-z][A-Za-z0-9]*$/.test(name)) return 'camelCase';
  return /^[A-Z0-9_]+$/.test(name) ? 'UPPER_CASE' : 'mixed';
}
