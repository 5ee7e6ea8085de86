import { runAction } from '../run.ts';
import { check } from './main.ts';

await runAction(check);
