import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, memoryReader } from '@chirograph/contract/load';
import type { NodeId, Workspace } from '@chirograph/contract/model';
import type { JsonSchema, JsonValue } from '@chirograph/schema';
import { documentOf } from '@chirograph/schema/combine';
import { decideContainment } from '@chirograph/schema/containment';
import { judgeOf } from '../compat/judge/refusal.ts';
import { evaluatorOf } from '../contract/lint/evaluator-of.ts';
import { generate } from '../generators/generate.ts';
import { proofFolder, writeOutput } from '../generators/proof/prove.ts';
import { validators } from '../generators/validators/validators.ts';
import { compileWith } from '../mock/contracts/compile.ts';
import type { Draft, Group } from './corpus.ts';

/** Whether a value matches; a reason where a reader gives no answer. */
export type Answer = boolean | { readonly none: string };

/** How a part of the tool reads one schema. */
export type Reader = (value: JsonValue) => Answer;

/** The readers of one group, by name. */
export type Readers = Readonly<Record<string, Reader>>;

const SCHEMAS: Readonly<Record<Draft, string>> = {
  'draft-04': 'http://json-schema.org/draft-04/schema#',
  'draft-06': 'http://json-schema.org/draft-06/schema#',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

/** The schema of a group as the payload of a message, in a file of its own. */
function workspaceOf({ draft, schema }: Group) {
  const payload = {
    schemaFormat: `application/schema+json;version=${draft}`,
    schema: { $ref: './schema.json' },
  };
  const document = {
    asyncapi: '3.1.0',
    info: { title: 'Readers', version: '1.0.0' },
    channels: { all: { address: 'all', messages: { Read: { name: 'readers.read', payload } } } },
    operations: { send: { action: 'send', channel: { $ref: '#/channels/all' } } },
  };
  const entry = 'specs/d/a.asyncapi.json';
  const files = { [entry]: JSON.stringify(document), 'specs/d/schema.json': JSON.stringify(schema) };
  const { workspace, diagnostics } = load({ ...memoryReader(files), entries: [entry] });
  return { workspace, fault: diagnostics.find(({ severity }) => severity === 'error')?.code };
}

/** The readers of each group: those that read a document as it stands, and those that read it as a message's payload. */
export async function readersOf(groups: readonly Group[]): Promise<readonly Readers[]> {
  const folder = proofFolder(`readers-${groups[0]?.draft}`);
  const readers: Readers[] = [];
  for (const [i, group] of groups.entries()) readers.push(await readersOfOne(group, join(folder, `${i}`)));
  rmSync(folder, { recursive: true, force: true });
  return readers;
}

async function readersOfOne(group: Group, folder: string): Promise<Readers> {
  const alone = standalone(group);
  const { workspace, fault } = workspaceOf(group);
  const id = workspace.messages[0]?.payload;
  const missing = id === undefined ? 'no schema' : fault;
  if (missing !== undefined) {
    const none = () => ({ none: `${missing}` });
    return {
      ...alone,
      evaluator: none,
      generated: none,
      mock: none,
      compat: none,
      'engine on payload': none,
    };
  }
  return { ...alone, ...inWorkspace(workspace, id!, await guardOf(workspace, folder)) };
}

function standalone({ draft, schema }: Group): Readers {
  const document: JsonSchema = typeof schema === 'boolean' ? schema : { $schema: SCHEMAS[draft], ...schema };
  return { engine: (value) => byContainment(document, value) };
}

function inWorkspace(workspace: Workspace, id: NodeId, guard: Reader): Readers {
  const evaluator = evaluatorOf(workspace);
  const document = documentOf({ schemas: workspace.schemas, root: id });
  const lazily = <T>(make: () => T) => {
    let made: { value: T } | undefined;
    return () => {
      made ??= { value: make() };
      return made.value;
    };
  };
  const mock = lazily(() => compileWith(workspace).payload(id));
  const judge = lazily(() => judgeOf(document, 'assert'));
  return {
    evaluator: (value) => evaluator.matches({ $ref: id }, value),
    generated: guard,
    mock: (value) => mock()(value),
    compat: (value) => {
      const judged = judge();
      return judged ? judged(value).length === 0 : { none: 'not compiled' };
    },
    'engine on payload': (value) => byContainment(document, value),
  };
}

function byContainment(schema: JsonSchema, value: JsonValue): Answer {
  const dialect = typeof schema === 'object' ? schema.$schema : undefined;
  const one: JsonSchema = {
    ...(typeof dialect === 'string' && { $schema: SCHEMAS['2020-12'] }),
    const: value,
  };
  const containment = decideContainment(one, schema);
  if (containment.kind === 'undecided') return { none: containment.reason };
  return containment.kind === 'contained';
}

async function guardOf(workspace: Workspace, folder: string): Promise<Reader> {
  try {
    const [file] = await generate(workspace, { importExtension: '.ts' }, [validators]);
    if (file === undefined) return () => ({ none: 'no guard' });
    writeOutput(folder, [file]);
    const module = await import(pathToFileURL(join(folder, file.path)).href);
    const guard = Object.entries(module).find(([name]) => /^is/.test(name))?.[1];
    return (guard as Reader | undefined) ?? (() => ({ none: 'no guard' }));
  } catch (error) {
    return () => ({ none: String(error) });
  }
}
