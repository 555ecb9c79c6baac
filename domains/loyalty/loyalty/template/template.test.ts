import { specification } from '@chirograph/runtime/testing';
import { describe, it } from 'vitest';
import { type DefineTemplate, type TemplateEvent, template } from './template.ts';

const given = specification(template);
const define: DefineTemplate = {
  type: 'DefineTemplate',
  templateId: 't-1',
  templateName: 'Coffee shop starter',
  industry: 'COFFEE',
  rule: { type: 'PUNCH_CARD', punchesRequired: 10 },
};
const defined: TemplateEvent = { ...define, type: 'TemplateDefined' };
const use = { type: 'UseTemplate', businessId: 'b-1', programId: 'p-1', customized: true } as const;
const used: TemplateEvent = {
  type: 'LoyaltyTemplateUsed',
  data: {
    templateId: 't-1',
    templateName: 'Coffee shop starter',
    businessId: 'b-1',
    programId: 'p-1',
    customized: true,
    industry: 'COFFEE',
  },
};

describe('a template', () => {
  it('is defined', () => given().when(define).then(defined));
  it('is defined once', () => given(defined).when(define).refuses('template-exists'));
  it('is used, any number of times', () => given(defined, used).when(use).then(used));
  it('has to exist to be used', () => given().when(use).refuses('template-unknown'));
});
