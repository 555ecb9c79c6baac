/** The verdict of the official parser. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Diagnostic, Parser } from '@asyncapi/parser';

type Validator = (schema: { readonly $id?: string }, dialect: string, allErrors: boolean) => unknown;

/**
 * Spectral makes an Ajv for each document and compiles the meta-schema anew, a second a document. The meta-schemas are
 * always the same: one Ajv serves them for all documents; schemas of the documents themselves get a fresh one.
 */
function shareMetaSchemas(): void {
  const require = createRequire(import.meta.url);
  const ajv = require('@stoplight/spectral-functions/dist/schema/ajv.js') as {
    createAjvInstances: () => Validator;
  };
  const create = ajv.createAjvInstances;
  const shared = create();
  ajv.createAjvInstances = () => {
    const own = create();
    return (schema, dialect, allErrors) => {
      const isMeta = typeof schema.$id === 'string' && schema.$id.startsWith('http://asyncapi.com/');
      return (isMeta ? shared : own)(schema, dialect, allErrors);
    };
  };
}

shareMetaSchemas();
const parser = new Parser({ ruleset: { recommended: false } });

/** What the parser calls errors, one line each; none means that it accepts. */
export async function oracleErrors(text: string): Promise<string[]> {
  return errorsOf(await parser.validate(text));
}

/** The same for a file whose references lead to other files; `file` is its path. */
export async function oracleErrorsOfFile(file: string): Promise<string[]> {
  const diagnostics = await parser.validate(await readFile(file, 'utf8'), { source: file });
  return errorsOf(diagnostics);
}

function errorsOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter((it) => it.severity === 0)
    .map((it) => `${String(it.code)} ${it.path.join('/')} ${it.message}`);
}
