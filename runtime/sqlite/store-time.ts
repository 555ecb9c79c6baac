/** The clocks of a store in a file, which all processes of a machine share. */
export interface StoreTime {
  /** Milliseconds since 1970-01-01T00:00Z. */
  wall(): number;
  /** Whole milliseconds by a clock that nobody sets, the same for all processes until the machine is started anew. */
  machine(): number;
}

export const systemTime: StoreTime = {
  wall: () => Date.now(),
  machine: () => Number(process.hrtime.bigint() / 1_000_000n),
};
