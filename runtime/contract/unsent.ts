/**
 * `T` before it is sent: what stands at the paths `P`, JSON pointers such as `/metadata/source`, is filled by the
 * producer, but may be given. An object of which nothing is left to say may be left out as a whole. `T` is one object;
 * of a union, `UnsentOneOf` keeps the branches apart.
 */
export type Unsent<T, P extends string> = {
  [K in keyof T as MayBeLeftOut<T, K, P> extends true ? never : K]: Inner<T, K, P>;
} & {
  [K in keyof T as MayBeLeftOut<T, K, P> extends true ? K : never]?: Inner<T, K, P>;
};

/** Any of several types before it is sent, each with its own fields. */
export type UnsentOneOf<T, P extends string> = T extends object ? Unsent<T, P> : T;

type Inner<T, K extends keyof T, P extends string> = [Below<K, P>] extends [never]
  ? T[K]
  : UnsentOneOf<T[K], Below<K, P>>;

type MayBeLeftOut<T, K extends keyof T, P extends string> = string extends K
  ? false
  : `/${Escaped<K>}` extends P
    ? true
    : [Below<K, P>] extends [never]
      ? false
      : Record<never, never> extends UnsentOneOf<T[K], Below<K, P>>
        ? true
        : false;

/** The paths that lead through `K`, seen from there. */
type Below<K, P extends string> = string extends K
  ? never
  : P extends `/${Escaped<K>}/${infer Rest}`
    ? `/${Rest}`
    : never;

/** A property's name as a JSON pointer holds it (RFC 6901, section 3). */
export type Escaped<K> = K extends string ? Replaced<Replaced<K, '~', '~0'>, '/', '~1'> : never;

type Replaced<
  Text extends string,
  From extends string,
  To extends string,
> = Text extends `${infer Head}${From}${infer Tail}` ? `${Head}${To}${Replaced<Tail, From, To>}` : Text;
