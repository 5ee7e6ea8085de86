import { UserError } from '../core/errors.ts';
import type { Form } from '../inputs/form.ts';
import type { CommonInputs } from '../inputs/registry.ts';
import { readCaFile } from '../ports/certificates.ts';

/** PEM text of `ca-file`; what is wrong with the file is a problem of the form. */
export async function readExtraCa(form: Form, { caFile }: CommonInputs): Promise<string | undefined> {
  if (caFile === undefined) return undefined;
  try {
    return await readCaFile(caFile);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    form.problem('ca-file', error);
    return undefined;
  }
}
