import fc from 'fast-check';

/** The same samples in every run, so that a red test is about the change at hand. `FC_SEED=7 npm test` looks elsewhere. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 1) });
