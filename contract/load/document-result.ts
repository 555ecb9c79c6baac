import { type AsyncApiVersion, forgetMeantKeys } from '../structure/index.ts';
import { checkDocument } from './check-document.ts';
import type { Documents } from './documents.ts';
import { type InputRecord, isStillValid } from './inputs.ts';
import { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import type { Phase } from './nodes.ts';
import type { ReferenceRecord } from './references.ts';
import { loadService, loadSpare } from './services.ts';

/**
 * What one document adds to a workspace: what is found in it, and the nodes that it leads to, those of other files
 * included. It follows from the files that were read for it and from nothing else, so that it can be kept until one of
 * them changes.
 */
export interface DocumentResult {
  readonly document: Located;
  /** Undefined for documents that are no service. */
  readonly version: AsyncApiVersion | undefined;
  /** Its check; its service; then the messages and schemas that nothing leads to. In this order results are merged. */
  readonly checked: Phase;
  readonly carried: Phase;
  readonly spare: Phase;
  readonly references: ReferenceRecord;
  readonly inputs: InputRecord;
  readonly isNamed: boolean;
}

/** @param isNamed whether a user named the document, and so takes it for a contract */
export function loadDocument(documents: Documents, document: Located, isNamed: boolean): DocumentResult {
  forgetMeantKeys();
  const context = new LoadContext(documents);
  context.inputs.document(document.at.file);
  const version = checkDocument(context, document, isNamed);
  const checked = context.nodes.endPhase();
  if (version) loadService(context, document, version);
  const carried = context.nodes.endPhase();
  if (version) loadSpare(context, document, version);
  const spare = context.nodes.endPhase();
  forgetMeantKeys();
  const { references, inputs } = context;
  return {
    document,
    version,
    checked,
    carried,
    spare,
    references: references.record,
    inputs: inputs.record,
    isNamed,
  };
}

/** Whether loading a document again could only give the same. */
export function isCurrent(result: DocumentResult, documents: Documents, isNamed: boolean): boolean {
  return result.isNamed === isNamed && isStillValid(result.inputs, documents);
}
