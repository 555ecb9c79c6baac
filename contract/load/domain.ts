import { isObject } from '@chirograph/schema';
import { majorVersionOf } from '../structure/index.ts';
import type { LoadContext } from './load-context.ts';
import type { MessageSetting } from './messages.ts';
import { textAt } from './read.ts';

/** A file's folder is its domain. */
export function domainOf(context: LoadContext, file: string): string {
  const folder = file.split('/').slice(0, -1).join('/');
  const name = folder.split('/').at(-1) || 'default';
  context.nodes.add('domains', { name, folder });
  return name;
}

/** What messages inherit from the document that defines their channel. */
export function settingOf(context: LoadContext, file: string): MessageSetting {
  const document = context.inputs.document(file);
  return {
    domain: domainOf(context, file),
    defaultContentType: textAt(document, 'defaultContentType'),
    asyncapi: majorVersionOf(isObject(document) ? document.asyncapi : undefined),
  };
}
