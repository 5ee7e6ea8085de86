/*
 * Everything of `check` that asks registries, in a file of its own: it is loaded only when something is asked, because an
 * offline check of a small repository takes less time than loading it.
 */
export { openRegistries } from '../registry.ts';
export { Asker, questionKey } from './ask.ts';
