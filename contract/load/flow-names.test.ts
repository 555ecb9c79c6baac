import { describe, expect, it } from 'vitest';
import { load, memoryReader } from './index.ts';

const ORDERS = `asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
channels: { orders: { messages: { Placed: { summary: x, payload: {} } } } }
operations: { place: { action: send, channel: { $ref: '#/channels/orders' } } }
`;

interface Flow {
  /** Keys of the first of two steps, `one` and `two`. */
  readonly step?: string;
  /** Keys of the first of two workflows, `buy` and `pay`. */
  readonly workflow?: string;
  readonly components?: string;
}

/** What is reported of a flow, and where from the document or the workflow. */
function findings({ step = '', workflow = '', components = '' }: Flow): string[] {
  const operation = 'operationId: $sourceDescriptions.orders.place, action: send';
  const { diagnostics } = load(
    memoryReader({
      'shop/orders.asyncapi.yaml': ORDERS,
      'shop/buying.arazzo.yaml': `arazzo: 1.1.0
info: { title: Buying, version: 1.0.0 }
sourceDescriptions: [{ name: orders, url: ./orders.asyncapi.yaml, type: asyncapi }]
workflows:
  - { workflowId: buy, ${workflow && `${workflow}, `}steps: [{ stepId: one, ${operation}${step && `, ${step}`} }, { stepId: two, ${operation} }] }
  - { workflowId: pay, steps: [{ stepId: three, ${operation} }] }
components: { ${components} }
`,
    }),
  );
  return diagnostics.map(({ code, at, message }) => `${code} ${at.pointer}: ${message}`);
}

/** A flow with an action at each place where an action of that outcome may stand. */
const withAction = (outcome: 'success' | 'failure', action: string): Flow[] => [
  { step: `${outcome === 'success' ? 'onSuccess' : 'onFailure'}: [${action}]` },
  { workflow: `${outcome}Actions: [${action}]` },
  { components: `${outcome}Actions: { it: ${action} }` },
];

describe('an action of a flow', () => {
  it.each([
    ['success', '{ name: x, type: end }'],
    ['success', '{ name: x, type: goto, workflowId: pay }'],
    ['failure', '{ name: x, type: end }'],
    ['failure', '{ name: x, type: goto, workflowId: pay }'],
    ['failure', '{ name: x, type: retry, retryAfter: 1 }'],
  ] as const)('may stand wherever one of its outcome does: %s %s', (outcome, action) => {
    expect(withAction(outcome, action).map(findings)).toEqual([[], [], []]);
  });

  it('retries after a failure only', () => {
    expect(withAction('success', '{ name: x, type: retry }').map(findings)).toEqual(
      [
        '/workflows/0/steps/0/onSuccess/0',
        '/workflows/0/successActions/0',
        '/components/successActions/it',
      ].map((at) => [`document/unknown-value ${at}/type: \`type\` of an action cannot be \`retry\``]),
    );
  });

  it('that goes elsewhere says where', () => {
    for (const outcome of ['success', 'failure'] as const) {
      for (const flow of withAction(outcome, '{ name: x, type: goto }')) {
        expect(findings(flow)).toEqual([
          expect.stringContaining('an action of type `goto` needs `stepId` or `workflowId`'),
        ]);
      }
    }
  });

  it.each([
    ['onSuccess', 'successActions'],
    ['onFailure', 'failureActions'],
  ])('is taken for %s from the shared %s alone', (key, shared) => {
    const other = shared === 'successActions' ? 'failureActions' : 'successActions';
    const components = `${shared}: { stop: { name: stop, type: end } }, ${other}: { halt: { name: halt, type: end } }`;
    const referring = (name: string) =>
      findings({ components, step: `${key}: [{ reference: $components.${name} }]` });
    expect(referring(`${shared}.stop`)).toEqual([]);
    expect(referring(`${shared}.stopp`)).toEqual([
      expect.stringMatching(
        `^flow/unknown-action /workflows/0/steps/0/${key}/0/reference: .*components.${shared}.stop\``,
      ),
    ]);
    expect(referring(`${other}.halt`)).toEqual([expect.stringContaining('flow/unknown-action')]);
  });
});

describe('a name in a flow', () => {
  it.each<[string, Flow, Flow]>([
    [
      'the step of an action',
      { step: 'onSuccess: [{ name: x, type: goto, stepId: two }]' },
      { step: 'onSuccess: [{ name: x, type: goto, stepId: three }]' },
    ],
    ['a step to wait for', { step: 'dependsOn: [two]' }, { step: 'dependsOn: [three]' }],
    [
      'the workflow of an action',
      { step: 'onFailure: [{ name: x, type: goto, workflowId: pay }]' },
      { step: 'onFailure: [{ name: x, type: goto, workflowId: two }]' },
    ],
    ['a workflow to wait for', { workflow: 'dependsOn: [pay]' }, { workflow: 'dependsOn: [two]' }],
  ])('is reported where nothing is called so: %s', (_, right, wrong) => {
    expect(findings(right)).toEqual([]);
    expect(findings(wrong)).toEqual([expect.stringMatching(/^flow\/unknown-(step|workflow) /)]);
  });

  it('is not followed into other documents', () => {
    const elsewhere = '$sourceDescriptions.others.pay';
    expect(findings({ workflow: `dependsOn: [${elsewhere}]`, step: `dependsOn: [${elsewhere}]` })).toEqual(
      [],
    );
  });
});
