import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint, lintMemo } from '../lint/index.ts';
import { load, loadMemo, memoryReader, type Reader } from './index.ts';

type Files = Readonly<Record<string, string>>;

/** All that a run says, with every rule on, and in the order in which it is said. */
function said(
  files: Files,
  memo?: { readonly load: ReturnType<typeof loadMemo>; readonly lint: ReturnType<typeof lintMemo> },
) {
  const { workspace, diagnostics } = load(memoryReader(files), memo?.load);
  const findings = lint(workspace, { preset: 'strict' }, memo?.lint);
  return JSON.stringify({ workspace, diagnostics, findings }, null, 1);
}

/** Whether a memo that is handed from state to state makes no difference in any, nor one that is stored in between. */
function agree(states: readonly Files[]): void {
  const memo = { load: loadMemo(), lint: lintMemo() };
  let stored = { load: loadMemo(), lint: lintMemo() };
  for (const files of states) {
    const afresh = said(files);
    expect(said(files, memo)).toBe(afresh);
    stored = structuredClone(stored);
    expect(said(files, stored)).toBe(afresh);
  }
}

/** Documents that lean on one another in every way that we know, and for each of their gaps what may stand in it. */
const TEMPLATES: Files = {
  'shop/types.yaml': `<<$id: https://example.com/types.yaml|title: Types>>
schemas:
  Money: <<{ type: integer, minimum: 1 }|{ type: string, pattern: '(a+)+$' }|{ $ref: '#/schemas/Loop' }|{ $ref: './more.yaml#/schemas/Amount' }|{ $ref: '#/schemas/Ring' }|{ requried: [a], propertes: { a: { $ref: '#/schemas/Loop' } } }|7>>
  Loop: <<{ $ref: '#/schemas/Ring' }|{ type: string, enum: [a], const: b }|{ type: boolean }>>
  Ring: <<{ $ref: '#/schemas/Loop', title: Ring }|{ type: integer, default: x }|{ properties: { n: { $ref: '#/schemas/Whole', minimum: 3 } } }>>
  <<Whole|Wohle>>: { type: integer<<|, minium: 3|, minimum: 4, maximum: 2>> }
`,
  'shop/more.yaml': `<<schemas: { Amount: { type: integer, examples: [one] } }|schemas: { Amount: { $ref: './types.yaml#/schemas/Money' } }|schemas: [|schemas: { Amont: { type: string } }>>
`,
  'shop/order.asyncapi.yaml': `asyncapi: <<3.0.0|3.1.0|2.6.0>>
info: { title: Order, version: 1.0.0<<|, contact: { name: Sales }>> }
<<defaultContentType: application/json|defaultContentTyp: text/plain>>
channels:
  placed:
    address: order.placed
    messages: { OrderPlaced: { $ref: <<'#/components/messages/OrderPlaced'|'#/components/messages/OrderPlacd'|'../mail/mail.asyncapi.yaml#/components/messages/Sent'>> } }
<<operations: { send: { action: send, channel: { $ref: '#/channels/placed' } } }|operations: { send: { acton: send, channel: { $ref: '#/channels/placed' } } }|>>
components:
  messages:
    OrderPlaced:
      name: order.placed
      <<x-contract: { version: '1.0', orderingKey: /id }|x-contract: { version: '2.0', upcasts: [{ from: '1.0' }] }|summary: It was placed.>>
      <<traits: [{ $ref: '#/components/messageTraits/common' }]|headers: { type: object, properties: { email: { type: string } } }>>
      payload: { type: object, required: [id, <<total|totl>>], properties: { id: { type: string }, total: { $ref: './<<types|typs|more>>.yaml#/schemas/Money' } } }
      examples: [{ payload: { id: a, total: <<1|one|{ n: 1 }>> } }]
    Spare: { payload: { $ref: '#/components/schemas/Unused' }, examples: [{ payload: 1 }] }
  messageTraits: { common: { headers: { type: object }, examples: [{ headers: <<{}|[]>> }] } }
  schemas: { Unused: { type: string, format: <<date|dat>> } }
`,
  'shop/payment.asyncapi.yaml': `asyncapi: 3.0.0
info: { title: Payment, version: 1.0.0 }
channels:
  placed: { $ref: <<'./order.asyncapi.yaml#/channels/placed'|'./order.asyncapi.yml#/channels/placed'|'../mail/mail.asyncapi.yaml#/channels/sent'|'./types.yaml#/schemas/Loop'>> }
operations: { receive: { action: receive, channel: { $ref: '#/channels/placed' } } }
components:
  messages: { OrderPlaced: { name: order.placed, payload: { $ref: <<'./types.yaml#/schemas/Ring'|'./order.asyncapi.yaml#/components/schemas/Unused'|'./none.yaml'>> } } }
  schemas: { Named: { properties: { a: { $ref: <<'https://example.com/named.yaml'|'urn:x:named#/definitions/n'|'https://example.com/other.yaml'>> } } } }
`,
  'shop/named.yaml': `$id: <<https://example.com/named.yaml|https://example.com/other.yaml|urn:x:named>>
properties: { n: { $ref: <<'#/definitions/n'|'other.yaml'|'https://example.com/types.yaml#/schemas/Whole'>> } }
definitions: { n: { type: <<integer|string>> }, o: { $id: <<other.yaml|named.yaml>>, type: boolean } }
`,
  'mail/mail.asyncapi.yaml': `asyncapi: 3.0.0
info: { title: Mail, version: 1.0.0 }
channels: { sent: { address: mail.sent, messages: { Sent: { $ref: '#/components/messages/Sent' } } } }
operations:
  send: { action: <<send|receive|sned>>, channel: { $ref: '#/channels/sent' } }
  receive: { action: receive, channel: { $ref: '../shop/order.asyncapi.yaml#/channels/<<placed|plced>>' } }
components:
  messages:
    Sent: { name: mail.sent, payload: { schemaFormat: <<application/schema+json;version=2020-12|application/vnd.aai.asyncapi|application/x-protobuf>>, schema: { $ref: '../shop/types.yaml#/schemas/<<Money|Ring>>', <<minimum: 3|description: Said.>> } } }
`,
  'old.asyncapi.yaml': `asyncapi: 2.6.0
info: { title: Old, version: 1.0.0 }
channels:
  orders: { publish: { message: { $ref: './shop/order.asyncapi.yaml#/components/messages/<<OrderPlaced|Spare>>' } } }
  <<shared: { $ref: './shop/types.yaml#/schemas/Loop' }|200: { subscribe: { message: { payload: true } } }>>
`,
  'shop/placing.arazzo.yaml': `arazzo: 1.1.0
info: { title: Placing, version: 1.0.0 }
sourceDescriptions: [{ name: order, type: asyncapi, url: ./order.asyncapi.yaml }]
workflows: [{ workflowId: place, steps: [{ stepId: send, operationId: $sourceDescriptions.order.<<send|sent>>, action: send }] }]
`,
};

