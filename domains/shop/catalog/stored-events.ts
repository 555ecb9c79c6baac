import * as contracts from '@chirograph/generated/shop/messages';
import { dataEvent, type EventSchema, eventSchema } from '@chirograph/runtime';
import { fields } from '../../shared/fields.ts';
import type { CategoryEvent } from './category.ts';
import type { ProductEvent } from './product.ts';

/** How the events of products are stored: `data` by the contracts. A new shape is a new version here, with the way from the one before. */
export const productEvents: EventSchema<ProductEvent> = eventSchema<ProductEvent>({
  ProductCreated: dataEvent(contracts.productCreated, { beside: fields({ description: 'string' }) }),
  ProductUpdated: dataEvent(contracts.productUpdated),
  ProductDeleted: dataEvent(contracts.productDeleted),
  ProductActivated: dataEvent(contracts.productActivated),
  ProductDeactivated: dataEvent(contracts.productDeactivated),
});

/** The same of categories. */
export const categoryEvents: EventSchema<CategoryEvent> = eventSchema<CategoryEvent>({
  CategoryCreated: dataEvent(contracts.categoryCreated),
});
