declare const brand: unique symbol;

/** What tells one kind of text from another: `string & Brand<'OrderId'>` is text that is known to be an order's id. */
export interface Brand<Name extends string> {
  readonly [brand]: Name;
}

/** `T` as JSON carries it: dates as text, and text of any kind as text. */
export type Wire<T> = T extends Date
  ? string
  : T extends string
    ? T extends Brand<string>
      ? string
      : T
    : T extends Uint8Array
      ? T
      : T extends object
        ? { readonly [K in keyof T]: Wire<T[K]> }
        : T;