const GAP = /<<(.*?)>>/gs;

/** A file with one of what each gap may hold, or no file. */
const fileOf = (template: string) => {
  const gaps = [...template.matchAll(GAP)].map(([, choices = '']) => fc.constantFrom(...choices.split('|')));
  const text = fc.tuple(...gaps).map((chosen) => {
    let gap = 0;
    return template.replace(GAP, () => chosen[gap++] ?? '');
  });
  return fc.option(text, { freq: 8, nil: undefined });
};

const edit = fc.oneof(
  ...Object.entries(TEMPLATES).map(([file, template]) => fileOf(template).map((text) => ({ file, text }))),
);

/** The states of a workspace as one edit follows another. */
const history = fc
  .tuple(fc.tuple(...Object.values(TEMPLATES).map(fileOf)), fc.array(edit, { minLength: 1, maxLength: 6 }))
  .map(([texts, edits]) => {
    const files = Object.keys(TEMPLATES).map((file, i) => ({ file, text: texts[i] }));
    return edits.map((_, n) => stateAfter([...files, ...edits.slice(0, n + 1)]));
  });

function stateAfter(edits: readonly { readonly file: string; readonly text: string | undefined }[]): Files {
  const state: Record<string, string> = {};
  for (const { file, text } of edits) {
    if (text === undefined) delete state[file];
    else state[file] = text;
  }
  return state;
}

