import { backtracksExponentially, type Evaluator, evaluator, type JsonSchema } from '@chirograph/schema';
import { oncePer, type Workspace } from '../model/index.ts';
import { loosenedIn } from './loosened.ts';

/**
 * The evaluator of a workspace's schemas; rules share it, and with it the checks that it has made. Patterns that may
 * take for ever are not applied: they have a finding of their own. Nor is what only an unresolved reference could tell.
 */
export const evaluatorOf = oncePer((workspace: Workspace): Evaluator => {
  const loosened = loosenedIn(workspace);
  const certain = (schema: JsonSchema) =>
    typeof schema === 'boolean' ? schema : (loosened.get(schema) ?? schema);
  const { matches, faultsOf } = evaluator(
    (id) => {
      const found = workspace.schemas[id];
      return found && certain(found.json);
    },
    (pattern) => !backtracksExponentially(pattern),
  );
  return {
    matches: (schema, value) => matches(certain(schema), value),
    faultsOf: (schema, ...others) => faultsOf(certain(schema), ...others),
  };
});
