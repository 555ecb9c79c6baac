/** `T` before it is sent: what stands under `K` is filled by the producer, but may be given. */
export type Unsent<T, K extends keyof T> = T extends unknown ? Omit<T, K> & Partial<Pick<T, K>> : never;
