import { isObject } from '@chirograph/schema';
import { type Contact, type NodeId, nodeId } from '../model/index.ts';
import { type AsyncApiVersion, type Major, majorVersionOf } from '../structure/index.ts';
import { loadOperations2 } from './asyncapi-2.ts';
import { loadOperations3 } from './asyncapi-3.ts';
import { domainOf, settingOf } from './domain.ts';
import { entriesAt, follow } from './follow.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { loadAnySchema } from './message-schemas.ts';
import { loadMessage } from './messages.ts';
import { childAt, childrenAt, objectAt, present, textAt } from './read.ts';
import { loadSchema } from './schemas.ts';
import { readServers } from './servers.ts';

/** How the channels and operations of a document are loaded. */
const LOADERS: Readonly<Record<Major, (context: LoadContext, document: Located, service: NodeId) => void>> = {
  2: loadOperations2,
  3: loadOperations3,
};

/**
 * Takes one AsyncAPI document into the workspace: a service, its channels, operations and messages. From here on nobody
 * knows which version it was written in.
 */
export function loadService(context: LoadContext, document: Located, version: AsyncApiVersion): void {
  const id = nodeId(document.at);
  const info = childAt(document, 'info');
  const name = serviceName(document.at.file);
  const { major, tagsIn } = majorVersionOf(version);
  context.nodes.add('services', {
    id,
    at: document.at,
    domain: domainOf(context, document.at.file),
    name,
    title: textAt(info.value, 'title') ?? name,
    version: textAt(info.value, 'version') ?? '',
    ...present({
      description: textAt(info.value, 'description'),
      owner: textAt(objectAt(info.value, 'contact'), 'name'),
      contact: contactAt(objectAt(info.value, 'contact')),
    }),
    tags: childrenAt(tagsIn === 'root' ? document : info, 'tags').flatMap(
      ({ written }) => textAt(follow(context, written)?.value, 'name') ?? [],
    ),
    servers: readServers(context, document),
    ...(major === 2 && context.inputs.isFromClient(document.at.file) && { perspective: 'client' }),
  });
  LOADERS[major](context, document, id);
}

function contactAt(contact: ReturnType<typeof objectAt>): Contact | undefined {
  const found = present({ email: textAt(contact, 'email'), url: textAt(contact, 'url') });
  return Object.keys(found).length > 0 ? found : undefined;
}

/** Takes the messages and schemas that no message has led to yet, so that they can be checked as well. */
export function loadSpare(context: LoadContext, document: Located, version: AsyncApiVersion): void {
  const { schemaFormatIn, hasParameterSchemas } = majorVersionOf(version);
  const components = childAt(document, 'components');
  const setting = settingOf(context, document.at.file);
  for (const { key, written } of entriesAt(context, components, 'messages'))
    loadMessage(context, key, written, setting);
  for (const { key, written } of entriesAt(context, components, 'schemas')) {
    if (schemaFormatIn === 'message') loadSchema(context, written, 'draft-07', key);
    else loadAnySchema(context, written, key);
  }
  if (hasParameterSchemas) loadParameters(context, [...channelsOf(context, document), components]);
}

function channelsOf(context: LoadContext, document: Located): Located[] {
  return entriesAt(context, document, 'channels').flatMap(({ written }) => follow(context, written) ?? []);
}

function loadParameters(context: LoadContext, owners: readonly Located[]): void {
  for (const owner of owners) {
    for (const { key, written } of entriesAt(context, owner, 'parameters')) {
      const parameter = follow(context, written);
      if (isObject(parameter?.value) && parameter.value.schema !== undefined)
        loadSchema(context, childAt(parameter, 'schema'), 'draft-07', key);
    }
  }
}

/**
 * The file's name without its endings: `tier` for `specs/loyalty/tier.asyncapi.yaml`. An `asyncapi.yaml` says nothing by
 * its name: the folder does.
 */
function serviceName(file: string): string {
  const [name = file, folder] = file.split('/').toReversed();
  const service = name.replace(/(\.asyncapi)?\.(ya?ml|json)$/, '');
  return service === 'asyncapi' && folder ? folder : service;
}
