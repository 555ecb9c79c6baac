import { type Dialect, regExpOf } from '@chirograph/contract/model';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import formats from 'ajv-formats';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { mendContains } from './contains.ts';

/** Everything of Ajv's, apart from the rest so that a run which has nothing to compile does not load it. */
export const standalone = standaloneModule.default;

/** An Ajv for a dialect, with every format in full. It prints code, and compiles nothing that runs here. */
export function ajvFor(dialect: Dialect, ownProperties: boolean): Ajv {
  const options = {
    allErrors: true,
    code: { source: true, esm: true, lines: true, regExp: Object.assign(asRead, { code: 'new RegExp' }) },
    // A format that nobody knows is let through, as JSON Schema has it; that is no news for whoever generates.
    logger: false,
    // Small schemas are checked in place, larger ones by functions of their own.
    inlineRefs: 4,
    messages: false,
    ownProperties,
    strict: false,
    validateSchema: false,
  } as const;
  const ajv =
    dialect === '2020-12'
      ? new Ajv2020(options)
      : dialect === '2019-09'
        ? new Ajv2019(options)
        : new Ajv(options);
  mendContains(ajv as Ajv);
  formats.default(ajv as Ajv);
  return ajv as Ajv;
}

/** A pattern as it is read everywhere. Ajv asks for it with the flag `u` alone, which refuses what many write: `\@`. */
function asRead(pattern: string, flags: string): RegExp {
  return regExpOf(pattern) ?? new RegExp(pattern, flags);
}

/** The formats that are regular expressions, by these. */
export function formatNames(): Map<string, string> {
  return new Map(
    Object.entries(fullFormats).flatMap(([name, it]): [string, string][] =>
      it instanceof RegExp ? [[String(it), name]] : [],
    ),
  );
}
