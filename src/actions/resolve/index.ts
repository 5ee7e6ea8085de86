import { runAction } from '../run.ts';

// Only now the rest is loaded: a signal in the meantime is heard.
await runAction(async (run) => {
  const { resolve } = await import('./main.ts');
  return resolve(run);
});
