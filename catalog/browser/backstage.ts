import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  systemEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { backstageOf } from '@chirograph/catalog';
import type { Workspace } from '@chirograph/contract/model';
import { loadAll } from 'js-yaml';

const POLICIES = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

const KINDS = {
  API: apiEntityV1alpha1Validator,
  Component: componentEntityV1alpha1Validator,
  Location: locationEntityV1alpha1Validator,
  System: systemEntityV1alpha1Validator,
};

/** Takes every entity of the export in as Backstage's catalog does, and follows what they say of one another. */
export async function backstageTakes(workspace: Workspace): Promise<void> {
  const files = backstageOf(workspace);
  const texts = new Map(files.map((it) => [it.path, it.text]));
  const infos = files.filter((it) => it.path.endsWith('catalog-info.yaml'));
  const entities = infos.flatMap(({ path, text }) =>
    (loadAll(text) as Entity[]).map((entity) => ({ path, entity })),
  );
  const known = new Set(entities.map(({ entity }) => `${entity.kind} ${entity.metadata.name}`));
  if (known.size !== entities.length) throw new Error('two entities of one kind have one name');
  for (const { path, entity } of entities) {
    const name = `${path}: ${entity.kind} ${entity.metadata.name}`;
    const { system, providesApis = [], consumesApis = [], definition, targets = [] } = entity.spec as Spec;
    const wanted = [
      ...(system === undefined ? [] : [`System ${system}`]),
      ...[...providesApis, ...consumesApis].map((it) => `API ${it}`),
    ];
    for (const it of wanted)
      if (!known.has(it)) throw new Error(`${name} refers to ${it}, which is not there`);
    const folder = path.split('/').slice(0, -1);
    const textAt = (place: string) => {
      const found = texts.get([...folder, place.replace('./', '')].join('/'));
      if (found === undefined) throw new Error(`${name} leads to ${place}, which is not there`);
      return found;
    };
    for (const it of targets) textAt(it);
    // Backstage puts the text in place of `$text` before it looks at an entity.
    const whole = definition
      ? { ...entity, spec: { ...entity.spec, definition: textAt(definition.$text) } }
      : entity;
    await POLICIES.enforce(structuredClone(whole));
    if (!(await KINDS[entity.kind as keyof typeof KINDS]?.check(whole)))
      throw new Error(`${name} is refused`);
  }
}

interface Spec {
  readonly system?: string;
  readonly providesApis?: readonly string[];
  readonly consumesApis?: readonly string[];
  readonly definition?: { readonly $text: string };
  readonly targets?: readonly string[];
}
