/**
 * What was exercised of contracts: the lines that the runtime's `recordCoverage` writes, or that are heard on a broker.
 */

/** One thing that happened, in the order in which it did. */
export interface Fact {
  readonly did: 'sent' | 'delivered' | 'handled' | 'refused';
  /** The service; absent where it is not known, as on a broker. */
  readonly by?: string;
  /** The message's name and version on the wire; absent when its sender did not say. */
  readonly name?: string;
  readonly version?: string;
  readonly id: string;
  readonly refusal?: { readonly command: string; readonly failure: string };
}

/** What one test, or one run of a service, did. */
export type Session = readonly Fact[];

export interface BadLine {
  /** From 1. */
  readonly line: number;
  readonly problem: string;
}

/** The facts of a file, or the first line that is none. */
export function parseSession(text: string): Session | BadLine {
  const facts: Fact[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const fact = parseFact(line);
    if (fact === undefined) return { line: index + 1, problem: 'not a line that `recordCoverage` writes' };
    facts.push(fact);
  }
  return facts;
}

const DID: readonly unknown[] = ['sent', 'delivered', 'handled', 'refused'] satisfies Fact['did'][];

function parseFact(line: string): Fact | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const isFact =
    typeof value === 'object' &&
    value !== null &&
    'did' in value &&
    DID.includes(value.did) &&
    'id' in value &&
    typeof value.id === 'string';
  return isFact ? (value as Fact) : undefined;
}
