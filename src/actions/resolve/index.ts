import { runAction } from '../run.ts';
import { resolve } from './main.ts';

await runAction(resolve);
