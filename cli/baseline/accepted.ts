import { type Diagnostic, diagnose, suggest } from '@chirograph/contract/diagnostics';
import type { Workspace } from '@chirograph/contract/model';
import { parse } from '@chirograph/contract/source';
import { isObject, type JsonValue, joinPointer, splitPointer, valueAt } from '@chirograph/schema';
import type { Settings } from '../config/read-config.ts';
import { globToRegExp } from '../files/glob.ts';

/** The key beside which findings are accepted, each by its code with the reason. */
const KEY = 'x-contract-ignore';

/** What is left of findings, and how many are accepted where they stand or in the config. */
export interface Accepted {
  readonly diagnostics: readonly Diagnostic[];
  readonly accepted: number;
}

/**
 * Takes away the findings that are accepted: by `x-contract-ignore` in the object that they stand in, or in one around it;
 * by `lint.ignore` of the config for a file or a domain. Adds what is wrong with the former.
 * @param codes all codes that there are
 */
export function withoutAccepted(
  diagnostics: readonly Diagnostic[],
  workspace: Workspace,
  { lint }: Settings,
  codes: readonly string[],
): Accepted {
  const places = new Map<string, JsonValue>();
  for (const { file, text } of Object.values(workspace.sources)) {
    if (!text.includes(KEY)) continue;
    const parsed = parse({ file, text });
    if (parsed.kind !== 'malformed') places.set(file, parsed.value);
  }
  const rules = lint.ignore ?? [];
  const isAccepted = ({ code, at }: Diagnostic) =>
    rules.some((it) => it.code === code && isWithin(workspace, at.file, it)) ||
    ignoresAround(places.get(at.file), at.pointer).some((it) => isReason(it[code]));
  const left = diagnostics.filter((it) => !isAccepted(it));
  const wrong = [...places].flatMap(([file, value]) => faultsIn(file, value, [], codes));
  return { diagnostics: [...left, ...wrong], accepted: diagnostics.length - left.length };
}

function isWithin(
  { domains }: Workspace,
  file: string,
  { files, domain }: { readonly files?: string; readonly domain?: string },
): boolean {
  if (
    files !== undefined &&
    !globToRegExp(files).test(file) &&
    !`${file}/`.startsWith(`${files.replace(/\/+$/, '')}/`)
  )
    return false;
  if (domain === undefined) return true;
  const folder = domains.find(({ name }) => name === domain)?.folder;
  return folder !== undefined && file.startsWith(`${folder}/`);
}

/** What is said beside a place and around it. */
function ignoresAround(
  document: JsonValue | undefined,
  pointer: string,
): Readonly<Record<string, JsonValue>>[] {
  if (document === undefined) return [];
  const path = splitPointer(pointer);
  return Array.from({ length: path.length + 1 }, (_, index) =>
    valueAt(document, joinPointer(path.slice(0, index))),
  ).flatMap((owner) => {
    const own = isObject(owner) ? owner[KEY] : undefined;
    return isObject(own) ? [own] : [];
  });
}

function isReason(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

/** Codes that there are not, and reasons that are none. */
function faultsIn(
  file: string,
  value: JsonValue,
  path: readonly string[],
  codes: readonly string[],
): Diagnostic[] {
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).flatMap((it, index) =>
      faultsIn(file, it, [...path, String(index)], codes),
    );
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, it]) => {
    if (key !== KEY) return faultsIn(file, it, [...path, key], codes);
    const at = { file, pointer: joinPointer([...path, key]), part: 'key' } as const;
    if (!isObject(it))
      return [diagnose('document/ignore-invalid', at, { code: undefined, suggestion: undefined })];
    return Object.entries(it).flatMap(([code, reason]) => {
      const place = { file, pointer: joinPointer([...path, key, code]), part: 'key' } as const;
      if (!codes.includes(code))
        return [
          diagnose('document/ignore-invalid', place, {
            code,
            suggestion: suggest(code, codes),
            isUnknown: true,
          }),
        ];
      return isReason(reason)
        ? []
        : [diagnose('document/ignore-invalid', place, { code, suggestion: undefined })];
    });
  });
}
