import { runAction } from '../run.ts';
import { tag } from './main.ts';

await runAction(tag);
