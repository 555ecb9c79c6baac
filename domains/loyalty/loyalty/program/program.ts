/** Programmes: the rules of their life. Pure: no store, no bus, no clock. */
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';
import type { CreateProgram, ProgramCommand, ProgramRefusal } from './commands.ts';
import type { ProgramEvent } from './events.ts';
import { evolveProgram, initialProgram, type KnownProgram, type Program } from './state.ts';

export const program: Decider<Program, ProgramCommand, ProgramEvent, ProgramRefusal> = {
  initialState: initialProgram,
  evolve: evolveProgram,
  decide(command, state) {
    if (command.type === 'CreateProgram') return create(command, state);
    if (state.kind === 'unknown') return refuse('program-unknown', 'There is no such programme.');
    switch (command.type) {
      case 'ChangeRule':
        return isActive(state)
          ? refuse('program-active', `${state.programName} is active: pause it to change its rule.`)
          : [{ type: 'RuleChanged', rule: command.rule }];
      case 'ActivateProgram':
        return activate(state);
      case 'PauseProgram': {
        if (!isActive(state)) return refuse('program-not-active', `${state.programName} is not active.`);
        const { pausedBy, reason } = command;
        const data = { programName: state.programName, pausedBy, ...(reason !== undefined && { reason }) };
        return [{ type: 'LoyaltyProgramPaused', data }];
      }
    }
  },
};

type Decision = readonly ProgramEvent[] | Refusal<ProgramRefusal>;

function create(command: CreateProgram, state: Program): Decision {
  if (state.kind === 'known') return refuse('program-exists', `${state.programName} exists already.`);
  const { businessId, programName, createdBy, rule, templateId } = command;
  return [
    {
      type: 'LoyaltyProgramCreated',
      businessId,
      ...(rule && { rule }),
      data: {
        programName,
        programStatus: 'DRAFT',
        createdBy,
        ...(templateId !== undefined && { templateId }),
      },
    },
  ];
}

function activate(state: KnownProgram): Decision {
  const { programName, rule } = state;
  if (isActive(state)) return refuse('program-active', `${programName} is active already.`);
  if (!rule) return refuse('program-without-rule', `${programName} has no rule by which it awards points.`);
  return [{ type: 'LoyaltyProgramActivated', data: { programName, ruleType: rule.type, ruleConfig: rule } }];
}

function isActive({ status }: KnownProgram): boolean {
  return status === 'ACTIVE';
}
