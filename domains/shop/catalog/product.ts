/** A product of the catalog. Pure. */
import type {
  CatalogCommandRefusedData,
  Money,
  ProductActivatedData,
  ProductCreatedData,
  ProductDeactivatedData,
  ProductDeletedData,
  ProductUpdatedData,
} from '@chirograph/generated/shop/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';

/** `admin`: who asks, undefined for somebody who is none. `at`: milliseconds since 1970-01-01T00:00Z. */
export type ProductCommand = { readonly admin: string | undefined; readonly at: number } & (
  | CreateProduct
  | UpdateProduct
  | { readonly type: 'DeleteProduct' | 'ActivateProduct' | 'DeactivateProduct' }
);

interface CreateProduct {
  readonly type: 'CreateProduct';
  readonly productId: string;
  readonly name: string;
  readonly description: string;
  readonly price: Money;
  readonly categoryId: string;
  readonly isCategoryKnown: boolean;
  readonly variantIds?: readonly string[] | undefined;
}

interface UpdateProduct {
  readonly type: 'UpdateProduct';
  readonly name: string;
  readonly description: string;
  readonly price: Money;
}

/** As the stream keeps it: `data` is published, what stands beside it is not. */
export type ProductEvent =
  | { readonly type: 'ProductCreated'; readonly data: ProductCreatedData; readonly description: string }
  | { readonly type: 'ProductUpdated'; readonly data: ProductUpdatedData }
  | { readonly type: 'ProductDeleted'; readonly data: ProductDeletedData }
  | { readonly type: 'ProductActivated'; readonly data: ProductActivatedData }
  | { readonly type: 'ProductDeactivated'; readonly data: ProductDeactivatedData };

/** The one currency that the shop sells in: a cart has one total. */
export const CURRENCY = 'EUR';

export type CatalogFailure = CatalogCommandRefusedData['failure'];

export type Product =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'known';
      readonly productId: string;
      readonly name: string;
      readonly description: string;
      readonly price: Money;
      readonly variantIds: readonly string[];
      readonly status: 'DRAFT' | 'ACTIVE' | 'INACTIVE';
      /** Its record stays, for orders that have it. */
      readonly isDeleted: boolean;
    };

export const product: Decider<Product, ProductCommand, ProductEvent, CatalogFailure> = {
  initialState: () => ({ kind: 'unknown' }),
  evolve(state, event) {
    if (event.type === 'ProductCreated') {
      const { productId, name, price, variantIds = [] } = event.data;
      const { description } = event;
      return {
        kind: 'known',
        productId,
        name,
        description,
        price,
        variantIds,
        status: 'DRAFT',
        isDeleted: false,
      };
    }
    if (state.kind === 'unknown') throw new Error(`${event.type} of a product that was never created`);
    switch (event.type) {
      case 'ProductUpdated':
        return { ...state, ...event.data.changedFields };
      case 'ProductDeleted':
        return { ...state, isDeleted: true };
      case 'ProductActivated':
        return { ...state, status: 'ACTIVE' };
      case 'ProductDeactivated':
        return { ...state, status: 'INACTIVE' };
    }
  },
  decide(command, state) {
    const { admin, at } = command;
    if (admin === undefined) return refuse('NOT_AN_ADMIN', 'Only admins change the catalog.');
    const time = new Date(at).toISOString();
    if (command.type === 'CreateProduct') return create(command, admin, time);
    if (state.kind === 'unknown' || state.isDeleted) {
      return refuse('PRODUCT_NOT_FOUND', 'There is no such product.');
    }
    const { productId, status } = state;
    switch (command.type) {
      case 'UpdateProduct':
        return update(command, state, admin, time);
      case 'DeleteProduct':
        return [{ type: 'ProductDeleted', data: { productId, deletedBy: admin, deletedAt: time } }];
      case 'ActivateProduct':
        return status === 'ACTIVE'
          ? refuse('PRODUCT_ALREADY_ACTIVE', 'The product is on sale already.')
          : [{ type: 'ProductActivated', data: { productId, activatedAt: time } }];
      case 'DeactivateProduct':
        return status === 'ACTIVE'
          ? [{ type: 'ProductDeactivated', data: { productId, deactivatedAt: time } }]
          : refuse('PRODUCT_NOT_ACTIVE', 'The product is not on sale.');
    }
  },
};

type Decision = readonly ProductEvent[] | Refusal<CatalogFailure>;
type Known = Extract<Product, { readonly kind: 'known' }>;

function create(command: CreateProduct, createdBy: string, createdAt: string): Decision {
  const { productId, name, description, price, categoryId, isCategoryKnown, variantIds = [] } = command;
  if (!isName(name)) return refuse('INVALID_NAME', 'A name has 1 to 200 characters.');
  if (!isPrice(price)) return refuse('INVALID_PRICE', 'A price is at least 0.01.');
  if (!isCategoryKnown) return refuse('CATEGORY_NOT_FOUND', 'There is no such category.');
  const variants = variantIds.length > 0 ? { variantIds } : {};
  const data = {
    productId,
    name,
    price,
    categoryId,
    status: 'DRAFT',
    createdBy,
    createdAt,
    ...variants,
  } as const;
  return [{ type: 'ProductCreated', data, description }];
}

/** Says only what is new. */
function update(
  { name, price, description }: UpdateProduct,
  was: Known,
  updatedBy: string,
  updatedAt: string,
): Decision {
  if (!isName(name) || !isPrice(price) || description.length > 5_000) {
    return refuse('INVALID_DATA', 'A name has 1 to 200 characters, a price is at least 0.01.');
  }
  const isSamePrice = price.amount === was.price.amount && price.currency === was.price.currency;
  const changedFields = {
    ...(name !== was.name && { name }),
    ...(!isSamePrice && { price }),
    ...(description !== was.description && { description }),
  };
  if (Object.keys(changedFields).length === 0) return [];
  return [
    { type: 'ProductUpdated', data: { productId: was.productId, changedFields, updatedBy, updatedAt } },
  ];
}

function isName(name: string): boolean {
  return name.trim().length > 0 && name.length <= 200;
}

function isPrice({ amount, currency }: Money): boolean {
  return Number.isInteger(amount) && amount >= 1 && currency === CURRENCY;
}
