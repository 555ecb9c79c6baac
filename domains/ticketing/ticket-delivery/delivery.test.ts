import type { TicketType } from '@chirograph/generated/ticketing/types';
import { derivedId, fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeliveryCommand, type DeliveryEvent, delivery } from './delivery.ts';

const given = specification(delivery);

const NOW = Date.UTC(2026, 1, 3);
const address = { street: 'S 1', city: 'C', postalCode: '20457', country: 'DE' };
const recipient = { name: 'Grace', email: 'grace@example.org', address };
const unitPrice = { amount: 6_500, currency: 'EUR' };
const about = { deliveryId: 'd-1', orderId: 'o-1', userId: 'u-1' };
const tickets = [0, 1].map((n) => ({ ticketId: derivedId('ticket', 'd-1', String(n)), level: 'REGULAR' }));

const prepare = (ticketType: TicketType) =>
  ({
    type: 'PrepareTicketDelivery',
    ...about,
    concertId: 'c-1',
    ticketType,
    tickets: [{ level: 'REGULAR', ticketType, quantity: 2, unitPrice }],
    recipient,
    isOrderComplete: true,
  }) as const;
const prepared = (ticketType: TicketType): DeliveryEvent => ({
  type: 'TicketDeliveryPrepared',
  data: { ...about, concertId: 'c-1', ticketType, tickets, recipient },
});
const online = { type: 'DeliverOnlineTicket', email: 'grace@example.org', at: NOW } as const;
const printed = { type: 'DeliverPrintedTicket', address, at: NOW } as const;
const deliveredAt = new Date(NOW).toISOString();
const onlineDelivered: DeliveryEvent = {
  type: 'OnlineTicketDelivered',
  data: { ...about, ticketType: 'ONLINE', tickets, email: 'grace@example.org', deliveredAt },
};
const printedDelivered: DeliveryEvent = {
  type: 'PrintedTicketDelivered',
  data: { ...about, ticketType: 'PRINTED', tickets, address, deliveredAt },
};

describe('a delivery', () => {
  it('makes a ticket for each that was bought', () => {
    given().when(prepare('ONLINE')).then(prepared('ONLINE'));
    given().when(prepare('PRINTED')).then(prepared('PRINTED'));
  });
  it('is of a complete order', () =>
    given()
      .when({ ...prepare('ONLINE'), isOrderComplete: false })
      .refuses('THE_ORDER_IS_NOT_COMPLETE'));
  it('needs an address where it goes by post', () => {
    const without = { name: 'Grace', email: 'grace@example.org' };
    given()
      .when({ ...prepare('PRINTED'), recipient: without })
      .refuses('PRINTED_TICKETS_NEED_A_POSTAL_ADDRESS');
    given()
      .when({ ...prepare('ONLINE'), recipient: without })
      .then({
        type: 'TicketDeliveryPrepared',
        data: { ...about, concertId: 'c-1', ticketType: 'ONLINE', tickets, recipient: without },
      });
  });
  it('is prepared once', () =>
    given(prepared('ONLINE')).when(prepare('ONLINE')).refuses('THERE_IS_A_DELIVERY_WITH_THIS_ID_ALREADY'));
  it('has to be there', () => {
    given().when(online).refuses('DELIVERY_NOT_FOUND');
    given().when(printed).refuses('DELIVERY_NOT_FOUND');
  });

  it('goes by the method of its type', () => {
    given(prepared('ONLINE')).when(online).then(onlineDelivered);
    given(prepared('PRINTED')).when(printed).then(printedDelivered);
    given(prepared('PRINTED')).when(online).refuses('THE_TICKETS_ARE_PRINTED_TICKETS');
    given(prepared('ONLINE')).when(printed).refuses('THE_TICKETS_ARE_ONLINE_TICKETS');
  });
  it('goes once', () => {
    given(prepared('ONLINE'), onlineDelivered).when(online).refuses('THE_TICKETS_ARE_DELIVERED_ALREADY');
    given(prepared('PRINTED'), printedDelivered).when(printed).refuses('THE_TICKETS_ARE_DELIVERED_ALREADY');
  });
});

it('whatever is asked, tickets go once, and by the method of their type', () => {
  const command = fc.constantFrom<DeliveryCommand>(prepare('ONLINE'), prepare('PRINTED'), online, printed);
  fc.assert(
    fc.property(fc.array(command, { maxLength: 12 }), (asked) => {
      const history: DeliveryEvent[] = [];
      for (const it of asked) {
        const decision = delivery.decide(it, fold(delivery, history));
        if (!isRefusal(decision)) history.push(...decision);
      }
      const [first, ...others] = history;
      expect(others.length).toBeLessThanOrEqual(1);
      const [gone] = others;
      if (gone && 'ticketType' in gone.data && first && 'ticketType' in first.data) {
        expect(gone.type).toBe(
          first.data.ticketType === 'ONLINE' ? 'OnlineTicketDelivered' : 'PrintedTicketDelivered',
        );
      }
    }),
  );
});
