/** The concerts service: the programme, made by admins. */
import type { ConcertsProducer } from '@chirograph/generated/ticketing/producers/concerts';
import type {
  CancelConcertData,
  CreateConcertData,
  TicketLevels,
  UpdateConcertData,
  UpdateTicketLevelsData,
} from '@chirograph/generated/ticketing/types';
import {
  type Clock,
  type CommandContext,
  type Entities,
  entities,
  type Outcome,
  type Store,
  type Transaction,
} from '@chirograph/runtime';
import {
  type Concert,
  type ConcertCommand,
  type ConcertEvent,
  type ConcertFailure,
  concert,
} from './concert.ts';
import { publishConcert } from './publish-concert.ts';

export type ConcertOutcome = Outcome<ConcertEvent, ConcertFailure>;

export interface ConcertsService {
  create(request: CreateConcertData, context?: CommandContext): Promise<ConcertOutcome>;
  update(request: UpdateConcertData, context?: CommandContext): Promise<ConcertOutcome>;
  cancel(request: CancelConcertData, context?: CommandContext): Promise<ConcertOutcome>;
  updateTicketLevels(request: UpdateTicketLevelsData, context?: CommandContext): Promise<ConcertOutcome>;
}

/** What the concerts service asks others, at the moment in which it decides. */
export interface ConcertsOutlook {
  isAdmin(tx: Transaction, userId: string): Promise<boolean>;
  /** Has the reservations keep to the levels from now on; false when more are reserved already. */
  limitTo(
    concertId: string,
    ticketLevels: TicketLevels,
    context: CommandContext & { readonly tx: Transaction },
  ): Promise<boolean>;
}

export interface ConcertsServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: ConcertsProducer;
  readonly outlook: ConcertsOutlook;
}

export function concertsService({
  store,
  clock,
  producer,
  outlook,
}: ConcertsServiceOptions): ConcertsService {
  const concerts: Entities<Concert, ConcertCommand, ConcertEvent, ConcertFailure> = entities({
    name: 'concert',
    store,
    clock,
    decider: concert,
    publish: publishConcert(producer),
  });

  function decide(
    request: { readonly concertId: string; readonly adminId: string },
    context: CommandContext = {},
    commandOf: (it: { readonly isAdmin: boolean; readonly at: number }) => ConcertCommand,
  ): Promise<ConcertOutcome> {
    const { concertId, adminId } = request;
    return concerts.decide(
      concertId,
      async (tx, at) => commandOf({ isAdmin: await outlook.isAdmin(tx, adminId), at }),
      context,
    );
  }

  return {
    create: (request, context) =>
      decide(request, context, (asked) => ({ type: 'CreateConcert', ...request, ...asked })),
    update: (request, context) =>
      decide(request, context, (asked) => ({ type: 'UpdateConcert', ...request, ...asked })),
    cancel: (request, context) =>
      decide(request, context, (asked) => ({ type: 'CancelConcert', ...request, ...asked })),
    updateTicketLevels: async (request, context = {}) => {
      const { concertId, adminId, ticketLevels } = request;
      return concerts.decide(
        concertId,
        async (tx, at) => {
          const asked = { type: 'UpdateTicketLevels', ...request, at } as const;
          const isAdmin = await outlook.isAdmin(tx, adminId);
          const command: ConcertCommand = { ...asked, isAdmin, isEnoughLeft: true };
          // The reservations are asked for what can be alone: they keep to the levels from the moment of the answer.
          const decision = concert.decide(command, await concerts.load(tx, concertId));
          if ('code' in decision) return command;
          return {
            ...command,
            isEnoughLeft: await outlook.limitTo(concertId, ticketLevels, { ...context, tx }),
          };
        },
        context,
      );
    },
  };
}
