import { fold } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CategoryCommand, category, DEEPEST } from './category.ts';
import { type ProductCommand, type ProductEvent, product } from './product.ts';

const NOW = Date.UTC(2026, 0, 10);
const time = new Date(NOW).toISOString();
const by = { admin: 'admin-1', at: NOW };
const price = { amount: 2_495, currency: 'EUR' };

describe('a product', () => {
  const given = specification(product);
  const create: ProductCommand = {
    type: 'CreateProduct',
    productId: 'p-1',
    name: 'Cup',
    description: 'Blue',
    price,
    categoryId: 'k-1',
    isCategoryKnown: true,
    ...by,
  };
  const data = {
    productId: 'p-1',
    name: 'Cup',
    price,
    categoryId: 'k-1',
    createdBy: 'admin-1',
    createdAt: time,
  };
  const created: ProductEvent = {
    type: 'ProductCreated',
    data: { ...data, status: 'DRAFT' },
    description: 'Blue',
  };
  const activated: ProductEvent = { type: 'ProductActivated', data: { productId: 'p-1', activatedAt: time } };
  const deactivated: ProductEvent = {
    type: 'ProductDeactivated',
    data: { productId: 'p-1', deactivatedAt: time },
  };
  const deleted: ProductEvent = {
    type: 'ProductDeleted',
    data: { productId: 'p-1', deletedBy: 'admin-1', deletedAt: time },
  };
  const update: ProductCommand = { type: 'UpdateProduct', name: 'Cup', description: 'Blue', price, ...by };

  it('begins as a draft', () => given().when(create).then(created));
  it('has a name', () => {
    for (const name of ['', ' ', 'x'.repeat(201)]) {
      given()
        .when({ ...create, name })
        .refuses('INVALID_NAME');
    }
  });
  it('costs at least 0.01, in the currency of the shop', () => {
    for (const invalid of [
      { amount: 0, currency: 'EUR' },
      { amount: -1, currency: 'EUR' },
      { amount: 1.5, currency: 'EUR' },
      { amount: 1, currency: 'USD' },
    ]) {
      given()
        .when({ ...create, price: invalid })
        .refuses('INVALID_PRICE');
    }
  });
  it('stands in a category', () =>
    given()
      .when({ ...create, isCategoryKnown: false })
      .refuses('CATEGORY_NOT_FOUND'));

  it('is updated by what is new alone', () => {
    const changed = (changedFields: object): ProductEvent => ({
      type: 'ProductUpdated',
      data: { productId: 'p-1', changedFields, updatedBy: 'admin-1', updatedAt: time },
    });
    given(created)
      .when({ ...update, name: 'Mug' })
      .then(changed({ name: 'Mug' }));
    given(created)
      .when({ ...update, price: { amount: 1, currency: 'EUR' }, description: '' })
      .then(changed({ price: { amount: 1, currency: 'EUR' }, description: '' }));
    given(created).when(update).then();
  });
  it('stays valid', () => {
    for (const change of [{ name: '' }, { price: { amount: 0, currency: 'EUR' } }]) {
      given(created)
        .when({ ...update, ...change })
        .refuses('INVALID_DATA');
    }
  });

  const act = (type: 'DeleteProduct' | 'ActivateProduct' | 'DeactivateProduct') => ({ type, ...by }) as const;
  it('goes on sale and off sale', () => {
    given(created).when(act('ActivateProduct')).then(activated);
    given(created, activated).when(act('ActivateProduct')).refuses('PRODUCT_ALREADY_ACTIVE');
    given(created, activated).when(act('DeactivateProduct')).then(deactivated);
    given(created).when(act('DeactivateProduct')).refuses('PRODUCT_NOT_ACTIVE');
    given(created, activated, deactivated).when(act('ActivateProduct')).then(activated);
  });
  it("is deleted once, and is nobody's after that", () => {
    given(created).when(act('DeleteProduct')).then(deleted);
    for (const command of [update, act('DeleteProduct'), act('ActivateProduct'), act('DeactivateProduct')]) {
      given(created, deleted).when(command).refuses('PRODUCT_NOT_FOUND');
      given().when(command).refuses('PRODUCT_NOT_FOUND');
    }
  });
  it('keeps its record when it is deleted, for the orders that have it', () =>
    expect(fold(product, [created, activated, deleted])).toMatchObject({
      kind: 'known',
      isDeleted: true,
      name: 'Cup',
      price,
    }));
  it('is changed by admins alone', () => {
    for (const command of [create, update, act('DeleteProduct'), act('ActivateProduct')]) {
      given(created)
        .when({ ...command, admin: undefined })
        .refuses('NOT_AN_ADMIN');
    }
  });
});

describe('a category', () => {
  const given = specification(category);
  const create: CategoryCommand = {
    type: 'CreateCategory',
    categoryId: 'k-1',
    name: 'Cups',
    nameTaken: false,
    ...by,
  };
  const data = { categoryId: 'k-1', name: 'Cups', createdAt: time };

  it('is a root without a parent, and one deeper than its parent', () => {
    given()
      .when(create)
      .then({ type: 'CategoryCreated', data: { ...data, depth: 1 } });
    given()
      .when({ ...create, parent: { categoryId: 'k-0', depth: 2 } })
      .then({ type: 'CategoryCreated', data: { ...data, parentCategoryId: 'k-0', depth: 3 } });
  });
  it('lies at most three deep', () =>
    given()
      .when({ ...create, parent: { categoryId: 'k-0', depth: DEEPEST } })
      .refuses('EXCEEDS_MAX_NESTING'));
  it('has a parent that is there', () =>
    given()
      .when({ ...create, parent: { categoryId: 'k-0', depth: undefined } })
      .refuses('PARENT_NOT_FOUND'));
  it('has a name that no other has', () =>
    given()
      .when({ ...create, nameTaken: true })
      .refuses('NAME_NOT_UNIQUE'));
  it('is made by admins alone', () =>
    given()
      .when({ ...create, admin: undefined })
      .refuses('NOT_AN_ADMIN'));

  it('never lies deeper than three, whatever it is put under', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 30 }), (parents) => {
        const depths: number[] = [];
        for (const [index, pick] of parents.entries()) {
          const depth = depths[pick];
          const parent = depth === undefined ? undefined : { categoryId: `k-${pick}`, depth };
          const decided = category.decide(
            { ...create, categoryId: `k-${index}`, parent },
            { depth: undefined },
          );
          if ('kind' in decided) continue;
          depths.push(...decided.map((event) => event.data.depth));
        }
        expect(Math.max(1, ...depths)).toBeLessThanOrEqual(DEEPEST);
      }),
    );
  });
});
