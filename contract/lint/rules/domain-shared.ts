import { diagnose } from '../../diagnostics/index.ts';
import type { Service } from '../../model/index.ts';
import type { Rule } from '../rule.ts';

/** A domain is called after the last part of its folder: two folders with the same last part become one domain, whether that was meant or not. */
export const domainShared: Rule = {
  codes: ['document/domain-shared'],
  *check({ services }) {
    const first = new Map<string, Service>();
    const told = new Set<string>();
    for (const service of services) {
      const domain = service.domain.toLowerCase();
      const other = first.get(domain) ?? service;
      first.set(domain, other);
      const [folder, otherFolder] = [folderOf(service), folderOf(other)];
      if (folder === otherFolder || told.has(folder)) continue;
      told.add(folder);
      const found = diagnose(
        'document/domain-shared',
        service.at,
        { folder, other: otherFolder, domain: service.domain, otherDomain: other.domain },
        [{ message: 'the other one', at: other.at }],
      );
      // Somebody may mean two folders to be one domain; nobody means one file to overwrite another.
      yield service.domain === other.domain ? found : { ...found, severity: 'error' };
    }
  },
};

function folderOf({ at }: Service): string {
  return at.file.split('/').slice(0, -1).join('/');
}
