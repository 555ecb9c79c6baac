/** What the catalog does with messages: its commands, and events for what customers see in the shop. */
import type { CatalogHandlers } from '@chirograph/generated/shop/consumers/catalog';
import type { CatalogProducer } from '@chirograph/generated/shop/producers/catalog';
import type { CatalogCommandRefusedData } from '@chirograph/generated/shop/types';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import { takeTurn } from '../../shared/turn.ts';
import { adminOf } from '../caller.ts';
import type { CatalogService } from './catalog-service.ts';

/** A product as the shop shows it. */
export interface Listing {
  readonly name: string;
  readonly isShown: boolean;
  readonly isOutOfStock: boolean;
}

export function listings(tx: Transaction) {
  return tx.documents<Listing>('catalog/listings');
}

const notListed: Listing = { name: '', isShown: false, isOutOfStock: false };

/** The categories that the shop shows, by category. */
export function shelves(tx: Transaction) {
  return tx.documents<{ readonly name: string; readonly depth: number }>('catalog/shelves');
}

export function catalogHandlers(
  service: CatalogService,
  producer: CatalogProducer,
  log: Log,
): CatalogHandlers {
  const answer = answering<CatalogCommandRefusedData>(producer.catalogCommandRefused, log);

  /** Events of a product come in their order; those of its stock are of the inventory, and may come with them. */
  async function change({ tx }: HandlerContext, productId: string, changes: Partial<Listing>): Promise<void> {
    await takeTurn(tx, 'listings', productId);
    const before = (await listings(tx).get(productId)) ?? notListed;
    await listings(tx).put(productId, { ...before, ...changes });
  }

  return {
    createProduct: async (command, context) => {
      const request = { ...command.data, admin: adminOf(command) };
      await answer(command, await service.createProduct(request, context), context);
    },
    updateProduct: async (command, context) => {
      const request = { ...command.data, admin: adminOf(command) };
      await answer(command, await service.updateProduct(request, context), context, ofProduct(request));
    },
    deleteProduct: async (command, context) => {
      const request = { ...command.data, admin: adminOf(command) };
      await answer(command, await service.deleteProduct(request, context), context, ofProduct(request));
    },
    activateProduct: async (command, context) => {
      const request = { ...command.data, admin: adminOf(command) };
      await answer(command, await service.activateProduct(request, context), context, ofProduct(request));
    },
    deactivateProduct: async (command, context) => {
      const request = { ...command.data, admin: adminOf(command) };
      await answer(command, await service.deactivateProduct(request, context), context, ofProduct(request));
    },
    createCategory: async (command, context) => {
      const request = { ...command.data, admin: adminOf(command) };
      await answer(command, await service.createCategory(request, context), context);
    },
    async productCreated({ data: { productId, name } }, context) {
      await change(context, productId, { name });
      log(context, `lists ${name} as a draft`);
    },
    async productUpdated({ data: { productId, changedFields } }, context) {
      if (changedFields.name !== undefined) await change(context, productId, { name: changedFields.name });
      log(context, `shows new ${Object.keys(changedFields).join(', ')}`);
    },
    async productActivated({ data: { productId } }, context) {
      await change(context, productId, { isShown: true });
      log(context, 'shows the product');
    },
    async productDeactivated({ data: { productId } }, context) {
      await change(context, productId, { isShown: false });
      log(context, 'hides the product');
    },
    async categoryCreated({ data: { categoryId, name, depth } }, context) {
      await shelves(context.tx).put(categoryId, { name, depth });
      log(context, `shows the category ${name}`);
    },
    async outOfStock({ data: { productId } }, context) {
      await change(context, productId, { isOutOfStock: true });
      log(context, 'marks the product as out of stock');
    },
    async outOfStockNotification({ data: { productId, productName } }, context) {
      await change(context, productId, { isOutOfStock: true });
      log(context, `${productName} cannot be ordered`);
    },
  };
}

function ofProduct({ productId }: { readonly productId: string }) {
  return { subject: productId, productId };
}
