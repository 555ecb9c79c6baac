import type { NodeId, Service, Workspace } from '@chirograph/contract/model';
import { dump } from 'js-yaml';
import { catalogued } from '../data/catalogued.ts';
import { relationsOf, type Use } from '../data/relations.ts';
import { firstParagraph } from '../data/written.ts';
import type { GeneratedFile } from '../generated-file.ts';
import { specificationFile } from '../schema/specification-file.ts';
import { humanize } from '../text/humanize.ts';
import { printable } from '../text/printable.ts';

type Entity = Readonly<Record<string, unknown>>;

/**
 * The workspace for the software catalog of Backstage ("Descriptor Format of Catalog Entities"), sorted by path: a
 * `catalog-info.yaml` to register, which leads to one a domain. A domain is a system; a service is a component that
 * provides an API of type `asyncapi`, and consumes the APIs of those whose events it receives or whom it sends commands,
 * in whatever domain. Each document stands beside them as one file, since Backstage follows no references out of it.
 *
 * Neighbours have catalogs of their own: what they provide is consumed here, by the name that it has there.
 *
 * Owners are groups that Backstage knows from elsewhere: nothing is written for them.
 */
export function backstageOf(contracts: Workspace): GeneratedFile[] {
  const workspace = catalogued(contracts);
  const names = namesOf(workspace);
  const domains = workspace.domains.filter(
    ({ name, neighbour }) =>
      neighbour === undefined && relationsOf(workspace).servicesOfDomain(name).length > 0,
  );
  const files = domains.flatMap(({ name: domain }) => {
    const folder = names.system(domain);
    const services = relationsOf(workspace).servicesOfDomain(domain);
    const documents = services.flatMap((it) => documentOf(workspace, it, folder) ?? []);
    const entities = services.flatMap((it, index) => [
      api(it, `./${documents[index]?.path.slice(folder.length + 1)}`, names),
      component(workspace, it, names),
    ]);
    return [
      { path: `${folder}/catalog-info.yaml`, text: yaml([system(domain, services, names), ...entities]) },
      ...documents,
    ];
  });
  const targets = domains.map(({ name }) => `./${names.system(name)}/catalog-info.yaml`);
  const root = entity('Location', { name: 'event-contracts', title: 'Event contracts' }, { targets });
  return [{ path: 'catalog-info.yaml', text: yaml([root]) }, ...files]
    .map(({ path, text }) => ({ path, text: printable(path, text) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function system(domain: string, services: readonly Service[], names: Names): Entity {
  return entity(
    'System',
    { name: names.system(domain), title: humanize(domain) },
    { owner: ownerName(mostOften(services.map((it) => it.owner))) },
  );
}

/** Its document, named after the service: documents of several folders may be called alike. */
function documentOf(workspace: Workspace, { at, name }: Service, folder: string): GeneratedFile | undefined {
  const found = specificationFile(workspace, at.file, folder);
  const ending = found?.name.endsWith('.json') ? 'json' : 'yaml';
  return found && { path: `${folder}/${name}.asyncapi.${ending}`, text: found.file.text };
}

function api(service: Service, document: string, names: Names): Entity {
  const description = firstParagraph(service.description);
  const tags = [...new Set(service.tags.map(entityName))].filter((it) => it !== '');
  const links = linksOf(service);
  return entity(
    'API',
    {
      name: names.service(service.id),
      title: service.title,
      ...(description !== undefined && { description }),
      ...(tags.length > 0 && { tags }),
      ...(links.length > 0 && { links }),
    },
    {
      type: 'asyncapi',
      lifecycle: 'production',
      owner: ownerName(service.owner),
      system: names.system(service.domain),
      definition: { $text: document },
    },
  );
}

function component(workspace: Workspace, service: Service, names: Names): Entity {
  const consumed = partnersOf(workspace, service).map(names.service);
  return entity(
    'Component',
    { name: names.service(service.id), title: service.title },
    {
      type: 'service',
      lifecycle: 'production',
      owner: ownerName(service.owner),
      system: names.system(service.domain),
      providesApis: [names.service(service.id)],
      ...(consumed.length > 0 && { consumesApis: consumed.sort() }),
    },
  );
}

/** The services whose API another one uses: whose events or answers it receives, and who receive the commands that it sends. */
function partnersOf(workspace: Workspace, { id }: Service): NodeId[] {
  const relations = relationsOf(workspace);
  const isCommand = ({ message }: Use) => relations.message(message)?.kind === 'command';
  const received = relations.usesOfService(id, 'receive').filter((it) => it.isReply || !isCommand(it));
  const sent = relations.usesOfService(id, 'send').filter((it) => !it.isReply && isCommand(it));
  const others = [
    ...received.flatMap((it) => relations.uses(it.message, 'send')),
    ...sent.flatMap((it) => relations.uses(it.message, 'receive')),
  ];
  return [...new Set(others.map((it) => it.operation.service))].filter((it) => it !== id);
}

interface Names {
  readonly system: (domain: string) => string;
  readonly service: (id: NodeId) => string;
}

/** Names of entities, each once: Backstage tells them apart by kind and name, in whatever case. */
function namesOf({ domains, services }: Workspace): Names {
  const give = <T>(things: readonly T[], keyOf: (it: T) => string, nameOf: (it: T) => string) => {
    const names = new Map<string, string>();
    const taken = new Set<string>();
    for (const it of things) {
      const wanted = nameOf(it) || 'unnamed';
      let name = wanted;
      for (let next = 2; taken.has(name); next += 1) name = `${wanted.slice(0, 58)}-${next}`;
      taken.add(name);
      names.set(keyOf(it), name);
    }
    return (key: string) => names.get(key) ?? 'unnamed';
  };
  return {
    system: give(
      domains,
      (it) => it.name,
      (it) => entityName(it.name),
    ),
    service: give(
      services,
      (it) => it.id,
      (it) =>
        entityName(
          `${it.neighbour === undefined ? it.domain : (it.at.file.split('/').at(-2) ?? it.domain)}-${it.name}`,
        ),
    ),
  };
}

/** The web page and the address of those who answer for a service. */
function linksOf({ contact, owner = 'Owner' }: Service): Entity[] {
  const { url, email } = contact ?? {};
  return [
    ...(url !== undefined && /^https?:/i.test(url) ? [{ url, title: owner }] : []),
    ...(email === undefined ? [] : [{ url: `mailto:${email}`, title: email }]),
  ];
}

/** The group that answers for something. Backstage wants one. */
function ownerName(owner: string | undefined): string {
  return entityName(owner ?? '') || 'unknown';
}

/** Small letters, digits and hyphens, at most 63 of them: what every kind of name in Backstage may be. */
function entityName(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
}

function mostOften(values: readonly (string | undefined)[]): string | undefined {
  const groups = [...Map.groupBy(values, (it) => it)].filter(([it]) => it !== undefined);
  return groups.sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

function entity(kind: string, metadata: Entity, spec: Entity): Entity {
  return { apiVersion: 'backstage.io/v1alpha1', kind, metadata, spec };
}

function yaml(entities: readonly Entity[]): string {
  const head =
    '# Made by `chirograph catalog export --format backstage`. To change it, change the contracts.\n';
  return `${head}${entities.map((it) => `---\n${dump(it, { lineWidth: -1, noRefs: true })}`).join('')}`;
}
