import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLanguages } from '../../patterns/language.ts';
import { createLogic } from '../logic/logic.ts';
import { createStrings } from './strings.ts';

const samples = [
  '2024-02-29',
  '2023-02-29',
  '1900-02-29',
  '2000-02-29',
  '2023-13-01',
  '2023-12-31',
  '23:59:60Z',
  '22:59:60Z',
  '00:59:60+01:00',
  '24:59:30+01:00',
  '12:30:00z',
  '12:30:00.5+0130',
  '12:30:00',
  '12:60:00Z',
  '2024-02-29T12:30:00Z',
  '2024-02-29 12:30:00+01',
  '2024-02-30t12:30:00Z',
  '2024-02-29T12:30:00',
  'P1Y2M',
  'PT',
  'P1W',
  'P1DT2H3S',
  'a@b.c',
  'A.b+c@example.COM',
  '@b',
  'a@b',
  'example.com',
  '-a.b',
  'a-.b',
  'a..b',
  'a.',
  '127.0.0.1',
  '256.0.0.1',
  '01.2.3.4',
  '::1',
  '1::2:3',
  'fe80::1%0',
  '1:2:3:4:5:6:7:8',
  '::ffff:1.2.3.4',
  ':::',
  'http://a.b/c?d#e',
  'http://a.b/"',
  'a:',
  'a:b',
  '//a',
  '/x/y',
  'a://[::1]:80/',
  '1a:b',
  'urn:x:y',
  'a:?q',
  '%zz',
  'a:%41',
  'mailto:a@b',
  '{a}',
  '/x{/y*}',
  '{',
  'http://x/{a,b:3}',
  '/a/b~0~1',
  '/a~2',
  '#/a',
  '0',
  '1/a',
  '01',
  '0#',
  '-1/a',
  '12345678-1234-1234-1234-123456789abc',
  'urn:uuid:12345678-1234-1234-1234-123456789ABC',
  '12345678',
  'YWJj',
  'YQ==',
  'YQ=',
  'a b',
  '[a',
  'a*',
  '(',
  'a(b',
  'a(b)',
  'a+|^b$',
  'a*?',
  '^*',
  '*a',
  'http://a.b/(é',
  '',
];

/** Samples with a character left out, doubled or replaced. */
const mutated = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.nat(40),
    fc.constantFrom('', '0', 'a', ':', '/', '.', '-', 'é', '"', '%', '+', '(', '$'),
  )
  .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1));

const ajv = new Ajv({ strict: false, validateSchema: false });
addFormats.default(ajv);

test.each(Object.keys(fullFormats))('format %s is within its bounds', (format) => {
  const logic = createLogic(createLanguages());
  const { boundsOf, format: formatOf } = createStrings(logic, true);
  const { inner, outer } = boundsOf(formatOf(format).string);
  const accepts = ajv.compile({ format });
  const check = (text: string) => {
    if (logic.languages.has(inner, text)) expect(accepts(text), `inner ${JSON.stringify(text)}`).toBe(true);
    if (accepts(text)) expect(logic.languages.has(outer, text), `outer ${JSON.stringify(text)}`).toBe(true);
  };
  samples.forEach(check);
  fc.assert(fc.property(mutated, check), { numRuns: 300 });
});
