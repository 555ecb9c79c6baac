import type { Flow, Workspace } from '@chirograph/contract/model';
import type { Change, Subject } from '../change.ts';
import { changeOf, keyOf } from './changing.ts';
import { matchBy } from './match.ts';

/** Flows tell how messages belong together; what they tell binds nobody, so that only readers are told of a change. */
export function compareFlows(base: Workspace, head: Workspace): Change[] {
  const { both, came, gone } = matchBy(base.flows, head.flows, ({ domain, name }) => `${domain} ${name}`);
  return [
    ...came.map((it) => changeOf('flow/added', flowSubject(undefined, it), { head: keyOf(it) })),
    ...gone.map((it) => changeOf('flow/removed', flowSubject(it, undefined), { base: keyOf(it) })),
    ...both
      .filter(({ base: from, head: to }) => stepsText(from) !== stepsText(to))
      .map(({ base: from, head: to }) =>
        changeOf('flow/changed', flowSubject(from, to), {
          base: keyOf(from),
          head: keyOf(to),
          from: namesOf(from),
          to: namesOf(to),
        }),
      ),
  ];
}

/** What the steps do and in which order, whatever they are called. */
function stepsText({ steps }: Flow): string {
  const places = new Map(steps.map(({ id }, place) => [id, place]));
  return JSON.stringify(
    steps.map(({ operation, action, after }) => [operation, action, after.map((id) => places.get(id))]),
  );
}

function namesOf({ steps }: Flow): string {
  return steps.map(({ id }) => id).join(', ');
}

function flowSubject(base: Flow | undefined, head: Flow | undefined): Subject {
  const flow = head ?? base!;
  return {
    domain: flow.domain,
    label: flow.name,
    kind: 'flow',
    ...(base && { base: base.id }),
    ...(head && { head: head.id }),
  };
}
