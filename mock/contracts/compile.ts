import { bundle, type NodeId, type Workspace } from '@chirograph/contract/model';
import type { Validator } from '@chirograph/runtime';
import { Ajv, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const OPTIONS: Options = { strict: false, allErrors: true, validateSchema: false, logger: false };

/** Compilers of a workspace's schemas. Both throw for a schema that Ajv refuses. */
export interface Compile {
  /** A message whose format is not JSON Schema accepts everything. */
  payload(schema: NodeId | undefined): Validator<unknown>;
  /** Brokers carry headers as text: `3` is a number, `true` a boolean where the schema wants one. */
  headers(schema: NodeId): Validator<unknown>;
}

export function compileWith(workspace: Workspace): Compile {
  const compile = (id: NodeId, options: Options): Validator<unknown> =>
    ajvFor(workspace.schemas[id]?.dialect, options).compile(bundle(workspace, id));
  return {
    payload: (id) => (id === undefined ? anything : compile(id, OPTIONS)),
    headers: (id) => compile(id, { ...OPTIONS, coerceTypes: true }),
  };
}

function anything(_: unknown): _ is unknown {
  return true;
}

/** Schemas of one name come from several documents, so that each is compiled by a compiler of its own. */
function ajvFor(dialect: string | undefined, options: Options): Ajv {
  const ajv =
    dialect === '2020-12'
      ? new Ajv2020(options)
      : dialect === '2019-09'
        ? new Ajv2019(options)
        : new Ajv(options);
  formats.default(ajv);
  return ajv;
}
