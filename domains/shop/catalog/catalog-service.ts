/** The catalog: products and the categories that they stand in. */
import { randomUUID } from 'node:crypto';
import type { CatalogProducer } from '@chirograph/generated/shop/producers/catalog';
import type { CreateProductData, UpdateProductData } from '@chirograph/generated/shop/types';
import {
  type Clock,
  type CommandContext,
  claims,
  type Outcome,
  outcomeOf,
  type PublishContext,
  repository,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import { type Category, type CategoryEvent, category } from './category.ts';
import {
  type CatalogFailure,
  type Product,
  type ProductCommand,
  type ProductEvent,
  product,
} from './product.ts';
import { categoryEvents, productEvents } from './stored-events.ts';

export type CatalogOutcome = Outcome<ProductEvent | CategoryEvent, CatalogFailure>;

/** `admin`: who asks; undefined for somebody who is none. */
export interface CatalogService {
  createProduct(request: CreateProductData & ByAdmin, context?: CommandContext): Promise<CatalogOutcome>;
  updateProduct(request: UpdateProductData & ByAdmin, context?: CommandContext): Promise<CatalogOutcome>;
  deleteProduct(request: OfProduct & ByAdmin, context?: CommandContext): Promise<CatalogOutcome>;
  activateProduct(request: OfProduct & ByAdmin, context?: CommandContext): Promise<CatalogOutcome>;
  deactivateProduct(request: OfProduct & ByAdmin, context?: CommandContext): Promise<CatalogOutcome>;
  createCategory(
    request: { readonly name: string; readonly parentCategoryId?: string | undefined } & ByAdmin,
    context?: CommandContext,
  ): Promise<CatalogOutcome>;
  /** The product as it is; undefined when there is none, or none any more. */
  find(tx: Transaction, productId: string): Promise<Extract<Product, { readonly kind: 'known' }> | undefined>;
}

interface ByAdmin {
  readonly admin: string | undefined;
}

interface OfProduct {
  readonly productId: string;
}

export interface CatalogServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: CatalogProducer;
}

export function catalogService({ store, clock, producer }: CatalogServiceOptions): CatalogService {
  const products = repository({
    name: 'product',
    decider: product,
    events: productEvents,
    clock,
    publish: (event: ProductEvent, context) => publishProduct(producer, event, context),
  });
  /** Which category has a name, by the name in lower case. */
  const names = claims('catalog/category-names', { clock });
  const categories = repository({
    name: 'category',
    decider: category,
    events: categoryEvents,
    clock,
    publish: async ({ data }: CategoryEvent, context: PublishContext<Category>) => {
      await producer.categoryCreated({ subject: context.id, data }, context);
    },
  });

  function decide(
    productId: string,
    context: CommandContext,
    commandOf: (tx: Transaction) => Promise<ProductCommand>,
  ): Promise<CatalogOutcome> {
    return within(store, context, async (tx) =>
      outcomeOf(productId, await products.decide(tx, productId, await commandOf(tx), context)),
    );
  }

  const toProduct =
    (type: 'DeleteProduct' | 'ActivateProduct' | 'DeactivateProduct') =>
    ({ productId, admin }: OfProduct & ByAdmin, context: CommandContext = {}) =>
      decide(productId, context, async () => ({ type, admin, at: clock.now() }));

  return {
    createProduct(request, context = {}) {
      const productId = randomUUID();
      return decide(productId, context, async (tx) => {
        const { state } = await categories.load(tx, request.categoryId);
        const isCategoryKnown = state.depth !== undefined;
        return { type: 'CreateProduct', productId, isCategoryKnown, at: clock.now(), ...request };
      });
    },
    updateProduct: ({ productId, ...request }, context = {}) =>
      decide(productId, context, async () => ({ type: 'UpdateProduct', at: clock.now(), ...request })),
    deleteProduct: toProduct('DeleteProduct'),
    activateProduct: toProduct('ActivateProduct'),
    deactivateProduct: toProduct('DeactivateProduct'),
    createCategory: ({ name, parentCategoryId, admin }, context = {}) =>
      within(store, context, async (tx) => {
        const categoryId = randomUUID();
        const key = name.trim().toLowerCase();
        const nameTaken = (await names.ownerOf(tx, key)) !== undefined;
        const parent = parentCategoryId === undefined ? undefined : await parentOf(tx, parentCategoryId);
        const decided = await categories.decide(
          tx,
          categoryId,
          { type: 'CreateCategory', categoryId, name, nameTaken, parent, admin, at: clock.now() },
          context,
        );
        if (decided.kind === 'accepted' && (await names.claim(tx, key, categoryId)) !== categoryId) {
          // Somebody took it between the look and here; the next try will see it.
          throw new Error('another category got the name meanwhile');
        }
        return outcomeOf(categoryId, decided);
      }),
    async find(tx, productId) {
      const { state } = await products.load(tx, productId);
      return state.kind === 'known' && !state.isDeleted ? state : undefined;
    },
  };

  async function parentOf(tx: Transaction, categoryId: string) {
    const { state } = await categories.load(tx, categoryId);
    return { categoryId, depth: state.depth };
  }
}

async function publishProduct(
  producer: CatalogProducer,
  event: ProductEvent,
  context: PublishContext<Product>,
): Promise<void> {
  const subject = context.id;
  switch (event.type) {
    case 'ProductCreated':
      await producer.productCreated({ subject, data: event.data }, context);
      return;
    case 'ProductUpdated':
      await producer.productUpdated({ subject, data: event.data }, context);
      return;
    case 'ProductDeleted':
      await producer.productDeleted({ subject, data: event.data }, context);
      return;
    case 'ProductActivated':
      await producer.productActivated({ subject, data: event.data }, context);
      return;
    case 'ProductDeactivated':
      await producer.productDeactivated({ subject, data: event.data }, context);
      return;
  }
}
