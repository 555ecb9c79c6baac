/** One finding of a JSON Schema validator, in the shape of Ajv's `ErrorObject`. */
export interface SchemaError {
  /** JSON pointer to the value that broke the rule. */
  readonly instancePath: string;
  /** The JSON Schema keyword, such as `minimum`. */
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A type guard that leaves its findings in `errors` after answering `false`, as Ajv's standalone code does. */
export interface Validator<T> {
  (value: unknown): value is T;
  errors?: readonly SchemaError[] | null | undefined;
}
