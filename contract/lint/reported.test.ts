import { expect, it } from 'vitest';
import { load, memoryReader } from '../load/index.ts';
import { lint } from './index.ts';

/** What people report of other validators: a fault told twice, at an odd place, or with no way out. */
function findingsIn(text: string) {
  const { workspace, diagnostics } = load(memoryReader({ 'shop/a.asyncapi.yaml': text }));
  return [...diagnostics, ...lint(workspace)];
}

function errorsIn(text: string) {
  return findingsIn(text).filter((it) => it.severity === 'error');
}

it('says once, at the reference, that `#` in an inline payload is the whole document', () => {
  const payload = "{ type: object, properties: { children: { type: array, items: { $ref: '#' } } } }";
  const errors = errorsIn(`asyncapi: 3.0.0
info: { title: T, version: 1.0.0 }
channels: { c: { address: c, messages: { M: { payload: ${payload} } } } }
operations: { s: { action: send, channel: { $ref: '#/channels/c' } } }
`);
  expect(errors).toMatchObject([
    {
      code: 'reference/wrong-kind',
      at: { pointer: '/channels/c/messages/M/payload/properties/children/items/$ref' },
      message: expect.stringContaining('the whole AsyncAPI document'),
    },
  ]);
});

it('says once that the headers of an example are no object, beside what its payload should be', () => {
  const errors = errorsIn(`asyncapi: 2.0.0
info: { title: Bad API, version: 1.0.0 }
channels: {}
components:
  messages:
    someMessage:
      payload: { type: string }
      headers: { type: object }
      examples:
        - payload: 2137
          headers: someHeader
`);
  const place = '/components/messages/someMessage/examples/0';
  expect(errors.map(({ code, at }) => `${code} ${at.pointer}`).sort()).toEqual([
    `document/wrong-shape ${place}/headers`,
    `message/example-invalid ${place}/payload`,
  ]);
});

it('says that a parameter of an address is written without `$`', () => {
  const findings = findingsIn(`asyncapi: 3.0.0
info: { title: T, version: 1.0.0 }
channels: { c: { address: 'rides/\${status}', messages: { M: { payload: { type: string } } } } }
operations: { s: { action: send, channel: { $ref: '#/channels/c' } } }
`);
  const found = findings.find(({ code }) => code === 'channel/parameter-undescribed');
  expect(found?.fix).toContain('Write `{status}`, without `$`');
});
