import type { Dialect } from '@chirograph/schema';
import { createAjv } from '@chirograph/schema/ajv';
import type { Ajv, Options } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';

// Everything of Ajv's, apart from the rest so that a run which has nothing to compile does not load it.

/** An Ajv for a dialect, with every format in full. It prints code, and compiles nothing that runs here. */
export function ajvFor(dialect: Dialect, ownProperties: boolean): Ajv {
  return createAjv(dialect, {
    allErrors: true,
    code: { source: true, lines: true, process: () => NOTHING },
    // Alternatives by their tag.
    discriminator: true,
    // Small schemas are checked in place, larger ones by functions of their own.
    inlineRefs: 4,
    messages: false,
    meta: false,
    ownProperties,
    uriResolver: BY_NAME,
  });
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
