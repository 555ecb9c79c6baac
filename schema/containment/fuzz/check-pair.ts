import type { JsonValue } from '../../json/json-value.ts';
import type { Containment } from '../containment.ts';
import { decideContainment } from '../decide-containment.ts';
import { compileValidate } from '../verify.ts';
import { CROWD, instancesOf, valuesNear } from './instance.ts';
import type { SchemaPair } from './schema-pair.ts';

/** What a verdict came to under scrutiny; `counterexample` is set only where it is wrong. */
export interface Scrutiny {
  readonly verdict: Containment;
  readonly counterexample?: JsonValue;
}

/** Decides a pair and looks among many values for one that, by Ajv, refutes the verdict. */
export function checkPair({ sub, sup, dialect }: SchemaPair, decide = decideContainment): Scrutiny {
  const verdict = decide(sub, sup, { dialect });
  if (verdict.kind === 'undecided') return { verdict };
  const accepts = compileValidate({ schema: sub, dialect, assertFormats: true });
  const alsoAccepts = compileValidate({ schema: sup, dialect, assertFormats: true });
  if (typeof accepts === 'string' || typeof alsoAccepts === 'string') return { verdict };
  const separates = (value: JsonValue) => accepts(value) === true && alsoAccepts(value) === false;
  if (verdict.kind === 'not-contained') {
    return separates(verdict.witness) ? { verdict } : { verdict, counterexample: verdict.witness };
  }
  const values = [...CROWD, ...valuesNear(sub), ...valuesNear(sup), ...instancesOf(sub, dialect)];
  const counterexample = values.find(separates);
  return counterexample === undefined ? { verdict } : { verdict, counterexample };
}
