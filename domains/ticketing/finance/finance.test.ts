import type { InvoiceLine, PaymentStatus } from '@chirograph/generated/ticketing/types';
import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, priceOf } from '../price.ts';
import { type AccountsCommand, type AccountsEvent, accounts } from './accounts.ts';
import { type InvoiceCommand, type InvoiceEvent, invoice } from './invoice.ts';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

describe('an invoice', () => {
  const given = specification(invoice);
  const line = (orderId: string, quantity: number): InvoiceLine => ({
    orderId,
    concertId: 'c-1',
    level: 'REGULAR',
    quantity,
    unitPrice: euros(100),
  });
  const lines = [line('o-1', 2), line('o-2', 1)];
  const about = { invoiceId: 'i-1', cartId: 'k-1', userId: 'u-1' };
  const create = { type: 'CreateInvoice', ...about, lines, total: euros(300), ordered: lines } as const;
  const created: InvoiceEvent = {
    type: 'InvoiceCreated',
    data: { ...about, lines, total: euros(300), status: 'OPEN' },
  };
  const update = (status: 'PAID' | 'CANCELLED', orderIds?: readonly string[]) =>
    ({ type: 'UpdateInvoice', paymentId: 'p-1', status, orderIds }) as const;
  const updated = (
    status: 'PAID' | 'CANCELLED',
    left: readonly InvoiceLine[],
    total?: number,
  ): InvoiceEvent => ({
    type: 'InvoiceUpdated',
    data: { ...about, paymentId: 'p-1', status, ...(total !== undefined && { total: euros(total) }) },
    lines: left,
  });

  it('is of what was ordered, in whatever order', () => {
    given().when(create).then(created);
    given()
      .when({ ...create, ordered: lines.toReversed() })
      .then(created);
  });
  it('is made once under an id', () =>
    given(created).when(create).refuses('THERE_IS_AN_INVOICE_WITH_THIS_ID_ALREADY'));
  it('adds up', () =>
    given()
      .when({ ...create, total: euros(301) })
      .refuses('THE_TOTAL_IS_NOT_THE_SUM_OF_THE_LINES'));
  it.each([
    ['a line is missing', [lines[0]].flatMap((it) => it ?? [])],
    ['a quantity is another', [line('o-1', 3), line('o-2', 1)]],
    ['nothing was ordered', []],
  ])('does not differ from the orders: %s', (_, ordered) =>
    given()
      .when({ ...create, ordered })
      .refuses('THE_LINES_DIFFER_FROM_THE_ORDERS'),
  );

  it('has to be there', () => given().when(update('PAID')).refuses('INVOICE_NOT_FOUND'));
  it('is paid, once', () => {
    given(created).when(update('PAID')).then(updated('PAID', lines));
    given(created, updated('PAID', lines)).when(update('PAID')).refuses('THE_INVOICE_IS_CLOSED_ALREADY');
  });
  it('is cancelled, paid or not, once', () => {
    given(created).when(update('CANCELLED')).then(updated('CANCELLED', []));
    given(created, updated('PAID', lines)).when(update('CANCELLED')).then(updated('CANCELLED', []));
    for (const status of ['PAID', 'CANCELLED'] as const) {
      given(created, updated('CANCELLED', [])).when(update(status)).refuses('THE_INVOICE_IS_CLOSED_ALREADY');
    }
  });
  it('loses the lines of an order that is undone, and says what is left', () => {
    const [first] = lines.slice(0, 1);
    const paid = updated('PAID', lines);
    given(created, paid)
      .when(update('CANCELLED', ['o-2']))
      .then(updated('PAID', first ? [first] : [], 200));
    const part = [created, paid, updated('PAID', first ? [first] : [], 200)];
    given(...part)
      .when(update('CANCELLED', ['o-2']))
      .refuses('THE_INVOICE_IS_CLOSED_ALREADY');
    given(...part)
      .when(update('CANCELLED', ['o-1']))
      .then(updated('CANCELLED', []));
  });

  it('whatever is asked, says what the orders that stand cost', () => {
    const command: fc.Arbitrary<InvoiceCommand> = fc.oneof(
      fc.constant(update('PAID')),
      fc.subarray(['o-1', 'o-2'], { minLength: 1 }).map((it) => update('CANCELLED', it)),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 10 }), (asked) => {
        const history: InvoiceEvent[] = [created];
        const standing = new Set(['o-1', 'o-2']);
        for (const it of asked) {
          const decision = invoice.decide(it, fold(invoice, history));
          if (isRefusal(decision) || it.type !== 'UpdateInvoice') continue;
          history.push(...decision);
          for (const orderId of it.orderIds ?? []) standing.delete(orderId);
          const state = fold(invoice, history);
          if (state.kind === 'unknown') throw new Error('the invoice is gone');
          expect(state.lines.map(({ orderId }) => orderId)).toEqual([...standing]);
          expect(state.status === 'CANCELLED').toBe(standing.size === 0);
          const total = decision.flatMap(({ data }) =>
            'total' in data && data.total ? data.total.amount : [],
          );
          for (const sum of total) expect(sum).toBe(priceOf(state.lines).amount);
        }
      }),
    );
  });
});

