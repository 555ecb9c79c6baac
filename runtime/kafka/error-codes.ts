/** The errors of Kafka's protocol by which something is decided here. */
export const ErrorCode = {
  offsetOutOfRange: 1,
  unknownTopic: 3,
  leaderNotAvailable: 5,
  notLeader: 6,
  messageTooLarge: 10,
  offsetMetadataTooLarge: 12,
  coordinatorLoading: 14,
  coordinatorNotAvailable: 15,
  notCoordinator: 16,
  invalidTopic: 17,
  recordListTooLarge: 18,
  notEnoughReplicas: 19,
  illegalGeneration: 22,
  inconsistentProtocol: 23,
  invalidGroupId: 24,
  unknownMember: 25,
  invalidSessionTimeout: 26,
  rebalanceInProgress: 27,
  topicAuthorizationFailed: 29,
  groupAuthorizationFailed: 30,
  clusterAuthorizationFailed: 31,
  topicAlreadyExists: 36,
  invalidRequest: 42,
  memberIdRequired: 79,
  groupMaxSizeReached: 81,
  fencedInstance: 82,
  invalidRecord: 87,
} as const;

const NAMES = new Map<number, string>(Object.entries(ErrorCode).map(([name, code]) => [code, name]));

/** An error that a Kafka server answered with. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError';
  readonly code: number;

  constructor(what: string, code: number, detail?: string | null) {
    super(`${what}: ${detail || `error ${code}`}${NAMES.has(code) ? ` (${snake(NAMES.get(code))})` : ''}`);
    this.code = code;
  }
}

/** As Kafka's documentation spells it. */
function snake(name = ''): string {
  return name.replace(/[A-Z]/g, '_$&').toUpperCase();
}
