import { compare, judge } from '@chirograph/compat';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lint } from '../lint/index.ts';
import { load, memoryReader } from '../load/index.ts';
import { compareVersions, consumersOf, messagesOf, sendersOf } from './index.ts';

/** A desk that answers, and a reader that asks; it hears the answers by `reply`, or by an operation of its own. */
function workspaceOf(required: string, answersCome: 'reply' | 'operation') {
  const files = {
    'library/desk.asyncapi.yaml': `asyncapi: 3.0.0
info: { title: Desk, version: 1.0.0 }
channels:
  questions:
    address: library.questions
    messages:
      Asked: { summary: Is it there?, payload: { type: object } }
  answers:
    address: library.answers
    messages:
      Answered:
        summary: It is, or not.
        payload: { type: object, required: [${required}], properties: { isbn: { type: string }, copies: { type: integer } } }
operations:
  onAsked:
    action: receive
    channel: { $ref: '#/channels/questions' }
    reply: { channel: { $ref: '#/channels/answers' } }
`,
    'library/reader.asyncapi.yaml': `asyncapi: 3.0.0
info: { title: Reader, version: 1.0.0 }
channels:
  questions: { $ref: 'desk.asyncapi.yaml#/channels/questions' }
  answers: { $ref: 'desk.asyncapi.yaml#/channels/answers' }
operations:
  ask:
    action: send
    channel: { $ref: '#/channels/questions' }
${
  answersCome === 'reply'
    ? "    reply: { channel: { $ref: '#/channels/answers' } }"
    : "  onAnswered: { action: receive, channel: { $ref: '#/channels/answers' } }"
}
`,
  };
  const { workspace, diagnostics } = load(memoryReader(files));
  expect(diagnostics).toEqual([]);
  return workspace;
}

it.each(['reply', 'operation'] as const)(
  'who answers sends the reply, and who asked receives it (by %s)',
  (way) => {
    const workspace = workspaceOf('isbn, copies', way);
    const [answered] = workspace.messages.filter((it) => it.name === 'Answered');
    const [desk, reader] = workspace.services;
    expect(sendersOf(workspace, answered?.id ?? '').map((it) => it.name)).toEqual(['desk']);
    expect(consumersOf(workspace, answered?.id ?? '').map((it) => it.name)).toEqual(['reader']);
    expect(messagesOf(workspace, desk?.id ?? '', 'send')).toEqual([answered]);
    expect(messagesOf(workspace, reader?.id ?? '', 'receive')).toEqual([answered]);
    expect(lint(workspace).map((it) => it.code)).not.toContain('message/no-sender');
  },
);

it.each(['reply', 'operation'] as const)('a reply that breaks affects the requester (by %s)', (way) => {
  const base = workspaceOf('isbn, copies', way);
  const head = workspaceOf('copies', way);
  const [finding] = judge({ base, head, changes: compare(base, head) }, { today: '2026-06-01' });
  expect(finding?.verdict).toBe('breaking');
  expect(
    finding?.impacts.flatMap(({ operations }) => operations.map((it) => `${it.service} ${it.action}`)),
  ).toEqual(['reader receive']);
});

it('orders versions as the rules of language order texts with numbers in them', () => {
  const { compare: compareTexts } = new Intl.Collator('en', { numeric: true });
  const number = fc.tuple(fc.constantFrom('', '0', '00'), fc.nat(12)).map((it) => it.join(''));
  const version = fc
    .tuple(fc.array(number, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '', '', '-beta', '-rc.1'))
    .map(([numbers, rest]) => numbers.join('.') + rest);
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(Math.sign(compareVersions(a, b))).toBe(compareTexts(a, b));
    }),
  );
});
