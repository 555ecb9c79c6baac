import type { RuleConfiguration } from '@chirograph/generated/loyalty/types';
import { specification } from '@chirograph/runtime/testing';
import { describe, it } from 'vitest';
import type { CreateProgram } from './commands.ts';
import type { ProgramEvent } from './events.ts';
import { program } from './program.ts';

const given = specification(program);
const rule: RuleConfiguration = { type: 'POINTS_BASED', pointsPerCurrencyUnit: 1 };
const create: CreateProgram = {
  type: 'CreateProgram',
  businessId: 'b-1',
  programName: 'Coffee Rewards',
  createdBy: 'u-1',
  rule,
};
const created: ProgramEvent = {
  type: 'LoyaltyProgramCreated',
  businessId: 'b-1',
  rule,
  data: { programName: 'Coffee Rewards', programStatus: 'DRAFT', createdBy: 'u-1' },
};
const { rule: _, ...createdWithoutRule } = created;
const activated: ProgramEvent = {
  type: 'LoyaltyProgramActivated',
  data: { programName: 'Coffee Rewards', ruleType: 'POINTS_BASED', ruleConfig: rule },
};
const paused: ProgramEvent = {
  type: 'LoyaltyProgramPaused',
  data: { programName: 'Coffee Rewards', pausedBy: 'u-1', reason: 'Holidays' },
};
const pause = { type: 'PauseProgram', pausedBy: 'u-1', reason: 'Holidays' } as const;

describe('a programme', () => {
  it('begins as a draft', () => given().when(create).then(created));
  it('remembers the template it was made from', () =>
    given()
      .when({ ...create, templateId: 't-1' })
      .then({ ...created, data: { ...created.data, templateId: 't-1' } }));
  it('is created once', () => given(created).when(create).refuses('program-exists'));
  it('has to exist', () => given().when({ type: 'ActivateProgram' }).refuses('program-unknown'));

  it('is activated with its rule', () => given(created).when({ type: 'ActivateProgram' }).then(activated));
  it('is activated again after a pause', () =>
    given(created, activated, paused).when({ type: 'ActivateProgram' }).then(activated));
  it('is not activated twice', () =>
    given(created, activated).when({ type: 'ActivateProgram' }).refuses('program-active'));
  it('needs a rule to be activated', () =>
    given(createdWithoutRule).when({ type: 'ActivateProgram' }).refuses('program-without-rule'));

  it('is paused while active', () => given(created, activated).when(pause).then(paused));
  it('is not paused as a draft', () => given(created).when(pause).refuses('program-not-active'));
  it('is not paused twice', () =>
    given(created, activated, paused).when(pause).refuses('program-not-active'));

  it('can be given a rule before it is activated', () => {
    const changed: ProgramEvent = { type: 'RuleChanged', rule };
    given(createdWithoutRule).when({ type: 'ChangeRule', rule }).then(changed);
    given(createdWithoutRule, changed).when({ type: 'ActivateProgram' }).then(activated);
  });
  it('keeps its rule while active', () =>
    given(created, activated).when({ type: 'ChangeRule', rule }).refuses('program-active'));
});
