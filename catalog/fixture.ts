/** Two domains for tests: a shop with a command, two versions of an event and a flow; a ledger that listens to it. */
export const FIXTURE: Readonly<Record<string, string>> = {
  'specs/shop/order.asyncapi.yaml': `
asyncapi: 3.1.0
info:
  title: Order Service
  version: 2.1.0
  description: |
    Takes orders.

    Talks \`{json}\` and {nothing} else.
  contact: { name: Order Crew }
channels:
  commands:
    address: shop.commands
    messages: { PlaceOrder: { $ref: '#/components/messages/PlaceOrder' } }
  placed:
    address: shop.{region}.placed
    summary: Orders as they come in.
    parameters: { region: {} }
    messages:
      OrderPlacedV1: { $ref: '#/components/messages/OrderPlacedV1' }
      OrderPlaced: { $ref: '#/components/messages/OrderPlaced' }
operations:
  onPlaceOrder:
    action: receive
    summary: Check the basket.
    channel: { $ref: '#/channels/commands' }
    x-contract: { retry: { delays: [] } }
  sendOrderPlaced: { action: send, summary: The basket was in order., channel: { $ref: '#/channels/placed' } }
components:
  messages:
    PlaceOrder:
      name: order.place
      title: Place order
      x-contract:
        kind: command
        version: '1'
        aggregate: Order
        outcome: The order is placed.
        failures: ['The basket is <empty>.']
        leadsTo: [order.placed]
      payload: { $ref: '../shared/types.yaml#/schemas/Basket' }
    OrderPlacedV1:
      name: order.placed
      title: Order placed
      x-contract: { version: '1.0', aggregate: Order }
      payload: { type: object }
    OrderPlaced:
      name: order.placed
      title: Order placed
      summary: A customer placed an order.
      x-contract:
        version: '2.0'
        aggregate: Order
        orderingKey: /id
        identity: [/id]
        trigger: A basket is paid.
        invariants: [The basket is not empty.]
        retry: { delays: [PT1S, PT1M30S] }
        retention: P7D
        volume: { perDay: 12000 }
        upcasts: [{ from: '1.0', move: { /no: /id }, default: { /lines: [] } }]
      payload:
        allOf:
          - type: object
            required: [id]
            properties: { id: { type: string, description: The order. } }
          - required: [lines]
            properties:
              id: { minLength: 1 }
              lines: { $ref: '../shared/types.yaml#/schemas/Basket' }
      examples:
        - summary: One line
          payload: { id: a, lines: [tea] }
`,
  'specs/shop/checkout.arazzo.yaml': `
arazzo: 1.1.0
info: { title: Flows, version: 1.0.0 }
sourceDescriptions:
  - { name: order, type: asyncapi, url: ./order.asyncapi.yaml }
  - { name: book, type: asyncapi, url: ../ledger/book.asyncapi.yaml }
workflows:
  - workflowId: checkout
    summary: Checkout
    description: From basket to book.
    steps:
      - { stepId: asked, operationId: $sourceDescriptions.order.onPlaceOrder, action: receive, description: The basket arrives., onFailure: [{ name: busy, type: retry, retryAfter: 2, retryLimit: 3 }, { reference: $components.failureActions.closed }] }
      - { stepId: placed, operationId: $sourceDescriptions.order.sendOrderPlaced, action: send }
      - { stepId: booked, operationId: $sourceDescriptions.book.onOrderPlaced, action: receive, onFailure: [{ name: again, type: goto, stepId: asked }] }
components:
  failureActions:
    closed: { name: closed, type: end }
`,
  'specs/ledger/book.asyncapi.yaml': `
asyncapi: 3.1.0
info: { title: Book Service, version: 1.0.0, description: Books orders. }
channels:
  placed: { $ref: '../shop/order.asyncapi.yaml#/channels/placed' }
operations:
  onOrderPlaced: { action: receive, summary: Book the order., channel: { $ref: '#/channels/placed' } }
`,
  'specs/shared/types.yaml': `
schemas:
  Basket:
    title: Basket
    description: What a customer wants to buy.
    type: array
    items: { type: string }
`,
};
