/** A category of products. A hierarchy of at most three. Pure. */
import type { CategoryCreatedData } from '@chirograph/generated/shop/types';
import { type Decider, refuse } from '@chirograph/runtime';
import type { CatalogFailure } from './product.ts';

export interface CategoryCommand {
  readonly type: 'CreateCategory';
  readonly categoryId: string;
  readonly name: string;
  /** Whether another category has the name, however it is written. */
  readonly nameTaken: boolean;
  /** Absent for a root category. */
  readonly parent?:
    | {
        readonly categoryId: string;
        /** Undefined when there is no such category. */
        readonly depth: number | undefined;
      }
    | undefined;
  /** Undefined for somebody who is none. */
  readonly admin: string | undefined;
  readonly at: number;
}

export interface CategoryEvent {
  readonly type: 'CategoryCreated';
  readonly data: CategoryCreatedData;
}

export interface Category {
  /** Undefined while there is none; 1 for a root. */
  readonly depth: number | undefined;
}

export const DEEPEST = 3;

export const category: Decider<Category, CategoryCommand, CategoryEvent, CatalogFailure> = {
  initialState: () => ({ depth: undefined }),
  evolve: (_, { data: { depth } }) => ({ depth }),
  decide({ categoryId, name, nameTaken, parent, admin, at }) {
    if (admin === undefined) return refuse('NOT_AN_ADMIN', 'Only admins change the catalog.');
    if (nameTaken) return refuse('NAME_NOT_UNIQUE', 'There is a category of this name.');
    if (parent && parent.depth === undefined) {
      return refuse('PARENT_NOT_FOUND', 'There is no such parent category.');
    }
    const depth = (parent?.depth ?? 0) + 1;
    if (depth > DEEPEST) return refuse('EXCEEDS_MAX_NESTING', `A category lies at most ${DEEPEST} deep.`);
    const createdAt = new Date(at).toISOString();
    const under = parent && { parentCategoryId: parent.categoryId };
    return [{ type: 'CategoryCreated', data: { categoryId, name, ...under, depth, createdAt } }];
  },
};
