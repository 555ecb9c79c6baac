import { type Estate, message, NO_EDGE, pair, placed, receiving, sending } from './documents.ts';

/** Addresses with parameters. */
export const ESTATES: readonly Estate[] = [
  pair(
    'parameters of different names',
    sending(placed, 'orders.{region}'),
    receiving(placed, 'orders.{area}'),
    'OrderPlaced',
  ),
  pair(
    'a parameter on one side, one of its values on the other',
    sending(placed, 'orders.{region}', { parameters: { region: { enum: ['eu', 'us'] } } }),
    receiving(placed, 'orders.eu'),
    'OrderPlaced',
  ),
  pair(
    'a parameter on one side, a value that it never has on the other',
    sending(placed, 'orders.{region}', { parameters: { region: { enum: ['eu', 'us'] } } }),
    receiving(placed, 'orders.asia'),
    ...NO_EDGE,
  ),
  pair(
    'parameters without a value in common',
    sending(placed, 'orders.{region}', { parameters: { region: { enum: ['eu', 'us'] } } }),
    receiving(placed, 'orders.{region}', { parameters: { region: { enum: ['asia'] } } }),
    ...NO_EDGE,
  ),
  pair(
    'a parameter is one word',
    sending(placed, 'orders.{region}'),
    receiving(placed, 'orders.eu.north'),
    ...NO_EDGE,
  ),
  pair(
    'a parameter within a word',
    sending(placed, 'orders-{region}'),
    receiving(placed, 'orders-eu'),
    'OrderPlaced',
  ),
  pair(
    'a wildcard for a word',
    sending(placed, 'orders/eu/placed'),
    receiving(placed, 'orders/+/placed'),
    'OrderPlaced',
  ),
  pair(
    'a wildcard for the rest',
    sending(placed, 'orders.eu.placed'),
    receiving(placed, 'orders.>'),
    'OrderPlaced',
  ),
  pair('a wildcard elsewhere', sending(placed, 'orders.eu.placed'), receiving(placed, 'bills.>'), ...NO_EDGE),
  pair(
    'without names a parameter is not enough to meet a fixed address',
    sending({ A: message('') }, 'orders/{id}'),
    receiving({ B: message('') }, 'orders/placed'),
    ...NO_EDGE,
  ),
  pair(
    'without names two equal forms are one address',
    sending({ A: message('') }, 'orders/{id}'),
    receiving({ B: message('') }, 'orders/{orderId}'),
    'B',
  ),
  pair(
    'a Kafka topic that the binding names',
    sending(placed, 'orderPlaced', { bindings: { kafka: { topic: 'shop.orders' } } }),
    receiving(placed, 'shop.orders'),
    'OrderPlaced',
  ),
];
