import { load, memoryReader } from '@chirograph/contract/load';
import { describe, expect, it } from 'vitest';
import { compare, judge, type Policy, serviceVersions } from '../index.ts';
import { nextVersion } from './service-versions.ts';

const files = (version: string, payload: string, summary = 's') => ({
  'shop/order.asyncapi.yaml': `asyncapi: 3.0.0
info: { title: Order, version: '${version}' }
channels:
  placed: { address: placed, messages: { Placed: { name: placed, summary: ${summary}, payload: ${payload} } } }
operations:
  send: { action: send, channel: { $ref: '#/channels/placed' } }
`,
  'shop/stock.asyncapi.yaml': `asyncapi: 3.0.0
info: { title: Stock, version: '3.0.0' }
operations:
  on: { action: receive, channel: { $ref: './order.asyncapi.yaml#/channels/placed' } }
`,
});

const X = '{ type: object, required: [x], properties: { x: { type: string } } }';
const OPTIONAL = '{ type: object, properties: { x: { type: string } } }';
const MORE = '{ type: object, required: [x], properties: { x: { type: string }, y: { type: string } } }';

function judged(
  from: readonly [string, string, string?],
  to: readonly [string, string, string?],
  policy: Partial<Policy> = {},
) {
  const states = {
    base: load(memoryReader(files(...from))).workspace,
    head: load(memoryReader(files(...to))).workspace,
  };
  const findings = judge(
    { ...states, changes: compare(states.base, states.head) },
    { today: '2026-06-01', ...policy },
  );
  return {
    findings,
    versions: serviceVersions(states, findings).map(
      (it) => `${it.service.name} ${it.step} ${it.next} ${it.isTooLow}`,
    ),
    tooLow: findings.filter(({ code }) => code === 'service/version-too-low'),
  };
}

describe('the version that a change asks for', () => {
  it.each([
    ['a break', X, OPTIONAL, 'order major 2.0.0 true'],
    ['something new', X, MORE, 'order minor 1.5.0 true'],
    ['nothing', X, X, 'order none 1.4.0 false'],
  ])('follows from facts: %s', (_, before, after, expected) => {
    const { versions } = judged(['1.4.0', before], ['1.4.0', after]);
    expect(versions).toEqual([expected, 'stock none 3.0.0 false']);
  });

  it('is a patch for words', () => {
    expect(judged(['1.4.0', X], ['1.4.0', X, 'other']).versions[0]).toBe('order patch 1.4.1 true');
  });

  it('is told where it was raised too little, and where it stays it may be raised later', () => {
    const { tooLow } = judged(['1.4.0', X], ['1.4.1', OPTIONAL]);
    expect(tooLow).toMatchObject([
      {
        verdict: 'warning',
        message: 'the version of order was raised 1.4.0 -> 1.4.1, but its changes ask for 2.0.0',
      },
    ]);
    expect(tooLow[0]?.note).toBe('Breaking: Placed 1.0: x was required and is now optional.');
    for (const version of ['1.4.0', '2.0.0', '2.0.0-rc.1', '3.1.0'])
      expect(judged(['1.4.0', X], [version, OPTIONAL]).tooLow).toEqual([]);
  });

  it('is an error by policy, and a break that is approved is a break', () => {
    const severities = { 'service/version-too-low': 'error' } as const;
    expect(judged(['1.4.0', X], ['1.5.0', OPTIONAL], { severities }).tooLow).toMatchObject([
      { severity: 'error' },
    ]);
    const [{ fingerprint } = { fingerprint: '' }] = judged(['1.4.0', X], ['1.4.0', OPTIONAL]).findings;
    const approvals = [{ fingerprint, change: 'c', reason: 'r', until: '2999-01-01' }];
    const { findings, versions } = judged(['1.4.0', X], ['1.4.0', OPTIONAL], { approvals });
    expect(findings.every(({ severity }) => severity !== 'error')).toBe(true);
    expect(versions[0]).toBe('order major 2.0.0 true');
  });
});

it.each([
  ['1.4.2', 'major', '2.0.0'],
  ['1.4.2', 'minor', '1.5.0'],
  ['1.4.2', 'patch', '1.4.3'],
  ['0.4.2', 'major', '0.5.0'],
  ['0.4.2', 'minor', '0.4.3'],
  ['v1.2.0', 'major', 'v2.0.0'],
  ['1.2', 'major', '2.0'],
  ['1.2', 'minor', '1.3'],
  ['1.2', 'patch', '1.2.1'],
  ['1', 'minor', '1.1'],
  ['2.0.0-rc.1', 'patch', '2.0.0'],
  ['2026-01-01', 'major', undefined],
] as const)('%s and a %s step: %s', (from, step, next) => {
  expect(nextVersion(from, step)).toBe(next);
});