describe('a run with the memo of the runs before it', () => {
  it('says what a run without says, after any edits of documents that lean on one another', () => {
    fc.assert(fc.property(history, agree), { numRuns: 80 });
  });

  it('says so of our own contracts, whatever line is taken out or put in twice', () => {
    const names = globSync('specs/loyalty/*.yaml').sort();
    const files = Object.fromEntries(names.map((file) => [file, readFileSync(file, 'utf8')]));
    const slip = fc.record({ file: fc.constantFrom(...names), line: fc.nat(), times: fc.constantFrom(0, 2) });
    fc.assert(
      fc.property(fc.array(slip, { minLength: 1, maxLength: 4 }), (slips) => {
        agree([files, ...slips.map((it) => withSlip(files, it)), files]);
      }),
      { numRuns: 8 },
    );
  });
});

function withSlip(files: Files, slip: { file: string; line: number; times: number }): Files {
  const lines = (files[slip.file] ?? '').split('\n');
  const at = slip.line % lines.length;
  return { ...files, [slip.file]: lines.toSpliced(at, 1, ...Array(slip.times).fill(lines[at])).join('\n') };
}

it('judges an example anew where another document has its schema read in another dialect', () => {
  const sends = (payload: string) =>
    `asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\nchannels: { c: { messages: { M: { payload: ${payload}, examples: [{ payload: { n: 1, in: { n: 1 } } }] } } } }\n`;
  const states = ['application/schema+json;version=2020-12', 'application/vnd.aai.asyncapi'].map(
    (format) => ({
      'a.yaml': sends(`{ schemaFormat: ${format}, schema: { $ref: './types.yaml#/Thing' } }`),
      'b.yaml': sends("{ properties: { in: { $ref: './types.yaml#/Thing' } } }"),
      'types.yaml':
        'Thing: { properties: { n: { $ref: "#/Whole", minimum: 3 } } }\nWhole: { type: integer }\n',
    }),
  );
  expect(new Set(states.map((files) => said(files).match(/example-invalid/g)?.length)).size).toBe(2);
  agree([...states, ...states]);
});

describe('what has not changed', () => {
  const document = (title: string) => `asyncapi: 3.0.0\ninfo: { title: ${title}, version: 1.0.0 }\n`;

  it('is the same object again', () => {
    const memo = loadMemo();
    const before = load(memoryReader({ 'a.yaml': document('A'), 'b.yaml': document('B') }), memo).workspace;
    const after = load(memoryReader({ 'a.yaml': document('A'), 'b.yaml': document('C') }), memo).workspace;
    expect(after.services[0]).toBe(before.services[0]);
    expect(after.services[1]).not.toBe(before.services[1]);
  });

  it('is not made again by way of a stored memo, nor judged again', () => {
    const files = {
      'a.yaml': `${document('A')}components: { schemas: { S: { type: integer, minium: 1 } } }\n`,
    };
    const memo = { load: loadMemo(), lint: lintMemo() };
    said(files, memo);
    const stored = structuredClone(memo);
    const result = stored.load.results.get('a.yaml');
    const judged = [...stored.lint.found.values()].flatMap((it) => [...it.values()]);
    said(files, stored);
    expect(stored.load.results.get('a.yaml')).toBe(result);
    expect(judged.length).toBeGreaterThan(0);
    // An object that is respelt is another one each time; all else is found as it was.
    const again = new Set([...stored.lint.found.values()].flatMap((it) => [...it.values()]));
    expect(judged.some((it) => again.has(it))).toBe(true);
  });

  it('is judged anew where a user named it who had not', () => {
    const memo = loadMemo();
    const reader = memoryReader({ 'a.yaml': 'asyncap: 3.0.0\n' });
    expect(load(reader, memo).diagnostics).toEqual([]);
    expect(load({ ...reader, named: ['a.yaml'] }, memo).diagnostics).toHaveLength(1);
  });

  it('is not read again where its reader says so', () => {
    const read: string[] = [];
    const stamps: Record<string, string | undefined> = { 'a.yaml': '1', 'b.yaml': undefined };
    const reader: Reader = {
      entries: ['a.yaml', 'b.yaml'],
      read: (file) => {
        read.push(file);
        return document(file);
      },
      stamp: (file) => stamps[file],
    };
    const memo = loadMemo();
    load(reader, memo);
    load(reader, memo);
    stamps['a.yaml'] = '2';
    load(reader, memo);
    expect(read).toEqual(['a.yaml', 'b.yaml', 'b.yaml', 'a.yaml', 'b.yaml']);
  });
});
