import { isObject } from '@chirograph/schema';
import type { Loading } from './loading.ts';
import type { MessageSetting } from './messages.ts';
import { textAt } from './read.ts';

/** A file's folder is its domain. */
export function domainOf(loading: Loading, file: string): string {
  const folder = file.split('/').slice(0, -1).join('/');
  const name = folder.split('/').at(-1) || 'default';
  loading.domains.set(name, { name, folder });
  return name;
}

/** What messages inherit from the document that defines their channel. */
export function settingOf(loading: Loading, file: string): MessageSetting {
  const document = loading.document(file);
  const version = isObject(document) ? String(document.asyncapi) : '';
  return {
    domain: domainOf(loading, file),
    defaultContentType: textAt(document, 'defaultContentType') ?? 'application/json',
    major: version.startsWith('2.') ? 2 : 3,
  };
}