describe('accounts', () => {
  const given = specification(accounts);
  const create = { type: 'CreateUserFinancialInfo', userId: 'u-1' } as const;
  const created: AccountsEvent = { type: 'UserFinancialInfoCreated', data: { userId: 'u-1' } };
  const update = (status: PaymentStatus, amount = 300, paymentId = 'p-1') =>
    ({ type: 'UpdateUserFinancialInfo', paymentId, amount: euros(amount), status }) as const;
  const updated = (
    status: PaymentStatus,
    ongoing: number,
    completed: number,
    amount = 300,
    paymentId = 'p-1',
  ): AccountsEvent => ({
    type: 'UserFinancialInfoUpdated',
    data: { userId: 'u-1', paymentId, status, ongoing: euros(ongoing), completed: euros(completed) },
    amount: euros(amount),
  });

  it('are opened once', () => {
    given().when(create).then(created);
    given(created).when(create).refuses('THE_USER_HAS_ACCOUNTS_ALREADY');
  });
  it('have to be there', () => given().when(update('ONGOING')).refuses('THE_USER_HAS_NO_ACCOUNTS'));
  it('show what is under way and what is paid', () => {
    given(created)
      .when(update('ONGOING'))
      .then(updated('ONGOING', 300, 0));
    given(created, updated('ONGOING', 300, 0))
      .when(update('COMPLETED'))
      .then(updated('COMPLETED', 0, 300));
    given(created, updated('COMPLETED', 0, 300))
      .when(update('ONGOING', 50, 'p-2'))
      .then(updated('ONGOING', 50, 300, 50, 'p-2'));
  });
  it('show no longer what is given back, or a part of it', () => {
    given(created, updated('COMPLETED', 0, 300))
      .when(update('REFUNDED'))
      .then(updated('REFUNDED', 0, 0));
    given(created, updated('COMPLETED', 0, 300))
      .when(update('COMPLETED', 100))
      .then(updated('COMPLETED', 0, 100, 100));
  });
  it('are not changed by news that come late', () => {
    given(created, updated('COMPLETED', 0, 300))
      .when(update('ONGOING'))
      .then();
    given(created, updated('COMPLETED', 0, 300))
      .when(update('COMPLETED'))
      .then();
    given(created, updated('REFUNDED', 0, 0))
      .when(update('COMPLETED'))
      .then();
  });

  it('whatever comes, in whatever order, agree with all payments', () => {
    const news: fc.Arbitrary<Extract<AccountsCommand, { type: 'UpdateUserFinancialInfo' }>> = fc
      .tuple(
        fc.constantFrom<PaymentStatus>('ONGOING', 'COMPLETED', 'REFUNDED'),
        fc.constantFrom('p-1', 'p-2', 'p-3'),
      )
      .map(([status, paymentId]) => update(status, 100 * Number(paymentId.slice(2)), paymentId));
    fc.assert(
      fc.property(fc.array(news, { maxLength: 20 }), (asked) => {
        const history: AccountsEvent[] = [created];
        const furthest = new Map<string, PaymentStatus>();
        const life = ['ONGOING', 'COMPLETED', 'REFUNDED'];
        for (const it of asked) {
          const decision = accounts.decide(it, fold(accounts, history));
          if (!isRefusal(decision)) history.push(...decision);
          const before = furthest.get(it.paymentId);
          if (before === undefined || life.indexOf(it.status) > life.indexOf(before)) {
            furthest.set(it.paymentId, it.status);
          }
          const sum = (status: PaymentStatus) =>
            [...furthest].reduce((all, [id, at]) => all + (at === status ? 100 * Number(id.slice(2)) : 0), 0);
          const last = history.at(-1);
          if (last?.type !== 'UserFinancialInfoUpdated') continue;
          expect(last.data.ongoing.amount).toBe(sum('ONGOING'));
          expect(last.data.completed.amount).toBe(sum('COMPLETED'));
        }
      }),
    );
  });
});

it('the lines of an order cost what its tickets cost, and no two are of one level and price', () => {
  const of = fc.record({
    level: fc.constantFrom('REGULAR', 'VIP'),
    ticketType: fc.constantFrom('ONLINE' as const, 'PRINTED' as const),
    quantity: fc.integer({ min: 1, max: 10 }),
    unitPrice: fc.constantFrom(euros(100), euros(200)),
  });
  fc.assert(
    fc.property(fc.array(of, { minLength: 1, maxLength: 4 }), (tickets) => {
      const lines = linesOf({ orderId: 'o-1', concertId: 'c-1', tickets });
      expect(priceOf(lines)).toEqual(priceOf(tickets));
      const kinds = lines.map(({ level, unitPrice }) => `${level} ${unitPrice.amount}`);
      expect(new Set(kinds).size).toBe(lines.length);
    }),
  );
});
