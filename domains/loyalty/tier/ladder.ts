/** One rung of the ladder of tiers. */
export interface Tier {
  readonly id: string;
  readonly name: string;
  /** 1 is the lowest. */
  readonly level: number;
  /** Points to have earned, ever, to be in it. */
  readonly threshold: number;
}

export const bronze: Tier = {
  id: '90c192cf-d3ac-44af-8f21-ddb66cad4a26',
  name: 'Bronze',
  level: 1,
  threshold: 0,
};
export const silver: Tier = {
  id: 'a170b338-3926-4059-b28c-105d1fb17c23',
  name: 'Silver',
  level: 2,
  threshold: 500,
};
export const gold: Tier = {
  id: 'd7c0cf4b-15c3-4cf1-a3c1-f2c9dbe6a1d7',
  name: 'Gold',
  level: 3,
  threshold: 2_000,
};

/** The tier that so many points earn. */
export function tierFor(qualifyingPoints: number): Tier {
  return [gold, silver].find(({ threshold }) => qualifyingPoints >= threshold) ?? bronze;
}
