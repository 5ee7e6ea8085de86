import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  inspectImage,
  isAttestation,
  isIndexType,
  openRegistries,
  parseConfig,
  startTrace
} from "./part-registry-authorizer.js";
import "./part-registry-retry.js";
import {
  formatPlatform
} from "./part-core-platform.js";
import "./part-actions-version.js";
import "./part-ports-certificates.js";
import {
  canonicalRegistry,
  familiarNameOf,
  familiarReference,
  formatReference,
  withDefaultTag
} from "./part-core-reference-problem.js";
import "./part-actions-runner.js";
import "./part-registry-credential-file.js";
import "./part-ports-paths.js";
import {
  LIMITS
} from "./part-core-limits.js";
import "./part-undici.js";
import "./part-stubs-undici.js";
import "./part-ports-transport-error.js";
import {
  UserError
} from "./part-core-json.js";
import "./part-shared.js";

// src/actions/check/ask.ts
function questionKey(reference) {
  return formatReference(withDefaultTag({ ...reference, registry: canonicalRegistry(reference.registry) }));
}
var VERSIONS = 10;
var Asker = class {
  #client;
  #signal;
  #isMoving;
  #versions = VERSIONS;
  constructor(client, signal, isMoving) {
    this.#client = client;
    this.#signal = signal;
    this.#isMoving = isMoving;
  }
  /** What the registry says of the reference. */
  async ask(reference) {
    const location = this.#client.locate(reference);
    try {
      const facts = await this.#facts(location, withDefaultTag(reference));
      return facts === void 0 ? cannotRead(reference) : { kind: "facts", facts };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { kind: "unanswered", registry: reference.registry, reason: reasonOf(reference, error) };
    }
  }
  /** Undefined when nothing can be read. */
  async #facts(location, reference) {
    const { tag, digest } = reference;
    const named = tag === void 0 ? void 0 : await this.#client.head(location, tag, startTrace());
    if (digest === void 0) {
      return named === void 0 ? void 0 : { tag: await this.#describe(location, reference, named) };
    }
    const pin = await this.#pin(location, digest, named);
    if (pin === void 0) return void 0;
    if (named !== void 0) return { pin, tag: tagFacts(named) };
    return tag === void 0 ? { pin } : { pin, tagIsGone: true };
  }
  /** What a digest is; undefined when the repository cannot be read, so that nothing can be said. */
  async #pin(location, digest, named) {
    if (named?.digest === digest) return { kind: "present" };
    const found = await this.#client.head(location, digest, startTrace());
    if (found !== void 0) {
      const isChild = named !== void 0 && isIndexType(named.mediaType) && !isIndexType(found.mediaType);
      return isChild ? this.#child(location, named.digest, digest) : { kind: "present" };
    }
    if (await this.#isConfig(location, digest)) return { kind: "image-id" };
    return named !== void 0 || await this.#isReadable(location) ? { kind: "gone" } : void 0;
  }
  /** By the digest of the index, not by the tag again: the tag may move in between (SAFETY.md T16). */
  async #child(location, index, digest) {
    const read = await this.#client.get(location, index, startTrace());
    if (read?.manifest.kind !== "index") return { kind: "present" };
    const entry = read.manifest.manifests.find((one) => one.digest === digest);
    if (entry === void 0 || isAttestation(entry)) return { kind: "present" };
    return { kind: "child", platform: entry.platform === void 0 ? "one platform" : formatPlatform(entry.platform) };
  }
  /** Whether the registry has a blob of this digest that reads like a config: then it is an image ID. */
  async #isConfig(location, digest) {
    try {
      const size = await this.#client.blobSize(location, digest, startTrace());
      if (size === void 0 || size > LIMITS.configBytes) return false;
      const bytes = await this.#client.blob(location, digest, startTrace());
      return bytes !== void 0 && parseConfig(bytes).platform !== void 0;
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  }
  /** Whether anything of the repository can be read: only then a 404 means that the digest is gone. */
  async #isReadable(location) {
    const question = {
      method: "GET",
      path: `${location.repository}/tags/list?n=1`,
      headers: { accept: "application/json" },
      maxBytes: LIMITS.tagsPageBytes,
      what: "list of tags"
    };
    const answer = await this.#client.session.ask(location, question, startTrace());
    return answer.response.status === 200;
  }
  /** The version behind a moving tag, where it can be had; that it cannot takes nothing from the digest. */
  async #describe(location, reference, named) {
    const facts = tagFacts(named);
    if (!this.#isMoving(reference.tag ?? "latest") || this.#versions === 0) return facts;
    this.#versions -= 1;
    try {
      const found = await this.#client.get(location, named.digest, startTrace());
      if (found === void 0) return facts;
      const image = { found, digest: found.digest, image: void 0, config: void 0 };
      const { version, created } = await inspectImage(this.#client, location, reference, image, startTrace());
      return {
        ...facts,
        ...version === void 0 ? {} : { version },
        ...created === void 0 ? {} : { created }
      };
    } catch (error) {
      if (!(error instanceof UserError) || this.#signal.aborted) throw error;
      return facts;
    }
  }
};
function tagFacts({ digest, mediaType }) {
  const kind = isIndexType(mediaType) ? "index" : "manifest";
  return { digest, kind };
}
function cannotRead(reference) {
  return { kind: "unanswered", registry: reference.registry, reason: hidden(reference) };
}
function hidden(reference) {
  return `"${familiarReference(reference)}" was not found, or "${familiarNameOf(reference)}" needs credentials`;
}
function reasonOf(reference, error) {
  const { code, message } = error;
  return code === "unauthorized" || code === "not-found" ? hidden(reference) : `${message} (${code})`;
}
export {
  Asker,
  openRegistries,
  questionKey
};
