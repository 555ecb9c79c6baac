import type { Workspace } from '@chirograph/contract/model';
import type { GeneratedFile } from '../../generated-file.ts';

/** The file part of a `$ref`, in YAML or JSON: before it, itself, after it. */
const REFERENCE = /(\$ref["']?\s*:\s*["']?)([^\s"'#,}\]]+)(?=[#"'\s,}\]]|$)/g;

/**
 * A document and all files that it refers to, directly or not, for one folder: EventCatalog reads a specification from
 * its service's own folder. Texts stay as their authors wrote them, save for references to files that lay elsewhere.
 */
export function specificationFiles(
  workspace: Workspace,
  document: string,
  folder: string,
): { readonly name: string; readonly file: GeneratedFile }[] {
  const home = folderOf(document);
  const names = new Map<string, string>();
  const nameOf = (file: string) => {
    const name = names.get(file) ?? (folderOf(file) === home ? baseOf(file) : file.replaceAll('/', '-'));
    names.set(file, name);
    return name;
  };
  nameOf(document);
  const files: { name: string; file: GeneratedFile }[] = [];
  // The map grows while it is walked: each text may name further files.
  for (const [from, name] of names) {
    const text = workspace.sources[from]?.text ?? '';
    const moved = text.replace(REFERENCE, (whole, before: string, path: string) => {
      const target = targetOf(from, path);
      if (workspace.sources[target] === undefined) return whole;
      const there = nameOf(target);
      return folderOf(target) === home && folderOf(from) === home ? whole : `${before}./${there}`;
    });
    files.push({ name, file: { path: `${folder}/${name}`, text: moved } });
  }
  return files;
}

function folderOf(file: string): string {
  return file.split('/').slice(0, -1).join('/');
}

function baseOf(file: string): string {
  return file.split('/').at(-1) ?? file;
}

function targetOf(from: string, path: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of decode(path).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
