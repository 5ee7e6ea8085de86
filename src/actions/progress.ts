import { endProgress, progress } from './print.ts';

/** Long work says where it is this often, in milliseconds. */
const EVERY = 5000;
const EVERY_IN_TERMINAL = 100;

/** Counts what is done and tells it: a line every five seconds, in a terminal one line that is kept up to date. */
export interface Progress {
  readonly done: (name: string) => void;
  readonly end: () => void;
}

/** @param total how many images there are */
export function startProgress(total: number): Progress {
  let count = 0;
  let last = '';
  const tell = (): void => progress(`${count} of ${total} images resolved${last === '' ? '' : `, last ${last}`}`);
  const timer = setInterval(tell, process.stdout.isTTY ? EVERY_IN_TERMINAL : EVERY);
  timer.unref();
  return {
    done: (name) => {
      count += 1;
      last = name;
    },
    end: () => {
      clearInterval(timer);
      endProgress();
    },
  };
}
