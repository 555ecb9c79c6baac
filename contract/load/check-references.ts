import {
  childPointer,
  dialectOfDraft,
  isObject,
  type JsonObject,
  type JsonValue,
  type Location,
} from '@chirograph/schema';
import { diagnose } from '../diagnostics/index.ts';
import { follow } from './follow.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { refOf, resolveRef } from './resolve.ts';
import { draftOf } from './schema-format.ts';

/**
 * Follows every `$ref` of a document and of what it refers to, so that each one that leads nowhere is reported where it
 * stands, no matter what reads it later. The parts of other files that nothing refers to are left alone.
 */
export function checkReferences(context: LoadContext, document: Located): void {
  const walk: Walk = { context, walked: new Set(), queue: [{ written: document, isNewer: false }] };
  for (let next = walk.queue.pop(); next; next = walk.queue.pop()) {
    const { value, at } = next.written;
    visit(walk, value, { at, path: [], isNewer: next.isNewer });
  }
}

interface Walk {
  readonly context: LoadContext;
  /** The values whose references have been followed. */
  readonly walked: Set<object>;
  readonly queue: { readonly written: Located; readonly isNewer: boolean }[];
}

interface Here {
  readonly at: Location;
  readonly path: (string | number)[];
  /** Within a schema of a dialect that gives meaning to what stands beside a `$ref`. */
  readonly isNewer: boolean;
}

function visit(walk: Walk, value: JsonValue, here: Here): void {
  if (typeof value !== 'object' || value === null || walk.walked.has(value)) return;
  walk.walked.add(value);
  if (Array.isArray(value)) {
    for (const [index, child] of value.entries()) step(walk, child as JsonValue, index, here);
    return;
  }
  const object = value as JsonObject;
  const isNewer = here.isNewer || isNewerDialect(object);
  if (refOf(object) !== undefined) {
    const at = { file: here.at.file, pointer: childPointer(here.at.pointer, ...here.path) };
    const target = follow(walk.context, { value: object, at });
    const next = target ?? brokenEnd(walk.context, object, at);
    if (next) walk.queue.push({ written: next, isNewer: isNewer || isNewerFile(walk.context, next) });
    if (!isNewer) checkSiblings(walk.context, object, at);
  }
  const inside = isNewer === here.isNewer ? here : { ...here, isNewer };
  for (const key in object) step(walk, object[key]!, key, inside);
}

function step(walk: Walk, child: JsonValue, key: string | number, here: Here): void {
  if (typeof child !== 'object' || child === null) return;
  here.path.push(key);
  visit(walk, child, here);
  here.path.pop();
}

/** Where a chain of references ends that leads nowhere: nothing else may come by there, and there it is reported. */
function brokenEnd(context: LoadContext, object: JsonObject, { file }: Location): Located | undefined {
  const resolution = resolveRef(context, refOf(object) ?? '', file);
  return resolution.kind === 'broken' ? resolution.end : undefined;
}

function isNewerFile(context: LoadContext, { at }: Located): boolean {
  const document = context.inputs.document(at.file);
  return isObject(document) && isNewerDialect(document);
}

function isNewerDialect({ $schema, schemaFormat }: JsonObject): boolean {
  return isNewerName($schema) || isNewerName(schemaFormat);
}

function isNewerName(name: JsonValue | undefined): boolean {
  return typeof name === 'string' && dialectOfDraft(draftOf(name)) !== 'draft-07';
}

/** Texts for people do no harm where they are not read; definitions are found by those who refer to them. */
const HARMLESS = /^(\$ref|\$comment|\$schema|\$defs|definitions|title|summary|description|x-.*)$/;

/** Beside a reference nothing counts (AsyncAPI, "Reference Object"; JSON Schema draft-07, section 8.3). */
function checkSiblings(context: LoadContext, object: JsonObject, at: Location): void {
  const keys = Object.keys(object).filter((key) => !HARMLESS.test(key));
  const [first] = keys;
  if (first === undefined) return;
  const place = { file: at.file, pointer: childPointer(at.pointer, first), part: 'key' } as const;
  context.report(diagnose('reference/siblings-ignored', place, { keys }));
}
