import { childPointer, isObject } from '@chirograph/schema';
import { diagnose, suggest } from '../diagnostics/index.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { childrenAt, textAt } from './read.ts';

/** The keys of the objects of an Arazzo 1.1 document that a flow of messages is read from. */
const KEYS = {
  document: '$self arazzo info sourceDescriptions workflows components',
  source: 'name url type',
  workflow:
    'workflowId summary description inputs dependsOn steps successActions failureActions outputs parameters',
  step: `stepId description operationId operationPath channelPath workflowId parameters requestBody successCriteria
    onSuccess onFailure outputs action correlationId timeout dependsOn`,
} as const;

const OWNERS: Readonly<Record<keyof typeof KEYS, string>> = {
  document: 'an Arazzo document',
  source: 'a source description',
  workflow: 'a workflow',
  step: 'a step',
};

/** Reports the misspelt keys of an Arazzo document: what stands under them would be passed over without a word. */
export function checkFlowKeys(context: LoadContext, document: Located): void {
  check(context, document, 'document');
  if (childrenAt(document, 'sourceDescriptions').length === 0 && !isMisspelt(context, document))
    context.report(
      diagnose('document/missing-key', document.at, { keys: ['sourceDescriptions'], owner: OWNERS.document }),
    );
  for (const { written } of childrenAt(document, 'sourceDescriptions')) check(context, written, 'source');
  for (const { written } of childrenAt(document, 'workflows')) {
    check(context, written, 'workflow');
    for (const { written: step } of childrenAt(written, 'steps')) {
      check(context, step, 'step');
      checkAction(context, step);
    }
  }
}

const ACTIONS = ['send', 'receive'];

function checkAction(context: LoadContext, { value, at }: Located): void {
  const action = textAt(value, 'action');
  if (action === undefined || ACTIONS.includes(action)) return;
  const place = { file: at.file, pointer: childPointer(at.pointer, 'action') };
  context.report(
    diagnose('document/unknown-value', place, {
      what: '`action`',
      value: action,
      allowed: ACTIONS,
      suggestion: suggest(action, ACTIONS),
      hint: undefined,
    }),
  );
}

function check(context: LoadContext, { value, at }: Located, kind: keyof typeof KEYS): void {
  if (!isObject(value)) return;
  const known = KEYS[kind].split(/\s+/);
  for (const key of Object.keys(value)) {
    if (known.includes(key) || key.startsWith('x-')) continue;
    const suggestion = suggest(key, known);
    if (suggestion === undefined || suggestion in value) continue;
    const place = { file: at.file, pointer: childPointer(at.pointer, key), part: 'key' } as const;
    context.report(
      diagnose('document/unknown-key', place, { key, owner: OWNERS[kind], suggestion, known: '' }),
    );
  }
}

function isMisspelt(context: LoadContext, { at }: Located): boolean {
  return context.nodes.diagnostics.some((it) => it.at.file === at.file && it.code === 'document/unknown-key');
}
