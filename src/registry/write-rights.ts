import type { Attempt, Need, Target } from './attempt.ts';
import type { Credential, FindCredential } from './credential.ts';
import type { Refusal } from './failure.ts';
import { identityOf } from './token-store.ts';

/** Why a token for writing was refused, and to whom. */
export interface RefusedWrite {
  readonly refusal: Refusal;
  /** Source of the login. */
  readonly source: string;
}

/**
 * Which logins of a run that writes may only read. Its reads are asked for with the token for writing, which is needed
 * anyway; where that is refused, or does not even read (REGISTRIES.md Q68), with one for reading and the same login.
 */
export class WriteRights {
  readonly #findCredential: FindCredential;
  /** Tokens that were refused where reading is allowed. */
  readonly #refused = new Map<string, RefusedWrite>();

  constructor(findCredential: FindCredential) {
    this.#findCredential = findCredential;
  }

  /** The login for a need: of the repository that is read, also when another one's token will do. */
  credentialOf({ registry, repository, access, plain }: Need): Promise<Credential> {
    return plain === undefined || plain.repository === repository
      ? this.#findCredential(registry, repository, access)
      : this.#findCredential(registry, plain.repository, 'pull');
  }

  /** Why writing is known to be refused; undefined when that is not known. */
  async refusedWrite(need: Need): Promise<RefusedWrite | undefined> {
    return this.#refused.get(keyOf(need, need.repository, await this.credentialOf(need)));
  }

  /** Asks for no token for writing where that is known to be useless, or belongs to another login. */
  async begin(attempt: Attempt): Promise<void> {
    const { plain, target, credential } = attempt;
    if (plain === undefined) return;
    // Without any login there is nothing that a smaller token would be asked for with.
    if (credential.kind === 'anonymous') attempt.plain = undefined;
    else if (this.#refused.has(keyOf(target, plain.repository, credential))) toPlain(attempt, plain);
    else if (plain.repository !== target.repository) {
      const writer = await this.#findCredential(target.registry, target.repository, target.access);
      if (identityOf(writer) !== identityOf(credential)) toPlain(attempt, plain);
    }
  }

  /** Goes on with a token for reading. @returns whether there is one to ask for */
  giveUp(attempt: Attempt): boolean {
    const { plain, target, credential, refusal } = attempt;
    if (plain === undefined) return false;
    if (refusal !== undefined) {
      const key = keyOf(target, plain.repository, credential);
      attempt.refusedWrite = { key, refused: { refusal, source: credential.source } };
    }
    toPlain(attempt, plain);
    return true;
  }

  /** The attempt has read what it was to read. */
  succeeded({ refusedWrite }: Attempt): void {
    if (refusedWrite !== undefined) this.#refused.set(refusedWrite.key, refusedWrite.refused);
  }
}

function toPlain(attempt: Attempt, plain: Target): void {
  attempt.target = plain;
  attempt.plain = undefined;
  attempt.refreshed = false;
  attempt.refusal = undefined;
}

function keyOf({ registry, repository, from }: Target, read: string, { source }: Credential): string {
  return [registry, repository, from, read, source].join('\n');
}
