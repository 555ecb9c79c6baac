import { type Approval, compare, judge } from '@chirograph/compat';
import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { compatReporterFor } from './compat-formats.ts';
import type { CompatReport } from './compat-report.ts';
import { compatText } from './compat-text.ts';

/** A sender and a reader, each with words of its own for the same messages, whose prices stand in one file. */
function estate(money: object): Record<string, string> {
  const document = (action: string, domain: string) => {
    const names = [`${domain}.placed`, `${domain}.paid`];
    const payload = { properties: { price: { $ref: '../money.json' } } };
    return JSON.stringify({
      asyncapi: '3.0.0',
      info: { title: action, version: '1.0.0' },
      channels: Object.fromEntries(
        names.map((name) => [name, { address: name, messages: { [name]: { name, payload } } }]),
      ),
      operations: Object.fromEntries(
        names.map((name) => [name, { action, channel: { $ref: `#/channels/${name}` } }]),
      ),
    });
  };
  return {
    'money.json': JSON.stringify(money),
    'orders/out.json': document('send', 'orders'),
    'orders/in.json': document('receive', 'orders'),
    'mail/out.json': document('send', 'mail'),
    'mail/in.json': document('receive', 'mail'),
  };
}

function report(before: object, after: object, approvals: readonly Approval[] = []): CompatReport {
  const [base, head] = [before, after].map((it) => load(memoryReader(estate(it))).workspace);
  if (!base || !head) throw new Error('unreachable');
  const policy = { today: '2026-01-01', approvals };
  const findings = judge({ base, head, changes: compare(base, head) }, policy);
  return { findings, base, head, against: 'main', prefix: '', seconds: 0, color: false };
}

const widened = () => report({ maxLength: 5 }, { maxLength: 6 });
const retyped = () => report({ type: 'integer' }, { type: 'string' });

it('a definition that messages of several domains share is one finding, which names them', () => {
  const text = compatText(widened());
  expect(text).toContain('payload/max-length-raised   mail, orders  in 4 messages  breaks their consumers');
  expect(text).toMatch(/In 4 messages:\n\n( +(mail|orders)\.(paid|placed) 1\.0 +in\n){4}\n/);
  expect(text.match(/Intended\?/g)).toHaveLength(1);
  expect(text).toMatch(/^1 breaking in 4 of 4 messages against main/m);
});

it('what breaks for one view of a message is not told as safe for another', () => {
  expect(widened().findings.map((it) => it.verdict)).toContain('safe');
  expect(compatText(widened())).not.toMatch(/^safe/m);
});

it('who sends and who receives are named together, and no order of deployment contradicts another', () => {
  expect(compatText(retyped())).toContain('breaks their consumers, their senders and messages in flight');
  const { findings } = JSON.parse(compatReporterFor('json')(retyped())) as {
    findings: readonly { readonly rollout: string }[];
  };
  expect(new Set(findings.map((it) => it.rollout))).toEqual(
    new Set([
      'Order of deployment: no order helps. Old readers reject new messages, and new readers reject old ones.',
    ]),
  );
});

it.each([
  ['markdown', /<details>/g],
  ['junit', /<failure/g],
  ['github', /^::error/gm],
  ['sarif', /"ruleId"/g],
])('%s counts it once', (format, mark) => {
  expect(compatReporterFor(format)(widened()).match(mark)).toHaveLength(1);
});

it('the fingerprints it is shown with approve all of it, and fewer of them only their domain', () => {
  const [, list = ''] = /compat approve ([\da-f ]+) --against/.exec(compatText(widened())) ?? [];
  const approvals = list
    .split(' ')
    .map((fingerprint) => ({ fingerprint, change: '', reason: 'agreed', until: '2026-12-31' }));
  expect(approvals).toHaveLength(2);
  const told = (some: readonly Approval[]) =>
    compatText(report({ maxLength: 5 }, { maxLength: 6 }, some))
      .split('\n')
      .at(-2);
  expect(told(approvals)).toMatch(/^1 breaking \(1 approved\) in 4 of 4/);
  expect(told(approvals.slice(1))).toMatch(/^2 breaking \(1 approved\) in 4 of 4/);
});
