import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { upcastLines, upcastText } from './compat-upcast.ts';

const upcast = {
  from: '1.0',
  move: { '/data/a~1b': '/data/ab' },
  remove: ['/data/old, or so', '/data/[0]'],
  default: {
    '/data/text': "don't",
    '/data/empty': '',
    '/data/no': 'no',
    '/data/number': '12',
    '/data/lines': 'a\nb: c',
    '/data/list': [1, { a: null }],
    '/data/reason': 'PURCHASE',
  },
};

test('an upcast is written as YAML that says the same', () => {
  expect(load(upcastLines(upcast).join('\n'))).toEqual({ upcasts: [upcast] });
  expect(load(upcastText(upcast))).toEqual({ upcasts: [upcast] });
});

test('one that does nothing takes no lines', () => {
  expect(upcastLines({ from: '1.0' })).toEqual([]);
});
