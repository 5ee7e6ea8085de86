import type { CheckInputs } from '../../inputs/check.ts';
import type { CheckReport } from '../../report/check-report.ts';
import { environment } from '../runner.ts';
import type { CheckEvent } from './event.ts';
import type { Network } from './lazy.ts';
import type { FoundFile } from './found-files.ts';

/** All that there is to tell, and the ways to tell it. */
export interface Publication {
  readonly report: CheckReport;
  readonly files: readonly FoundFile[];
  readonly inputs: CheckInputs;
  readonly event: CheckEvent;
  readonly network: Network;
  /** Sentences about this run. */
  readonly notices: readonly string[];
}

/** Where the documentation of this version is, when the runner says where the action came from. */
export function documentationBase(): string | undefined {
  const repository = environment('GITHUB_ACTION_REPOSITORY');
  const ref = environment('GITHUB_ACTION_REF') ?? 'HEAD';
  if (repository === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./-]+$/.test(ref)) return undefined;
  return `${environment('GITHUB_SERVER_URL') ?? 'https://github.com'}/${repository}/blob/${ref}`;
}
