import {
  code,
  docComment,
  type Generator,
  headerOf,
  lines,
  messageType,
  quote,
  sourceFile,
} from 'chirograph/generators';

/** `<domain>/event-list.ts`: the type of every event, by its name and version. */
export const eventList: Generator = {
  name: 'event-list',
  // Its file imports from `types.ts`; without `types` among the generators, the tool says so.
  needs: ['types'],
  // What it made stands until this or a contract changes. Without a version it runs each time.
  version: '1',
  generate(scope) {
    const events = scope.messages.filter((it) => it.kind === 'event');
    if (events.length === 0) return [];
    const body = lines([
      docComment('Every event of the domain, by its name and version.'),
      'export interface EventList {',
      // A symbol is a value: printing `messageType` is enough, the import follows.
      ...events.map((it) => code`  ${quote(`${it.name} ${it.version}`)}: ${messageType(scope, it)};`),
      '}',
    ]);
    return [sourceFile(`${scope.folder}/event-list.ts`, headerOf(scope), body, scope.options)];
  },
};
