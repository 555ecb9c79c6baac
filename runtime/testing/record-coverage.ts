import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { refusalIn, type ToldRefusal } from '../contract/refusal-in.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Observation, Observe } from '../telemetry/observation.ts';

/** The variable of the environment that names the folder; `chirograph coverage` reads what is there. */
export const COVERAGE_FOLDER = 'CHIROGRAPH_COVERAGE';

/**
 * The variable that names the session, a file of that folder: processes that are given the same one write into one file, as services do that play
 * a flow together. Without it each recorder has a session of its own.
 */
export const COVERAGE_SESSION = 'CHIROGRAPH_COVERAGE_SESSION';

/** Writes down what is exercised of the contracts, for `chirograph coverage`. */
export interface CoverageRecorder {
  /** To be given to producers, consumers and services. */
  readonly observe: Observe;
  /**
   * Notes that a service refused a command that it was given directly, not over a broker.
   * @param command the message's name
   */
  answered(command: string, outcome: { readonly kind: string; readonly code?: string }): void;
}

/**
 * A recorder that writes into a folder: a file for each recorder, a line for each message that was sent, delivered, handled or
 * refused. It holds names, ids and the codes of refusals, and nothing else of a message. Without a folder, and without
 * `CHIROGRAPH_COVERAGE` in the environment, it does nothing.
 */
export function recordCoverage(folder: string | undefined = process.env[COVERAGE_FOLDER]): CoverageRecorder {
  if (folder === undefined || folder === '') return { observe: () => undefined, answered: () => undefined };
  const session = process.env[COVERAGE_SESSION] || `${process.pid}-${randomUUID()}`;
  const file = join(folder, `${session}.jsonl`);
  mkdirSync(folder, { recursive: true });
  const write = (it: Fact | undefined) => {
    if (it) appendFileSync(file, `${JSON.stringify(it)}\n`);
  };
  return {
    observe: (observation) => write(factOf(observation)),
    answered(name, { kind, code }) {
      if (kind !== 'refused' || code === undefined) return;
      write({ did: 'refused', name, id: randomUUID(), refusal: { command: name, failure: code } });
    },
  };
}

type Refusing = Pick<ToldRefusal, 'command' | 'failure'>;

/** As a line of the file holds it. */
interface Fact {
  readonly did: 'sent' | 'delivered' | 'handled' | 'refused';
  /** The service; absent for a command that was not sent. */
  readonly by?: string | undefined;
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly id: string;
  /** Of a message that tells of a refusal: the command and the failure. Of a refused message: its own name and the failure. */
  readonly refusal?: Refusing | undefined;
}

function factOf(observation: Observation): Fact | undefined {
  switch (observation.kind) {
    case 'published':
      return fact('sent', observation.by, observation.message, refusingIn(observation.message));
    case 'delivered':
    case 'handled':
      return fact(observation.kind, observation.consumer, observation.message);
    case 'dead-lettered': {
      const { reason, consumer, message, error } = observation;
      if (reason !== 'refused' || typeof error !== 'object' || error === null) return undefined;
      const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
      const refusal = code === undefined ? undefined : { command: message.name ?? '', failure: code };
      return fact('refused', consumer, message, refusal);
    }
    default:
      return undefined;
  }
}

function fact(did: Fact['did'], by: string, { name, version, id }: WireMessage, refusal?: Refusing): Fact {
  return { did, by, name, version, id, ...(refusal && { refusal }) };
}

function refusingIn(message: WireMessage): Refusing | undefined {
  const told = refusalIn(message);
  return told && { command: told.command, failure: told.failure };
}
