/** Those who live by a contract: those who read, those who write, what is under way, and what is kept to be read again. */
export type Party = 'consumers' | 'producers' | 'in flight' | 'replay';

/** They read new messages by the old contract. */
export const CONSUMERS: readonly Party[] = ['consumers'];

/** Of them come messages of the old contract, which the new one reads. */
export const OLD_MESSAGES: readonly Party[] = ['producers', 'in flight', 'replay'];

export const ALL: readonly Party[] = [...CONSUMERS, ...OLD_MESSAGES];
