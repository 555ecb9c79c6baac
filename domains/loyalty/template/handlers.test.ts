import { templateConsumer } from '@chirograph/generated/loyalty/consumers/template';
import * as samples from '@chirograph/generated/loyalty/samples';
import { expect, it } from 'vitest';
import { serviceTest } from '../service-test.ts';
import { templateHandlers, templateUsage } from './handlers.ts';

it('counts uses, and those that changed the settings', async () => {
  const { bus, loyalty, log, read, said } = serviceTest();
  await templateConsumer(bus, bus, templateHandlers(log)).start();
  const templateId = '8d116ece-1738-47d9-bd9c-172411e20b8f';
  for (const customized of [true, false]) {
    const data = { templateId, templateName: 'Starter', customized };
    await loyalty.loyaltyTemplateUsed(samples.loyaltyTemplateUsed.sample({ data }));
  }
  expect(await read(templateUsage, templateId)).toEqual({ templateName: 'Starter', uses: 2, customized: 1 });
  expect(said).toEqual(['Starter: used once', 'Starter: used 2 times']);
});
