import { CORE_SCHEMA, constructFromEvents, mergeTag, parseEvents, YAMLException } from 'js-yaml';
import type { JsonValue, Source } from './source.ts';

/** What a text denotes, or why it denotes nothing, with the offset (in UTF-16 units) of the fault. */
export type Parsed =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'malformed'; readonly reason: string; readonly offset: number };

/** Beyond these a document is an attack or an accident, not a contract. */
const LIMITS = { maxDepth: 200, maxAliases: 10_000 };

const SCHEMA = CORE_SCHEMA.withTags(mergeTag);

/** Reads a JSON document (by its file's ending) or a YAML 1.2 document of the core schema, merge keys included. */
export function parse(source: Source): Parsed {
  return source.file.endsWith('.json') ? parseJson(source) : parseYaml(source);
}

function parseJson(source: Source): Parsed {
  try {
    return { kind: 'value', value: JSON.parse(source.text) as JsonValue };
  } catch (error) {
    const asYaml = parseYaml(source);
    if (asYaml.kind === 'malformed') return asYaml;
    const message = error instanceof Error ? error.message : String(error);
    return {
      kind: 'malformed',
      reason: `not JSON: ${message}`,
      offset: Number(/position (\d+)/.exec(message)?.[1] ?? 0),
    };
  }
}

function parseYaml({ text }: Source): Parsed {
  try {
    const events = parseEvents(text, LIMITS);
    const documents = constructFromEvents(events, { source: text, schema: SCHEMA, ...LIMITS });
    if (documents.length > 1) {
      return {
        kind: 'malformed',
        reason: 'the file holds more than one YAML document',
        offset: secondDocument(text),
      };
    }
    return { kind: 'value', value: (documents[0] ?? null) as JsonValue };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { kind: 'malformed', reason: error.reason, offset: error.mark?.position ?? 0 };
  }
}

function secondDocument(text: string): number {
  return text.indexOf('\n---', 4) + 1;
}
