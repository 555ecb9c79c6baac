import type { NodeId } from '@chirograph/contract/model';
import { reachableSchemas } from '@chirograph/schema';
import { isBranded } from './brands.ts';
import { datePaths } from './date-paths.ts';
import type { Scope } from './generator.ts';
import { RUNTIME_CONTRACT } from './modules.ts';
import { type Code, code, typeSymbol } from './source-file.ts';
import { quote } from './text.ts';

/** Where a payload, or headers, hold dates in code: JSON pointers as a literal; undefined where there are none. */
export function datesLiteral(scope: Scope, schema: NodeId | undefined): string | undefined {
  const paths = datesIn(scope, schema);
  if (paths.length === 0) return undefined;
  const flat = `[${paths.map(quote).join(', ')}]`;
  return flat.length <= 100 ? flat : `[\n${paths.map((it) => `    ${quote(it)},\n`).join('')}  ]`;
}

/** The type that a guard tells of: JSON, where that differs from the type by more than what kind of text it is. */
export function guardedType(scope: Scope, schema: NodeId, type: Code): Code {
  return datesIn(scope, schema).length === 0 ? type : wire(type);
}

/** A type as JSON carries it. */
export function wireType(scope: Scope, schema: NodeId | undefined, type: Code): Code {
  return hasWireType(scope, schema) ? wire(type) : type;
}

/** Whether code and wire know what a schema describes by different types. */
export function hasWireType(scope: Scope, schema: NodeId | undefined): boolean {
  if (schema === undefined) return false;
  if (datesIn(scope, schema).length > 0) return true;
  if (scope.options.ids !== 'branded') return false;
  return reachableSchemas(scope.workspace, schema).some((it) => isBranded(scope, it));
}

function wire(type: Code): Code {
  return code`${typeSymbol('Wire', RUNTIME_CONTRACT)}<${type}>`;
}

function datesIn({ workspace, options }: Scope, schema: NodeId | undefined): string[] {
  return schema === undefined || options.dates !== 'Date' ? [] : datePaths(workspace, schema);
}
