import { type Dialect, regExpOf } from '@chirograph/schema';
import { countDecimals } from '@chirograph/schema/ajv';
import { Ajv, type Options } from 'ajv';
import formats from 'ajv-formats';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { fixContains } from './contains.ts';

// Everything of Ajv's, apart from the rest so that a run which has nothing to compile does not load it.

/** An Ajv for a dialect, with every format in full. It prints code, and compiles nothing that runs here. */
export async function ajvFor(dialect: Dialect, ownProperties: boolean): Promise<Ajv> {
  const options = {
    allErrors: true,
    code: {
      source: true,
      lines: true,
      process: () => NOTHING,
      regExp: Object.assign(asRead, { code: 'new RegExp' }),
    },
    // Alternatives by their tag.
    discriminator: true,
    // A format that nobody knows is let through, as JSON Schema has it; that is no news for whoever generates.
    logger: false,
    // Small schemas are checked in place, larger ones by functions of their own.
    inlineRefs: 4,
    messages: false,
    meta: false,
    ownProperties,
    strict: false,
    uriResolver: BY_NAME,
    validateSchema: false,
  } as const;
  const ajv = await ajvOf(dialect, options);
  fixContains(ajv);
  countDecimals(ajv);
  formats.default(ajv);
  return ajv;
}

/** A pattern as it is read everywhere. Ajv asks for it with the flag `u` alone, which refuses what many write: `\@`. */
function asRead(pattern: string, flags: string): RegExp {
  return regExpOf(pattern) ?? new RegExp(pattern, flags);
}

/** Each dialect but the first is a class with vocabularies of its own, which most runs do without. */
async function ajvOf(dialect: Dialect, options: Options): Promise<Ajv> {
  switch (dialect) {
    case 'draft-07':
      return new Ajv(options);
    case '2019-09':
      return new (await import('ajv/dist/2019.js')).Ajv2019(options) as Ajv;
    case '2020-12':
      return new (await import('ajv/dist/2020.js')).Ajv2020(options) as Ajv;
  }
}

/** What Ajv compiles, so that it need not compile for the engine what is only printed. */
const NOTHING = 'return () => true';

/** Schemas go by their names, which are no URIs, and are referred to as a whole. */
const BY_NAME: NonNullable<Options['uriResolver']> = {
  parse: (name) => ({ path: name }),
  resolve: (name, other) => (other.startsWith('#') ? `${name}${other}` : other),
  serialize: ({ path = '' }) => path,
};

/** The formats that are regular expressions, by these. */
export function formatNames(): Map<string, string> {
  return new Map(
    Object.entries(fullFormats).flatMap(([name, it]): [string, string][] =>
      it instanceof RegExp ? [[String(it), name]] : [],
    ),
  );
}
