import { createRequire } from 'node:module';
import type { Ajv, Options } from 'ajv';
import type { Dialect } from '../keywords/schema.ts';
import { regExpOf } from '../patterns/reg-exp.ts';
import { countDecimals } from './count-decimals.ts';
import { fixContains } from './fix-contains.ts';
import { fixUnevaluated } from './fix-unevaluated.ts';

/** Ajv takes longer to load than most runs take that need none, so that it is loaded where one is made. */
const require = createRequire(import.meta.url);

/**
 * An Ajv that reads schemas as their dialect does, with the formats of ajv-formats. Every option and workaround that all
 * need is here; callers say what their purpose asks for (`allErrors`, standalone code).
 */
export function createAjv(dialect: Dialect, options: Options = {}): Ajv {
  const ajv = new (classOf(dialect))({
    strict: false,
    // A format that nobody knows is let through, as JSON Schema has it.
    logger: false,
    validateSchema: false,
    // `{}` has no member `constructor`.
    ownProperties: true,
    ...options,
    ignoreKeywordsWithRef: dialect === 'draft-07',
    // Ajv asks for patterns with the flag `u` alone, which refuses what many write: `\@`.
    code: { ...options.code, regExp: Object.assign(asRead, { code: 'new RegExp' }) },
  });
  fixContains(ajv);
  fixUnevaluated(ajv);
  countDecimals(ajv);
  (require('ajv-formats') as { default: (ajv: Ajv) => void }).default(ajv);
  return ajv;
}

function asRead(pattern: string, flags: string): RegExp {
  return regExpOf(pattern) ?? new RegExp(pattern, flags);
}

function classOf(dialect: Dialect): new (options: Options) => Ajv {
  switch (dialect) {
    case 'draft-07':
      return (require('ajv') as typeof import('ajv')).Ajv;
    case '2019-09':
      return (require('ajv/dist/2019.js') as typeof import('ajv/dist/2019.js')).Ajv2019;
    case '2020-12':
      return (require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js')).Ajv2020;
  }
}
