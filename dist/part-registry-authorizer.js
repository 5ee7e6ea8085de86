import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  TIMING,
  backoff,
  decideRetry,
  isRetryableStatus,
  parseRetryAfter,
  reasonOf
} from "./part-registry-retry.js";
import {
  formatPlatform,
  isPlatformPart,
  normalisePlatform,
  samePlatform
} from "./part-core-platform.js";
import {
  VERSION
} from "./part-actions-version.js";
import {
  certificateFolders,
  createCertificates
} from "./part-ports-certificates.js";
import {
  algorithmOf,
  canonicalRegistry,
  digestOf,
  familiarReference,
  matchesDigest,
  parseReference,
  readDigest,
  withDefaultTag
} from "./part-core-reference-problem.js";
import {
  clipped,
  environment,
  hideSecret,
  quoted,
  warnOnce,
  workspaceFolder
} from "./part-actions-runner.js";
import {
  canonicalHost,
  findLogin,
  helpersFor,
  parseCredentialFile,
  serverUrl
} from "./part-registry-credential-file.js";
import {
  isReallyInside
} from "./part-ports-paths.js";
import {
  LIMITS
} from "./part-core-limits.js";
import {
  Connections,
  addressClass,
  bareHostname,
  chooseProxy,
  import_pool,
  mayBeNamedBy,
  proxyEnvironment,
  proxySecrets
} from "./part-undici.js";
import {
  attemptTimeout,
  codeOf,
  exchangeError,
  tooLarge,
  truncated,
  wantsHttps
} from "./part-ports-transport-error.js";
import {
  TransportError,
  UserError,
  isObject,
  listProperty,
  numberProperty,
  parseJson,
  property,
  textMapProperty,
  textProperty
} from "./part-core-json.js";

// src/actions/registry.ts
import { homedir } from "node:os";

// src/ports/credentials.ts
import { stat } from "node:fs/promises";
import { join as join2 } from "node:path";

// src/registry/credential.ts
var ANONYMOUS = { kind: "anonymous", source: "anonymous" };

// src/ports/buildx-scopes.ts
import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";
async function findScopes(base, registry, repository, access) {
  const host = canonicalHost(registry) === "docker.io" ? "registry-1.docker.io" : registry;
  const granted = access === "push" ? /* @__PURE__ */ new Set(["pull", "push"]) : /* @__PURE__ */ new Set(["pull"]);
  const parent = posix.join(host, posix.dirname(repository));
  const [ofRepository, ofHost] = await Promise.all([
    foldersFor(base, parent, posix.basename(repository), granted),
    foldersFor(base, ".", host, granted)
  ]);
  return [...ofRepository, ...ofHost].map((name) => ({ name, file: join(base, name, "config.json") }));
}
async function foldersFor(base, parent, name, granted) {
  const found = (await namesIn(join(base, parent))).flatMap((folder) => {
    const [main, ...rest] = folder.split("@");
    const actions = rest.join("@").split(",").map((action) => action.trim()).filter((action) => action !== "");
    return main === name && actions.every((action) => granted.has(action)) ? [{ folder, actions: actions.length }] : [];
  });
  return found.toSorted((a, b) => b.actions - a.actions).map(({ folder }) => posix.join(parent, folder));
}
async function namesIn(folder) {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

// src/ports/credential-source.ts
import { readFile } from "node:fs/promises";
var MAX_FILE_BYTES = 4 * 1024 * 1024;
function createFileReader(options) {
  const known3 = /* @__PURE__ */ new Map();
  return (path, required) => {
    const kept = known3.get(path) ?? read(path, required, options);
    known3.set(path, kept);
    return kept;
  };
}
async function read(path, required, options) {
  const text = await textOf(path, required, options.warn);
  if (text === void 0) return void 0;
  if (options.workspace !== void 0 && await isReallyInside(options.workspace, path)) {
    options.warn(
      `${path} is ignored: credentials are not read from inside the workspace, which a pull request can write`
    );
    return void 0;
  }
  const file = parseCredentialFile(text);
  for (const warning of file.warnings) options.warn(`${path}: ${warning}; it is left out`);
  return file;
}
async function textOf(path, required, warn) {
  try {
    const bytes = await readFile(path);
    if (bytes.length <= MAX_FILE_BYTES) return bytes.toString("utf8");
    warn(`${path} is ignored: it is larger than ${MAX_FILE_BYTES} bytes`);
  } catch (error) {
    const code = codeOf(error);
    const absent = code === "ENOENT" || code === "ENOTDIR";
    if (required || !absent) warn(`${path} cannot be read (${code})`);
  }
  return void 0;
}

// src/ports/credentials.ts
function createCredentialFinder(options) {
  for (const secret of [options.input?.password, options.githubToken]) {
    if (secret !== void 0 && secret !== "") options.onSecret(secret);
  }
  const context = {
    ...options,
    read: createFileReader({ workspace: options.workspace, warn: onceEach(options.warn) })
  };
  const helpers = helperCalls(context);
  const sources = [
    fromInput(options),
    fromVariable(context),
    fromRegistryAuthFile(context, helpers),
    fromBuildx(context, helpers),
    fromDockerConfig(context, helpers),
    fromContainers(context, helpers),
    fromGithubToken(options)
  ];
  const find = async (question) => {
    for (const source of sources) {
      const found = await source(question);
      if (found !== void 0) return found;
    }
    return ANONYMOUS;
  };
  const answered = /* @__PURE__ */ new Map();
  return (registry, repository, access) => {
    const key = `${registry}/${repository} ${access}`;
    const answer = answered.get(key) ?? find({ registry, repository, access });
    answered.set(key, answer);
    return answer;
  };
}
function onceEach(warn) {
  const told = /* @__PURE__ */ new Set();
  return (text) => {
    if (told.has(text)) return;
    told.add(text);
    warn(text);
  };
}
function fromInput({ input }) {
  return async ({ registry }) => {
    if (input === void 0 || input.password === "") return void 0;
    if (input.registry !== void 0 && canonicalHost(input.registry) !== canonicalHost(registry)) return void 0;
    return { kind: "basic", username: input.username, password: input.password, source: "inputs" };
  };
}
function fromVariable({ environment: environment2, warn, onSecret }) {
  let parsed;
  return async ({ registry, repository }) => {
    const text = environment2["DOCKER_AUTH_CONFIG"] ?? "";
    if (text === "") return void 0;
    if (parsed === void 0) {
      parsed = parseCredentialFile(text);
      for (const warning of parsed.warnings) warn(`DOCKER_AUTH_CONFIG: ${warning}; it is left out`);
    }
    return credentialOf(findLogin(parsed, registry, repository, "docker"), "DOCKER_AUTH_CONFIG", onSecret);
  };
}
function fromRegistryAuthFile(context, helpers) {
  return async (question) => {
    const path = context.environment["REGISTRY_AUTH_FILE"] ?? "";
    if (path === "") return void 0;
    const file = await context.read(path, true);
    return fromFile(file, question, "REGISTRY_AUTH_FILE", "containers", context, helpers);
  };
}
function fromBuildx(context, helpers) {
  const { environment: environment2 } = context;
  const base = join2(environment2["BUILDX_CONFIG"] || join2(dockerFolder(context), "buildx"), "config");
  let present;
  return async (question) => {
    if (/^(?:1|t|true)$/i.test(environment2["DOCKER_LOGIN_SCOPE_DISABLED"] ?? "")) return void 0;
    present ??= stat(base).then(
      () => true,
      () => false
    );
    if (!await present) return void 0;
    for (const scope of await findScopes(base, question.registry, question.repository, question.access)) {
      const file = await context.read(scope.file, false);
      const found = await fromFile(file, question, `buildx scope ${scope.name}`, "docker", context, helpers);
      if (found !== void 0) return found;
    }
    return void 0;
  };
}
function fromDockerConfig(context, helpers) {
  const path = join2(dockerFolder(context), "config.json");
  return async (question) => {
    const file = await context.read(path, false);
    return fromFile(file, question, `docker config ${question.registry}`, "docker", context, helpers);
  };
}
function dockerFolder({ environment: environment2, home }) {
  return environment2["DOCKER_CONFIG"] || join2(home, ".docker");
}
function fromContainers(context, helpers) {
  return async (question) => {
    for (const path of containersFiles(context)) {
      const file = await context.read(path, false);
      const found = await fromFile(file, question, "containers auth.json", "containers", context, helpers);
      if (found !== void 0) return found;
    }
    return void 0;
  };
}
function containersFiles({ environment: environment2, home, platform, uid }) {
  const run = environment2["XDG_RUNTIME_DIR"] || (uid === void 0 ? "" : join2("/run/containers", String(uid)));
  const runFolder = environment2["XDG_RUNTIME_DIR"] ? join2(run, "containers") : run;
  const configuration = environment2["XDG_CONFIG_HOME"] || join2(home, ".config");
  return [
    ...platform === "linux" && run !== "" ? [join2(runFolder, "auth.json")] : [],
    join2(configuration, "containers", "auth.json")
  ];
}
function fromGithubToken({ githubToken }) {
  return async ({ registry }) => {
    if (githubToken === void 0 || githubToken === "" || canonicalHost(registry) !== "ghcr.io") return void 0;
    return { kind: "basic", username: "x-access-token", password: githubToken, source: "github-token" };
  };
}
async function fromFile(file, question, source, style, context, helpers) {
  if (file === void 0) return void 0;
  for (const name of helpersFor(file, question.registry)) {
    const login = await helpers(name, serverUrl(question.registry));
    if (login !== void 0) return credentialOf(login, `credential helper ${name}`, context.onSecret);
  }
  return credentialOf(findLogin(file, question.registry, question.repository, style), source, context.onSecret);
}
function helperCalls(context) {
  const known3 = /* @__PURE__ */ new Map();
  const warn = onceEach(context.warn);
  const call = async (name, server) => {
    const { askHelper } = await import("./part-ports-credential-helper.js");
    const result = await askHelper(name, server, context);
    if (result.kind === "failed") {
      warn(`credential helper ${JSON.stringify(name)} ${result.why}; going on without it`);
      return void 0;
    }
    return result.kind === "none" ? void 0 : result.login;
  };
  return (name, server) => {
    const key = `${name} ${server}`;
    const kept = known3.get(key) ?? call(name, server);
    known3.set(key, kept);
    return kept;
  };
}
function credentialOf(login, source, onSecret) {
  if (login === void 0) return void 0;
  for (const secret of login.secrets) onSecret(secret);
  return login.kind === "basic" ? { kind: "basic", username: login.username, password: login.password, source } : { kind: login.kind, token: login.token, source };
}

// src/ports/exchange.ts
var FIRST_CUT_STATUS = 300;
function exchange(pool, options, names, limits, signal) {
  return new Promise((resolve, reject) => {
    const running = new Exchange(new Reading(options.method, names, limits), { resolve, reject });
    running.watch(signal, limits.attemptTimeout);
    try {
      pool.dispatch(options, running);
    } catch (error) {
      running.onResponseError(null, error);
    }
  });
}
var DONE = new Error("the exchange is done");
var Exchange = class {
  #reading;
  #outcome;
  #controller;
  /** Why nothing more is wanted. */
  #ended;
  #unwatch = () => void 0;
  constructor(reading, outcome) {
    this.#reading = reading;
    this.#outcome = outcome;
  }
  /** Ends the exchange when the signal aborts or its wall clock has run out, wherever it is. */
  watch(signal, milliseconds) {
    const onAbort = () => this.#giveUp(reasonOf(signal));
    const onTimeout = () => this.#giveUp(attemptTimeout(this.#reading.progress, milliseconds));
    const timer = setTimeout(onTimeout, milliseconds);
    signal.addEventListener("abort", onAbort, { once: true });
    this.#unwatch = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    };
  }
  onRequestStart(controller) {
    this.#controller = controller;
    if (this.#ended === void 0) this.#reading.progress.sent = true;
    else controller.abort(this.#ended);
  }
  onResponseStart(_, status, headers) {
    if (status < 200) return;
    const refused2 = this.#reading.begin(status, headers);
    if (refused2 !== void 0) this.#giveUp(refused2);
  }
  onResponseData(controller, chunk) {
    if (this.#ended !== void 0) return;
    const state = this.#reading.take(chunk);
    if (state === "more") return;
    if (state === "cut") {
      this.#succeed();
      controller.abort(DONE);
    } else this.#giveUp(state);
  }
  onResponseEnd() {
    const fault = this.#reading.finish();
    if (fault !== void 0) this.#fail(fault);
    else queueMicrotask(() => setImmediate(() => this.#succeed()));
  }
  onResponseError(_, error) {
    this.#fail(exchangeError(error, this.#reading.progress));
  }
  #giveUp(error) {
    this.#fail(error);
    this.#controller?.abort(error);
  }
  #succeed() {
    if (this.#end(DONE)) this.#outcome.resolve(this.#reading.answer());
  }
  #fail(error) {
    if (this.#end(error)) this.#outcome.reject(error);
  }
  /** Whether it had not ended before. */
  #end(reason) {
    if (this.#ended !== void 0) return false;
    this.#ended = reason;
    this.#unwatch();
    return true;
  }
};
var Reading = class {
  progress;
  #head;
  #limits;
  #status = 0;
  #headers = /* @__PURE__ */ new Map();
  #chunks = [];
  constructor(method, names, limits) {
    this.progress = { ...names, sent: false, started: false, received: 0 };
    this.#head = method === "HEAD";
    this.#limits = limits;
  }
  /** Takes the head; a length that is too much is refused before a byte of it is read. */
  begin(status, headers) {
    this.#status = status;
    this.progress.started = true;
    for (const [name, value] of Object.entries(headers)) {
      if (value !== void 0) this.#headers.set(name.toLowerCase(), typeof value === "string" ? [value] : value);
    }
    const length = this.#announcedLength();
    if (length === void 0 || this.#cuts() || length <= this.#limits.maxBytes) return void 0;
    return this.#tooLarge();
  }
  take(chunk) {
    const most = this.#cuts() ? Math.min(this.#limits.errorBytes, this.#limits.maxBytes) : this.#limits.maxBytes;
    const room = most - this.progress.received;
    this.progress.received += chunk.length;
    if (chunk.length <= room) {
      this.#chunks.push(chunk);
      return "more";
    }
    if (!this.#cuts()) return this.#tooLarge();
    this.#chunks.push(chunk.subarray(0, room));
    return "cut";
  }
  finish() {
    const length = this.#announcedLength();
    if (length === void 0 || length === this.progress.received) return void 0;
    return truncated(this.progress, length);
  }
  answer() {
    return { status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks) };
  }
  #cuts() {
    return this.#status >= FIRST_CUT_STATUS;
  }
  #tooLarge() {
    return tooLarge(this.progress.host, this.progress.what, this.#limits.maxBytes);
  }
  /** Content-Length, where it says how long the body of this answer is. */
  #announcedLength() {
    const [length, ...more] = this.#headers.get("content-length") ?? [];
    if (this.#head || this.#status === 204 || this.#status === 304) return void 0;
    return length !== void 0 && more.length === 0 && /^[0-9]{1,15}$/.test(length) ? Number(length) : void 0;
  }
};

// src/ports/name-lookup.ts
import { lookup } from "node:dns";
var KEPT = 1e4;
function createLookUp(now = () => performance.now()) {
  const known3 = /* @__PURE__ */ new Map();
  return (hostname) => {
    const kept = known3.get(hostname);
    if (kept !== void 0 && now() < kept.until) return kept.addresses;
    const addresses = lookUpAll(hostname);
    known3.set(hostname, { until: now() + KEPT, addresses });
    addresses.catch(() => known3.delete(hostname));
    return addresses;
  };
}
function lookUpAll(hostname) {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
}
function socketLookup(lookUp, check) {
  return (hostname, options, callback) => {
    lookUp(hostname).then((addresses) => {
      for (const { address } of addresses) check(address);
      return addresses;
    }).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, first?.address ?? "", first?.family);
      },
      (error) => callback(Error.isError(error) ? error : new Error(String(error)), [])
    );
  };
}

// src/ports/routes.ts
var MAX_STREAMS = 128;
var KEEP_ALIVE = 15e3;
var MAX_HEADER_SIZE = 64 * 1024;
var Routes = class {
  #options;
  #lookUp = createLookUp();
  #routes = /* @__PURE__ */ new Map();
  #retired = /* @__PURE__ */ new Set();
  /** The class of the address at which a host has been reached; the public one when there are several. */
  #classes = /* @__PURE__ */ new Map();
  constructor(options) {
    this.#options = options;
  }
  /** The route to a server. @throws TransportError `registry-refused` when its address is written and not allowed. */
  to(destination) {
    const { url, proxy, connectTimeout } = destination;
    const word = foreignWord(destination);
    const check = this.#checkFor(url, word);
    check(bareHostname(url));
    const forward = proxy !== void 0 && url.protocol === "http:";
    const origin = forward ? proxy.url : new URL(url.origin);
    const trust = word === void 0 ? "trusted" : `${word} ${this.#classOf(word)}`;
    const key = `${trust} ${forward ? "forward" : "direct"} ${origin.origin} ${connectTimeout ?? ""}`;
    const known3 = this.#routes.get(key);
    if (known3 !== void 0) return known3;
    const { limits, tls } = this.#options;
    const connections = new Connections({
      origin,
      connectTimeout: Math.min(limits.connectTimeout, connectTimeout ?? Infinity),
      // The proxy's own address is nobody's word but the user's.
      lookup: socketLookup(this.#lookUp, forward ? () => void 0 : check),
      tls: async () => await tls?.(origin.host) ?? {},
      onConnected: (address) => word === void 0 && !forward ? this.#learn(bareHostname(url), address) : void 0,
      ...proxy === void 0 || forward ? {} : { tunnel: (signal) => this.#tunnel(origin, proxy, signal) }
    });
    const route = { connections, pool: createPool(origin, connections, limits) };
    this.#routes.set(key, route);
    return route;
  }
  /** Gives the next request another connection; other requests on this one go on to their own end. */
  retire(route) {
    for (const [key, known3] of this.#routes) {
      if (known3 !== route) continue;
      this.#routes.delete(key);
      this.#retired.add(route);
      void route.pool.close().then(() => {
        route.connections.close();
        this.#retired.delete(route);
      });
    }
  }
  async close() {
    const all = [...this.#routes.values(), ...this.#retired];
    this.#routes.clear();
    for (const { connections } of all) connections.close();
    await Promise.all(all.map(({ pool }) => pool.destroy()));
  }
  /** Throws for an address that a server named by the registry must not have; a name passes, to be looked up. */
  #checkFor(url, word) {
    if (word === void 0) return () => void 0;
    const registryClass = this.#classOf(word);
    return (address) => {
      const found = addressClass(address);
      if (found !== void 0 && !mayBeNamedBy(found, registryClass)) throw refused(url, address, word);
    };
  }
  /** A registry that was never reached counts as public: it may name public servers only. */
  #classOf(registry) {
    const hostname = hostnameOf(registry);
    return addressClass(hostname) ?? this.#classes.get(hostname) ?? "public";
  }
  #learn(hostname, address) {
    const found = addressClass(address);
    if (found === void 0 || this.#classes.has(hostname) && found !== "public") return;
    this.#classes.set(hostname, found);
  }
  async #tunnel(origin, proxy, signal) {
    const { openTunnel } = await import("./part-ports-tunnel.js");
    const { userAgent, limits, tls } = this.#options;
    const material = proxy.url.protocol === "https:" ? await tls?.(proxy.url.host) : void 0;
    return openTunnel(origin, proxy, { timeout: limits.connectTimeout, userAgent, tls: material ?? {}, signal });
  }
};
function foreignWord({ url, onWordOf }) {
  return onWordOf === void 0 || hostnameOf(onWordOf) === bareHostname(url) ? void 0 : onWordOf;
}
function createPool(origin, connections, limits) {
  return new import_pool.default(origin.origin, {
    connect: connections.connect,
    connections: limits.inFlightPerRegistry,
    pipelining: 1,
    // The wall clock of the exchange is the limit: these would not end a drip or a flood of 1xx.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE,
    keepAliveMaxTimeout: 4 * KEEP_ALIVE,
    maxHeaderSize: MAX_HEADER_SIZE,
    allowH2: true,
    h2Options: { maxConcurrentStreams: MAX_STREAMS }
  });
}
function hostnameOf(registry) {
  const url = URL.parse(`https://${registry}`);
  return url === null ? registry : bareHostname(url);
}
function refused(url, address, registry) {
  const at = address === bareHostname(url) ? "an address" : `${address}, an address`;
  return new TransportError(
    "registry-refused",
    `${url.host} is not asked: the registry ${registry} names it, and it is at ${at} that this registry has no business with`,
    `If ${url.host} really belongs to ${registry}, add ${registry}=${url.host} to the input auth-hosts.`,
    false
  );
}

// src/ports/http.ts
function createTransport(options) {
  const limits = { ...LIMITS, ...options.limits };
  const routes = new Routes({ ...options, limits });
  const send = async (request, signal) => {
    if (signal.aborted) throw reasonOf(signal);
    const { url, what } = request;
    if (url.protocol !== "https:" && url.protocol !== "http:") throw unsupported(url);
    const proxy = chooseProxy(options.proxy ?? {}, url);
    const route = routes.to({ url, proxy, onWordOf: request.onWordOf, connectTimeout: request.connectTimeout });
    const wire = wireRequest(request, options.userAgent, proxy);
    const names = { host: url.host, what, plain: url.protocol === "http:" };
    try {
      const answer = await exchange(
        route.pool,
        wire,
        names,
        {
          ...limits,
          maxBytes: request.maxBytes,
          attemptTimeout: Math.min(limits.attemptTimeout, request.attemptTimeout ?? Infinity)
        },
        signal
      );
      if (proxy !== void 0 && answer.status === 407) throw (await import("./part-ports-tunnel.js")).proxyWantsLogin(proxy);
      return await responseOf(request, answer, limits.errorBytes);
    } catch (error) {
      if (error instanceof TransportError && error.code === "timeout") routes.retire(route);
      throw error;
    }
  };
  const preconnect = (url, count = 1) => {
    try {
      routes.to({ url, proxy: chooseProxy(options.proxy ?? {}, url) }).connections.preopen(count);
    } catch {
    }
  };
  return { send, preconnect, close: () => routes.close() };
}
function wireRequest(request, userAgent, proxy) {
  const { method, url, body } = request;
  const forward = proxy !== void 0 && url.protocol === "http:";
  const path = `${url.pathname}${url.search}`;
  return {
    method,
    path: forward ? `${url.origin}${path}` : path,
    headers: {
      ...request.headers,
      "accept-encoding": "identity",
      "user-agent": userAgent,
      ...forward ? { host: url.host } : {},
      ...forward && proxy.authorization !== void 0 ? { "proxy-authorization": proxy.authorization } : {}
    },
    reset: false,
    ...body === void 0 ? {} : { body }
  };
}
async function responseOf(request, answer, errorBytes) {
  const { status, headers } = answer;
  const body = await plainBody(request, answer, errorBytes);
  const misdirected = wantsHttps(request.url, status, body);
  if (misdirected !== void 0) throw misdirected;
  return { status, header: (name) => headers.get(name) ?? [], body };
}
async function plainBody({ url, what, maxBytes }, answer, errorBytes) {
  const { status, headers, body } = answer;
  const encoding = (headers.get("content-encoding") ?? []).join(",").trim().toLowerCase();
  if (encoding === "" || encoding === "identity" || body.length === 0) return body;
  const { decode } = await import("./part-ports-content-encoding.js");
  if (status < FIRST_CUT_STATUS) return decode(body, encoding, maxBytes, url.host, what);
  return decode(body, encoding, Math.min(errorBytes, maxBytes), url.host, what).catch(() => new Uint8Array());
}
function unsupported(url) {
  return new TransportError(
    "registry-refused",
    `${url.protocol} URLs are not asked, only https: and http:`,
    "The registry named this URL: ask whoever runs it.",
    false
  );
}

// src/core/media-type.ts
var OCI_INDEX = "application/vnd.oci.image.index.v1+json";
var OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
var DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
var DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
var SCHEMA_1 = /* @__PURE__ */ new Set([
  "application/vnd.docker.distribution.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v1+prettyjws"
]);
var GENERIC = /* @__PURE__ */ new Set([
  "",
  "application/json",
  "application/octet-stream",
  "binary/octet-stream",
  "text/plain"
]);
var MANIFEST_ACCEPT = [OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST].join(", ");
function mediaTypeOf(contentType) {
  if (contentType === void 0) return "";
  const semicolon = contentType.indexOf(";");
  return (semicolon < 0 ? contentType : contentType.slice(0, semicolon)).trim().toLowerCase();
}
function isIndexType(mediaType) {
  return mediaType === OCI_INDEX || mediaType === DOCKER_LIST;
}
function isManifestType(mediaType) {
  return mediaType === OCI_MANIFEST || mediaType === DOCKER_MANIFEST;
}
function isSchema1Type(mediaType) {
  return SCHEMA_1.has(mediaType);
}
function isGenericType(mediaType) {
  return GENERIC.has(mediaType);
}

// src/registry/error-body.ts
var CODE = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;
var TEXT_MEMBERS = ["message", "Message", "error_description", "details", "detail", "error", "title"];
var CODE_MEMBERS = ["code", "Code", "error"];
function errorText(body) {
  const text = new TextDecoder().decode(body.subarray(0, LIMITS.errorBytes)).trim();
  const json = parseJson(text);
  const said = json === void 0 ? readMarkup(text) : readJson(json);
  const message = clipped(onOneLine(said.message === "" ? text : said.message), LIMITS.errorShownCharacters);
  return said.code !== void 0 && CODE.test(said.code) ? { code: said.code, message } : { message };
}
function onOneLine(text) {
  return text.replaceAll(/[\s\p{C}\p{Z}]+/gu, " ").trim();
}
function readJson(value) {
  if (typeof value === "string") return { message: value };
  const list = Array.isArray(value) ? value : listProperty(value, "errors");
  return list.map(readEntry).find((entry) => entry.message !== "") ?? readEntry(value);
}
function readEntry(value) {
  if (typeof value === "string") return { message: value };
  if (!isObject(value)) return { message: "" };
  const inner = property(value, "error");
  if (isObject(inner)) return readEntry(inner);
  const code = CODE_MEMBERS.map((name) => textProperty(value, name)).find(
    (text) => text !== void 0 && CODE.test(text)
  );
  const texts = TEXT_MEMBERS.map((name) => textProperty(value, name));
  const message = texts.find((text) => text !== void 0 && text.trim() !== "") ?? code ?? "";
  return code === void 0 || code === message ? { message } : { code, message };
}
function readMarkup(text) {
  if (!text.startsWith("<")) return { message: text };
  const lower = text.toLowerCase();
  const message = elementOf(text, lower, "message") ?? elementOf(text, lower, "title") ?? elementOf(text, lower, "h1");
  const code = elementOf(text, lower, "code");
  const shown = message ?? withoutTags(text);
  return code === void 0 ? { message: shown } : { code, message: shown };
}
function elementOf(text, lower, name) {
  const open = lower.indexOf(`<${name}`);
  const start = open < 0 ? -1 : lower.indexOf(">", open);
  const end = start < 0 ? -1 : lower.indexOf(`</${name}`, start);
  if (end < 0) return void 0;
  const found = withoutTags(text.slice(start + 1, end)).trim();
  return found === "" ? void 0 : found;
}
function withoutTags(text) {
  const parts = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("<", at);
    if (open < 0) break;
    parts.push(text.slice(at, open));
    const close = text.indexOf(">", open);
    at = close < 0 ? text.length : close + 1;
  }
  return decodeEntities([...parts, text.slice(at)].join(" "));
}
var ENTITIES = /* @__PURE__ */ new Map([
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#39;", "'"],
  ["&apos;", "'"],
  ["&nbsp;", " "],
  ["&amp;", "&"]
]);
function decodeEntities(text) {
  return text.replaceAll(/&(?:lt|gt|quot|#39|apos|nbsp|amp);/g, (entity) => ENTITIES.get(entity) ?? entity);
}

// src/registry/quirks.ts
var REGISTRY_ROWS = [
  {
    name: "Docker Hub",
    hosts: ["docker.io"],
    api: "registry-1.docker.io",
    tokenEndpoint: { realm: "https://auth.docker.io/token", service: "registry.docker.io" },
    authHosts: ["auth.docker.io"],
    headIsDefinite: true,
    tagApi: "docker-hub",
    countsReads: true,
    login: "docker/login-action with the account name and an access token",
    notes: "HEAD does not count as a pull, GET of a manifest does. Missing and private are both answered with 401. `find-tags` also asks hub.docker.com."
  },
  {
    name: "GitHub Container Registry",
    hosts: ["ghcr.io"],
    tokenEndpoint: { realm: "https://ghcr.io/token", service: "ghcr.io" },
    sharedAnonymousToken: true,
    headIsDefinite: true,
    tagApi: "github",
    login: "nothing to do with `permissions: packages: read`: the job token is used",
    notes: "Repository names are lower-case although owners need not be. Missing and private are told alike. `find-tags` also asks api.github.com."
  },
  {
    name: "LinuxServer.io",
    hosts: ["lscr.io"],
    tokenEndpoint: { realm: "https://ghcr.io/token", service: "ghcr.io" },
    authHosts: ["ghcr.io"],
    sharedAnonymousToken: true,
    headIsDefinite: true,
    login: "not needed: everything is public",
    notes: "A front of ghcr.io."
  },
  {
    name: "Amazon ECR",
    hosts: [
      "*.dkr.ecr.*.amazonaws.com",
      "*.dkr.ecr-fips.*.amazonaws.com",
      "*.dkr.ecr.*.amazonaws.com.cn",
      "*.dkr-ecr.*.on.aws",
      "*.dkr-ecr-fips.*.on.aws"
    ],
    basic: true,
    headIsDefinite: true,
    pageSize: 1e3,
    login: "aws-actions/amazon-ecr-login, docker/login-action or the ecr-login credential helper",
    notes: "Logins end after 12 hours. An immutable tag is refused even for the digest that it has."
  },
  {
    name: "Amazon ECR Public",
    hosts: ["public.ecr.aws"],
    tokenEndpoint: { realm: "https://public.ecr.aws/token", service: "public.ecr.aws" },
    headIsDefinite: true,
    inFlight: 8,
    login: "not needed for public images; amazon-ecr-login with `registry-type: public` raises the limit",
    notes: "One request a second without a login. A stale login is refused for public images too."
  },
  {
    name: "Google Artifact Registry and gcr.io",
    hosts: ["gcr.io", "*.gcr.io", "*-docker.pkg.dev", "*.pkg.dev"],
    tokenEndpoint: { realm: "https://{host}/v2/token", service: "{host}" },
    headIsDefinite: true,
    login: "google-github-actions/auth and `gcloud auth configure-docker`, or user `oauth2accesstoken`",
    notes: "The list of tags holds every digest, so `find-tags` costs one request."
  },
  {
    name: "Azure Container Registry",
    hosts: ["*.azurecr.io", "*.azurecr.cn", "*.azurecr.us"],
    tokenEndpoint: { realm: "https://{host}/oauth2/token", service: "{host}" },
    headIsDefinite: true,
    login: "`az acr login`, or docker/login-action with a service principal or a token",
    notes: "Anonymous pull is off unless it was switched on."
  },
  {
    name: "Microsoft Artifact Registry",
    hosts: ["mcr.microsoft.com"],
    openToAnonymous: true,
    headIsDefinite: true,
    login: "not needed: everything is public",
    notes: "Asks for no token at all."
  },
  {
    name: "Quay",
    hosts: ["quay.io"],
    tokenEndpoint: { realm: "https://quay.io/v2/auth", service: "quay.io" },
    openToAnonymous: true,
    headIsDefinite: true,
    inFlight: 8,
    tagApi: "quay",
    login: "docker/login-action with a robot account (`namespace+robot`)",
    notes: "A few requests a second. Digests that no tag holds are deleted."
  },
  {
    name: "GitLab.com",
    hosts: ["registry.gitlab.com"],
    tokenEndpoint: { realm: "https://gitlab.com/jwt/auth", service: "container_registry" },
    authHosts: ["gitlab.com"],
    headIsDefinite: true,
    login: "docker/login-action with a deploy token or a personal token with `read_registry`",
    notes: "The token server is another host; self-managed installations name theirs with `auth-hosts`."
  },
  {
    name: "Kubernetes",
    hosts: ["registry.k8s.io"],
    openToAnonymous: true,
    headIsDefinite: true,
    login: "not needed: everything is public",
    notes: "Redirects to regional mirrors."
  },
  {
    name: "Chainguard",
    hosts: ["cgr.dev"],
    tokenEndpoint: { realm: "https://cgr.dev/token", service: "cgr.dev" },
    headIsDefinite: true,
    login: "the `chainctl` credential helper or a pull token",
    notes: "Thousands of tags in a repository: `find-tags` looks at the most plausible ones."
  },
  {
    name: "Red Hat",
    hosts: ["registry.access.redhat.com", "registry.redhat.io"],
    headWithoutDigest: true,
    login: "registry.redhat.io wants a service account (`number|name`)",
    notes: "Sends no digest header: the manifest is read and hashed."
  },
  {
    name: "Elastic",
    hosts: ["docker.elastic.co"],
    tokenEndpoint: { realm: "https://docker-auth.elastic.co/auth", service: "token-service" },
    authHosts: ["docker-auth.elastic.co"],
    headIsDefinite: true,
    login: "not needed: everything is public",
    notes: "The token server is another host."
  },
  {
    name: "DigitalOcean",
    hosts: ["registry.digitalocean.com"],
    authHosts: ["api.digitalocean.com"],
    login: "docker/login-action with an API token as user and password",
    notes: "The token server is another host."
  },
  {
    name: "NVIDIA",
    hosts: ["nvcr.io"],
    tokenEndpoint: { realm: "https://nvcr.io/proxy_auth" },
    authHosts: ["authn.nvidia.com"],
    headIsDefinite: true,
    login: "docker/login-action with user `$oauthtoken` and an API key",
    notes: "The challenge names no service."
  }
];
function rowOf(registry) {
  if (!known.has(registry)) {
    known.set(
      registry,
      REGISTRY_ROWS.find((row) => row.hosts.some((pattern) => hostMatches(registry, pattern)))
    );
  }
  return known.get(registry);
}
var known = /* @__PURE__ */ new Map();
function hostMatches(host, pattern) {
  if (!pattern.includes("*")) return host === pattern;
  const labels = host.split(".");
  const wanted = pattern.split(".");
  if (labels.length < wanted.length) return false;
  if (labels.length > wanted.length && wanted[0] !== "*") return false;
  return wanted.every((want, index) => {
    const label = labels[index + labels.length - wanted.length] ?? "";
    if (want === "*") return label !== "";
    if (want.startsWith("*")) return label.endsWith(want.slice(1)) && label.length >= want.length;
    return label === want;
  });
}

// src/registry/failure.ts
function refusalOfLoad(answer, who, wallClock) {
  if (answer.status === 429) return rateLimited(answer, who, wallClock);
  const { text } = wordsOf(answer);
  return new UserError(
    "cannot-tell",
    `${who} answered ${answer.status}${text}`,
    answer.status >= 500 ? "Try again later, or look at the status page of the registry" : "Ask the operator of the registry"
  );
}
function rateLimited(answer, who, wallClock) {
  const retry = parseRetryAfter(answer.header("retry-after")[0], wallClock);
  const asks = retry.kind === "wait" ? `; it asks to wait ${duration(retry.milliseconds)}` : "";
  const limit = rateHeader(answer, "ratelimit-limit");
  const remaining = rateHeader(answer, "ratelimit-remaining");
  const reset = plainHeader(answer, "ratelimit-reset") ?? plainHeader(answer, "x-ratelimit-reset");
  const source = plainHeader(answer, "docker-ratelimit-source");
  const facts = [
    limit === void 0 ? "" : `limit ${limit}`,
    remaining === void 0 ? "" : `remaining ${remaining}`,
    reset === void 0 ? "" : `reset ${reset}`,
    source === void 0 ? "" : `counted for ${source}`
  ].filter((fact) => fact !== "");
  const { text } = wordsOf(answer);
  return new UserError(
    "rate-limited",
    `${who} answered 429, too many requests${text}${facts.length === 0 ? "" : ` (${facts.join(", ")})`}${asks}`,
    who.includes("docker.io") ? "Log in to Docker Hub with docker/login-action before this step: anonymous pulls are counted per address" : "Log in before this step, ask less often, or try again later"
  );
}
function plainHeader(answer, name) {
  const value = answer.header(name)[0]?.trim() ?? "";
  return /^[\w.:;=+, -]{1,64}$/.test(value) ? value : void 0;
}
function rateHeader(answer, name) {
  const value = plainHeader(answer, name);
  if (value === void 0) return void 0;
  const [count = "", ...parameters] = value.split(";");
  const window = parameters.map((parameter) => /^\s*w=(\d{1,9})\s*$/.exec(parameter)?.[1]).find((found) => found !== void 0);
  return window === void 0 ? count.trim() : `${count.trim()} in ${duration(Number(window) * 1e3)}`;
}
function duration(milliseconds) {
  if (milliseconds < 9e4) return `${Math.max(1, Math.round(milliseconds / 1e3))} s`;
  if (milliseconds < 54e5) return `${Math.round(milliseconds / 6e4)} min`;
  return `${Math.round(milliseconds / 36e5)} h`;
}
function wordsOf(answer) {
  const { code, message } = errorText(answer.body);
  const words = [code ?? "", message].filter((part) => part !== "").join(": ");
  return {
    text: words === "" ? "" : `: ${clipped(words, LIMITS.errorShownCharacters)}`,
    ...code === void 0 ? {} : { code }
  };
}
function refusalOf(answer, host) {
  return { status: answer.status, host, text: wordsOf(answer).text.replace(/^: /, "") };
}
function unauthorized(refusal, { location, tried, readsOnly }) {
  const { registry, repository } = location;
  const access = location.writes?.repository === repository ? "push" : "pull";
  const name = `${registry}/${repository}`;
  const said = `${refusal.host} answered ${refusal.status}${refusal.text === "" ? "" : `: ${refusal.text}`}`;
  const as = tried.map((source) => source === "anonymous" ? "anonymously" : `with the login from ${source}`);
  const what = access === "push" ? `no right to write to ${name}, ${readsOnly === true ? "which this login may read" : "or it does not exist"}` : `${name} does not exist or is private (the registry does not tell which)`;
  return new UserError(
    "unauthorized",
    `${what}; asked ${as.join(", then ")}; ${said}`,
    hintFor(isGitHub(registry, refusal) ? "ghcr.io" : registry, readsOnly === true ? "push alone" : access, tried)
  );
}
function isGitHub(registry, { text }) {
  return registry === "ghcr.io" || /\b(?:read|write)_package\b|\bnot allowed to \w+ organization package/i.test(text);
}
function hintFor(registry, access, tried) {
  if (registry === "ghcr.io") {
    const right = access === "pull" ? "read" : "write";
    const fork = access === "pull" ? "have no access to private packages" : "and GitHub Apps cannot write packages";
    return `Give the job permissions: packages: ${right}, and give this repository access under "Manage Actions access" in the settings of the package. Pull requests from forks ${fork}.`;
  }
  const login = rowOf(registry)?.login ?? "docker/login-action, or the inputs registry, username and password";
  if (tried.every((source) => source === "anonymous")) return `Check the spelling, or log in first: ${login}`;
  if (access === "push alone") return `Use a login that may push there: ${login}`;
  return `Check the spelling and whether this login may ${access === "push" ? "push" : "read"} there: ${login}`;
}

// src/registry/head-trust.ts
var API_VERSION = "docker-distribution-api-version";
var HeadTrust = class {
  #proven = /* @__PURE__ */ new Set();
  #named = /* @__PURE__ */ new Set();
  #unnamed = /* @__PURE__ */ new Set();
  #pages = /* @__PURE__ */ new Set();
  /** Looks at an answer for a manifest. */
  note(registry, method, { status, header }) {
    const isNamed = header(API_VERSION).length > 0;
    if (method === "GET" && isNamed) this.#named.add(registry);
    if (method !== "HEAD") return;
    if (status === 200) this.#proven.add(registry);
    if (status !== 404) return;
    if (!isNamed) this.#unnamed.add(registry);
    if (mediaTypeOf(header("content-type")[0]) === "text/html") this.#pages.add(registry);
  }
  /** Whether a 404 on HEAD has to be confirmed by GET. */
  isDoubtful(registry) {
    if (rowOf(registry)?.headIsDefinite === true || this.#proven.has(registry)) return false;
    return this.#pages.has(registry) || this.#named.has(registry) && this.#unnamed.has(registry);
  }
};

// src/registry/location.ts
function locate(reference, mappings) {
  const registry = canonicalRegistry(reference.registry);
  const name = `${registry}/${reference.repository}`;
  const fitting = mappings.filter(({ from }) => name === from || name.startsWith(`${from}/`)).toSorted((one, other) => other.from.length - one.from.length)[0];
  if (fitting === void 0) return { registry, repository: reference.repository };
  const mapped = fitting.to + name.slice(fitting.from.length);
  const slash = mapped.indexOf("/");
  return { registry: canonicalRegistry(mapped.slice(0, slash)), repository: mapped.slice(slash + 1) };
}
function apiHost(registry) {
  return rowOf(registry)?.api ?? registry;
}
function hostnameOf2(registry) {
  const bracket = registry.indexOf("]");
  if (registry.startsWith("[") && bracket > 0) return registry.slice(1, bracket);
  const colon = registry.indexOf(":");
  return colon < 0 ? registry : registry.slice(0, colon);
}
function isLoopbackName(registry) {
  const host = hostnameOf2(registry).toLowerCase();
  if (host === "localhost" || host.endsWith(".localhost") || host === "::1") return true;
  return /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

// src/core/manifest.ts
var IMAGE_CONFIGS = /* @__PURE__ */ new Set([
  "application/vnd.oci.image.config.v1+json",
  "application/vnd.docker.container.image.v1+json",
  "application/vnd.docker.container.image.rootfs.diff+x86_64"
]);
var DOCKER_1_10_CONFIG = "application/octet-stream";
function parseManifest(bytes, mediaType) {
  if (mediaType === "text/html") throw notManifest("it is a web page", " (text/html)");
  const body = parseJson(bytes);
  if (!isObject(body)) throw notManifest(`it is no JSON object (Content-Type ${quoted(mediaType, 100)})`);
  if (isSchema1Type(mediaType) || numberProperty(body, "schemaVersion") === 1) throw schema1();
  const type = decideType(body, mediaType);
  const base = readBase(body, type);
  return isIndexType(type) || !isManifestType(type) && Array.isArray(property(body, "manifests")) ? readIndex(body, base) : readImage(body, base);
}
function notManifest(why, type = "") {
  return new UserError(
    "cannot-tell",
    `the answer is not a manifest${type}: ${why}`,
    "Check that the host is a registry and that no proxy or login page answers in its place"
  );
}
function schema1() {
  return new UserError(
    "cannot-tell",
    "the registry serves this image as schema 1, which is deprecated and whose digest cannot be used to pull",
    "Push the image again with a current client"
  );
}
function decideType(body, header) {
  const own = textProperty(body, "mediaType")?.toLowerCase();
  const looksIndex = Array.isArray(property(body, "manifests"));
  const looksImage = Array.isArray(property(body, "layers")) || isObject(property(body, "config"));
  if (looksIndex && looksImage) throw notManifest("it is an index and an image manifest at once");
  const named = own === "" ? void 0 : own;
  const type = isGenericType(header) ? named : header;
  if (named !== void 0 && named !== type) {
    throw notManifest(`it is sent as ${quoted(header, 100)} but says it is ${quoted(named, 100)}`);
  }
  if (type !== void 0 && isIndexType(type) && looksImage) throw notManifest(`it is an index (${type}) with layers`);
  if (type !== void 0 && isManifestType(type) && looksIndex) {
    throw notManifest(`it is a manifest (${type}) that holds manifests`);
  }
  const isNamed = named !== void 0 || type !== void 0 && (isIndexType(type) || isManifestType(type));
  if (!isNamed && !looksIndex && !looksImage) throw notManifest("it holds neither manifests nor layers");
  return type ?? (looksIndex ? OCI_INDEX : OCI_MANIFEST);
}
function readBase(body, mediaType) {
  const subject = readDigest(textProperty(property(body, "subject"), "digest") ?? "");
  const artifactType = textProperty(body, "artifactType");
  return {
    mediaType,
    annotations: textMapProperty(body, "annotations"),
    ...subject === void 0 ? {} : { subject },
    ...artifactType === void 0 || artifactType === "" ? {} : { artifactType }
  };
}
function readIndex(body, base) {
  const entries = listProperty(body, "manifests");
  const manifests = entries.map(readDescriptor).filter((entry) => entry !== void 0);
  return { ...base, kind: "index", manifests, unsupported: entries.length - manifests.length };
}
function readImage(body, base) {
  const config = readDescriptor(property(body, "config"));
  const layers = listProperty(body, "layers").map(readDescriptor).filter((layer) => layer !== void 0);
  const isImage = config !== void 0 && isImageConfig(config, base) && base.artifactType === void 0;
  return { ...base, kind: isImage ? "manifest" : "artifact", layers, ...config === void 0 ? {} : { config } };
}
function isImageConfig({ mediaType }, base) {
  if (mediaType === DOCKER_1_10_CONFIG) return base.mediaType === DOCKER_MANIFEST;
  return IMAGE_CONFIGS.has(mediaType);
}
function readDescriptor(value) {
  const digest = readDigest(textProperty(value, "digest") ?? "");
  if (digest === void 0) return void 0;
  const platform = readPlatform(property(value, "platform"));
  const artifactType = textProperty(value, "artifactType");
  const size = numberProperty(value, "size") ?? 0;
  return {
    mediaType: textProperty(value, "mediaType") ?? "",
    digest,
    size: Number.isSafeInteger(size) && size > 0 ? size : 0,
    annotations: textMapProperty(value, "annotations"),
    ...platform === void 0 ? {} : { platform },
    ...artifactType === void 0 || artifactType === "" ? {} : { artifactType }
  };
}
function readPlatform(value) {
  const [os, architecture, variant, osVersion] = ["os", "architecture", "variant", "os.version"].map((name) => {
    const text = textProperty(value, name);
    return text === "" ? void 0 : text;
  });
  if (os === void 0 || architecture === void 0) return void 0;
  if (![os, architecture, variant, osVersion].every((part) => part === void 0 || isPlatformPart(part)))
    return void 0;
  return normalisePlatform({
    os,
    architecture,
    ...variant === void 0 ? {} : { variant },
    ...osVersion === void 0 ? {} : { osVersion }
  });
}
var ATTESTATION = "attestation-manifest";
var ATTESTATION_ARTIFACT = "application/vnd.docker.attestation.manifest.v1+json";
function isAttestation({ annotations, artifactType }) {
  return annotations.get("vnd.docker.reference.type") === ATTESTATION || artifactType === ATTESTATION_ARTIFACT;
}
function isPlatformImage(entry) {
  if (isAttestation(entry) || entry.artifactType !== void 0 || entry.platform === void 0) return false;
  return entry.platform.os !== "unknown" && entry.platform.architecture !== "unknown";
}
function parseConfig(bytes) {
  const body = parseJson(bytes);
  if (!isObject(body)) {
    throw new UserError("cannot-tell", "the config of the image is no JSON object", "Push the image again");
  }
  const platform = readPlatform(body);
  const created = textProperty(body, "created");
  const labels = textMapProperty(property(body, "config"), "Labels");
  if (labels.size > LIMITS.labels) {
    throw new UserError(
      "limit",
      `the config of the image has ${labels.size} labels, at most ${LIMITS.labels} are read`,
      "Leave out inspect for this image"
    );
  }
  return {
    labels,
    ...platform === void 0 ? {} : { platform },
    ...created === void 0 ? {} : { created }
  };
}

// src/registry/manifest-answer.ts
function mayBeCut({ response }, identifier) {
  if (response.status !== 200 || response.header("content-length").length > 0) return false;
  const said = readDigest(identifier) ?? readDigest(response.header("docker-content-digest")[0] ?? "");
  if (said !== void 0) return !matchesDigest(response.body, said);
  return mediaTypeOf(response.header("content-type")[0]) !== "text/html" && parseJson(response.body) === void 0;
}
function readManifest(location, identifier, answer) {
  const { body, header } = answer.response;
  const asked = readDigest(identifier);
  if (asked !== void 0 && !matchesDigest(body, asked))
    throw integrity(location, asked, digestOf(body, algorithmOf(asked)));
  const name = `${location.registry}/${location.repository}${asked === void 0 ? ":" : "@"}${identifier}`;
  if (mayBeCut(answer, identifier) && parseJson(body) === void 0) {
    const message = `${name}: the manifest is truncated after ${body.length} bytes, twice`;
    throw new UserError("network", message, "Run the job again; a proxy or the registry may cut long answers");
  }
  try {
    return parseManifest(body, mediaTypeOf(header("content-type")[0]));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.code, `${name}: ${error.message}`, error.hint, { cause: error });
  }
}
function readHead(answer, identifier) {
  const { response } = answer;
  const mediaType = mediaTypeOf(response.header("content-type")[0]);
  const digest = readDigest(response.header("docker-content-digest")[0] ?? "");
  const size = contentLength(answer);
  if (digest === void 0 || size === void 0 || !isIndexType(mediaType) && !isManifestType(mediaType))
    return void 0;
  const asked = readDigest(identifier);
  if (asked === void 0) return { digest, mediaType, size };
  if (asked !== digest && algorithmOf(asked) === algorithmOf(digest)) return void 0;
  return { digest: asked, mediaType, size };
}
function contentLength({ response }) {
  const text = response.header("content-length")[0] ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : void 0;
}
function integrity({ registry, repository }, asked, sent) {
  return new UserError(
    "integrity",
    `${registry}/${repository} was asked for ${asked} and sent something else: ${sent}`,
    "Do not use this image; a proxy or the registry changes what it stores"
  );
}

// src/registry/attempt.ts
function needOf({ registry, repository, writes }, method) {
  const plain = { registry, repository, access: "pull" };
  if (writes === void 0) return { ...plain, writes: false, plain: void 0 };
  const reads = method === "GET" || method === "HEAD";
  return { registry, access: "push", ...writes, writes: true, plain: reads ? { ...plain, isExact: true } : void 0 };
}
function newState(registry) {
  const row = rowOf(registry);
  return {
    row,
    mode: "unknown",
    endpoint: tableEndpoint(registry, row),
    challenge: void 0,
    probe: void 0,
    refusedSources: /* @__PURE__ */ new Map(),
    pinged: false
  };
}
function newAttempt({ writes, plain, ...target }, credential, trace) {
  return {
    target,
    writes,
    plain,
    refusedWrite: void 0,
    trace,
    credential,
    tried: [credential.source],
    refusal: void 0,
    refreshed: false,
    widened: false,
    bare: false,
    alone: false,
    isProbe: false
  };
}
function knownEndpoint({ row, endpoint }, { credential }) {
  return row?.openToAnonymous === true && credential.kind === "anonymous" ? void 0 : endpoint;
}
function leaveLogin(attempt, state, warn) {
  const { credential, target } = attempt;
  const refused2 = state.refusedSources.get(credential.source);
  refused2?.add(target.repository);
  if (refused2 === void 0) {
    state.refusedSources.set(credential.source, /* @__PURE__ */ new Set([target.repository]));
    warn(
      `${target.registry} refused the login from ${credential.source}; trying anonymously. Renew that login, or remove it when everything there is public.`
    );
  }
  attempt.credential = ANONYMOUS;
  attempt.trace.credential = ANONYMOUS.source;
  attempt.tried.push(ANONYMOUS.source);
}
function scopeOf({ repository, access }) {
  return { repository, actions: access === "push" ? ["pull", "push"] : ["pull"] };
}
function tableEndpoint(registry, row) {
  if (row?.tokenEndpoint === void 0) return void 0;
  const { realm, service } = row.tokenEndpoint;
  const url = new URL(realm.replace("{host}", registry));
  return {
    realm: { url, trusted: true },
    ...service === void 0 ? {} : { service: service.replace("{host}", registry) }
  };
}

// src/registry/challenge.ts
var KNOWN_SCHEMES = /* @__PURE__ */ new Set(["basic", "bearer", "digest", "negotiate", "ntlm"]);
function parseChallenges(headers) {
  return headers.filter((header) => header.length <= LIMITS.headerCharacters).flatMap(parseHeader);
}
function parseHeader(text) {
  const challenges = [];
  let parameters;
  let at = 0;
  while ((at = skip(text, at, isSeparator)) < text.length) {
    const name = skip(text, at, isTokenCharacter);
    const word = text.slice(at, name).toLowerCase();
    const equals = skip(text, name, isBlank);
    if (word !== "" && text[equals] === "=") {
      const { value, end } = readValue(text, skip(text, equals + 1, isBlank));
      if (value !== void 0 && parameters?.has(word) === false) parameters.set(word, value);
      at = end;
    } else if (word !== "" && (name === text.length || isSeparator(text.charAt(name)))) {
      parameters = /* @__PURE__ */ new Map();
      challenges.push({ scheme: word, parameters });
      at = skipToken68(text, name);
    } else {
      at = skip(text, name + 1, isWordCharacter);
    }
  }
  return challenges;
}
function skipToken68(text, at) {
  const start = skip(text, at, isBlank);
  const padding = skip(text, start, isToken68Character);
  const end = skip(text, skip(text, padding, isEqualsSign), isBlank);
  if (padding === start || end < text.length && text[end] !== ",") return at;
  return KNOWN_SCHEMES.has(text.slice(start, padding).toLowerCase()) ? at : end;
}
function readValue(text, at) {
  return text[at] === '"' ? readQuoted(text, at + 1) : readUnquoted(text, at);
}
function readQuoted(text, start) {
  const parts = [];
  let from = start;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '"') return { value: parts.join("") + text.slice(from, at), end: at + 1 };
    if (text[at] !== "\\") continue;
    parts.push(text.slice(from, at));
    at += 1;
    from = at;
  }
  return { value: void 0, end: text.length };
}
function readUnquoted(text, start) {
  let end = skip(text, start, isWordCharacter);
  while (text[end] === ",") {
    const word = skip(text, end + 1, isTokenCharacter);
    const isAlone = word > end + 1 && (word === text.length || text[word] === ",");
    if (!isAlone || KNOWN_SCHEMES.has(text.slice(end + 1, word).toLowerCase())) break;
    end = word;
  }
  return { value: text.slice(start, end), end };
}
function skip(text, from, accepts) {
  let at = from;
  while (at < text.length && accepts(text.charAt(at))) at += 1;
  return at;
}
function isBlank(character) {
  return character === " " || character === "	";
}
function isSeparator(character) {
  return isBlank(character) || character === "," || character === ";";
}
function isWordCharacter(character) {
  return !isBlank(character) && character !== ",";
}
function isEqualsSign(character) {
  return character === "=";
}
function isTokenCharacter(character) {
  return /[\w!#$%&'*+.^`|~-]/.test(character);
}
function isToken68Character(character) {
  return /[\w.~+/-]/.test(character);
}

// src/registry/scope.ts
var ACTIONS = ["pull", "push", "delete"];
function formatScope({ repository, actions }) {
  return `repository:${repository}:${mergeActions(actions, []).join(",")}`;
}
function parseScopes(text) {
  return text.split(/[ \t]/).filter((part) => part !== "").map(parseScope);
}
function parseScope(text) {
  const first = text.indexOf(":");
  if (first < 0) return { type: text, name: "", actions: [] };
  const last = text.lastIndexOf(":");
  const type = text.slice(0, first);
  if (last === first) return { type, name: text.slice(first + 1), actions: [] };
  const actions = text.slice(last + 1).split(",");
  return { type, name: text.slice(first + 1, last), actions: actions.filter((action) => action !== "") };
}
function mergeActions(one, other) {
  return ACTIONS.filter((action) => one.includes(action) || other.includes(action));
}
function widenedScopes(challenge, own) {
  const scopes = parseScopes(challenge).flatMap(({ type, name, actions }) => {
    if (name === "") return [type];
    if (type !== "repository" || name !== own.repository) return [];
    const reads = !own.actions.includes("push");
    return [formatScope(reads ? own : { ...own, actions: mergeActions(own.actions, actions) })];
  });
  const known3 = formatScope(own);
  return scopes.every((scope) => scope === known3) ? void 0 : scopes;
}

// src/registry/exchange.ts
async function exchange2(wire, request, trace) {
  let started;
  let waited = 0;
  const timeLeft = () => {
    started ??= wire.timing.now();
    return LIMITS.requestTimeout - (wire.timing.now() - started);
  };
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOnce(wire, request, timeLeft, trace);
    const retryAfter = retryAfterOf(outcome, wire.timing);
    const done = "answer" in outcome ? !isRetryableStatus(outcome.answer.status) : !outcome.failure.retryable;
    const decision = done ? void 0 : decideRetry({
      attempt,
      retryAfter,
      waited,
      elapsed: LIMITS.requestTimeout - timeLeft(),
      random: wire.timing.random(),
      ..."answer" in outcome ? { status: outcome.answer.status } : {}
    });
    tellThrottle(wire, request, outcome, decision?.kind === "retry" ? decision.after : 0);
    if (decision === void 0 || decision.kind === "give-up") {
      if ("answer" in outcome) return outcome.answer;
      throw outcome.failure;
    }
    if (decision.asked) waited += decision.after;
    await wire.timing.sleep(decision.after, wire.signal);
  }
}
async function attemptOnce(wire, request, timeLeft, trace) {
  try {
    const isLarge = request.method === "GET" && request.maxBytes >= LIMITS.largeBodyBytes;
    const run = isLarge ? wire.throttle.runLarge.bind(wire.throttle) : wire.throttle.run.bind(wire.throttle);
    const answer = await run(request.url.host, wire.signal, () => {
      trace.requests += 1;
      return wire.send({ ...request, attemptTimeout: Math.max(1, timeLeft()) }, wire.signal);
    });
    return { answer };
  } catch (error) {
    if (error instanceof TransportError) return { failure: error };
    throw error;
  }
}
function retryAfterOf(outcome, timing) {
  if (!("answer" in outcome)) return { kind: "none" };
  return parseRetryAfter(outcome.answer.header("retry-after")[0], timing.wallClock());
}
function tellThrottle({ throttle, timing }, { url }, outcome, after) {
  const status = "answer" in outcome ? outcome.answer.status : 0;
  if (status === 429) throttle.slowDown(url.host, after > 0 ? after : backoff(1, timing.random()));
  else if (status === 0 || status >= 500) throttle.failed(url.host);
  else throttle.answered(url.host);
}
var NO_BODY = LIMITS.errorBytes;
function failingAtOnce(wire) {
  const send = async (request, signal) => {
    try {
      return await wire.send(request, signal);
    } catch (error) {
      if (!(error instanceof TransportError) || !error.mayBePlainHttp) throw error;
      throw new TransportError(error.code, error.message, error.hint, false, { cause: error, mayBePlainHttp: true });
    }
  };
  return { ...wire, send };
}

// src/registry/realm.ts
function checkRealm(text, asked, registry, authHosts) {
  const url = URL.parse(text, asked.href);
  if (url === null) throw refusedRealm(registry, printableRealm(text), "it is no URL");
  const shown = `${url.protocol}//${url.host}`;
  if (url.username !== "" || url.password !== "") throw refusedRealm(registry, shown, "it holds user information");
  const plain = url.protocol === "http:" && asked.protocol === "http:";
  if (url.protocol !== "https:" && !plain) {
    throw refusedRealm(registry, shown, `${asked.protocol}// registries are not sent to ${url.protocol}//`);
  }
  return { url, trusted: url.origin === asked.origin || isPair(registry, url, authHosts) };
}
function printableRealm(text) {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
function isPair(registry, realm, authHosts) {
  const host = realm.host.toLowerCase();
  if (authHosts.some((pair) => pair.registry === registry && pair.host === host)) return true;
  return realm.protocol === "https:" && (rowOf(registry)?.authHosts ?? []).includes(host);
}
function refusedRealm(registry, shown, why) {
  return new UserError(
    "registry-refused",
    `${registry} sends logins to ${shown}, which is refused: ${why}`,
    "Ask the operator of the registry to correct the realm of its WWW-Authenticate header"
  );
}
function untrustedRealm(registry, realm) {
  return new UserError(
    "registry-refused",
    `${registry} asks for its login to be sent to ${realm.host}, another host, which is refused`,
    `When ${realm.host} is the token server of ${registry}, allow it with auth-hosts: ${registry}=${realm.host}`
  );
}
function isOwnHost(url, registry) {
  const host = hostnameOf2(url.host).toLowerCase();
  return host === hostnameOf2(apiHost(registry)) || host === hostnameOf2(registry);
}

// src/registry/token.ts
var HEADER_SAFE = /^[!-~]+$/;
function parseToken(body, receivedAt) {
  const answer = parseJson(body);
  const value = [textProperty(answer, "token"), textProperty(answer, "access_token")].find(
    (text) => text !== void 0 && text !== ""
  );
  if (value === void 0 || !HEADER_SAFE.test(value)) return void 0;
  const expiresAt = receivedAt + lifetimeOf(numberProperty(answer, "expires_in"));
  return { value, renewAt: expiresAt - LIMITS.tokenRenewEarly, expiresAt };
}
function lifetimeOf(seconds) {
  if (seconds === void 0) return LIMITS.tokenLifetimeMin;
  return Math.min(Math.max(seconds * 1e3, LIMITS.tokenLifetimeMin), LIMITS.tokenLifetimeMax);
}

// src/registry/token-request.ts
var POST_UNKNOWN = /* @__PURE__ */ new Set([400, 401, 404, 405]);
async function requestToken(wire, question, trace) {
  const { endpoint, credential, registry } = question;
  if (credential.kind !== "anonymous" && !endpoint.realm.trusted) throw untrustedRealm(registry, endpoint.realm.url);
  if (credential.kind === "identity-token") {
    const answer = await exchange2(wire, postRequest(question, credential.token), trace);
    if (!POST_UNKNOWN.has(answer.status)) return readOutcome(wire, question, answer);
  }
  return readOutcome(wire, question, await exchange2(wire, getRequest(question), trace));
}
function endpointOf(bearer, url, registry, authHosts) {
  const realm = bearer?.parameters.get("realm") ?? "";
  if (bearer === void 0 || realm === "") return void 0;
  const service = bearer.parameters.get("service") ?? "";
  return { realm: checkRealm(realm, url, registry, authHosts), ...service === "" ? {} : { service } };
}
function getRequest({ endpoint, scopes, credential, registry }) {
  const url = new URL(endpoint.realm.url);
  if (endpoint.service !== void 0) url.searchParams.set("service", endpoint.service);
  url.searchParams.delete("scope");
  for (const scope of scopes) url.searchParams.append("scope", scope);
  const authorization = basicHeader(credential);
  return {
    method: "GET",
    url,
    headers: { accept: "application/json", ...authorization === void 0 ? {} : { authorization } },
    ...limitsOf(endpoint, registry)
  };
}
function postRequest({ endpoint, scopes, registry }, refreshToken) {
  const form = new URLSearchParams({ grant_type: "refresh_token", client_id: "image-digest" });
  if (endpoint.service !== void 0) form.set("service", endpoint.service);
  form.set("scope", scopes.join(" "));
  form.set("refresh_token", refreshToken);
  return {
    method: "POST",
    url: endpoint.realm.url,
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
    body: form.toString(),
    ...limitsOf(endpoint, registry)
  };
}
function limitsOf({ realm }, registry) {
  const guarded = !realm.trusted && !isOwnHost(realm.url, registry);
  return { maxBytes: LIMITS.tokenBytes, what: "token answer", ...guarded ? { onWordOf: registry } : {} };
}
function basicHeader(credential) {
  if (credential.kind === "basic") return `Basic ${base64(`${credential.username}:${credential.password}`)}`;
  if (credential.kind === "identity-token") return `Basic ${base64(`:${credential.token}`)}`;
  return void 0;
}
function base64(text) {
  return Buffer.from(text, "utf8").toString("base64");
}
function readOutcome({ timing }, { endpoint, registry }, answer) {
  const host = endpoint.realm.url.host;
  if (answer.status === 200) {
    const token = parseToken(answer.body, timing.now());
    if (token !== void 0) return { kind: "token", token };
    throw new UserError(
      "cannot-tell",
      `the token server ${host} of ${registry} answered without a token`,
      `Check that ${host} is the token server of ${registry} and that no login page answers in its place`
    );
  }
  if (answer.status === 429 || answer.status >= 500 || answer.status < 400) {
    throw refusalOfLoad(answer, `the token server ${host} of ${registry}`, timing.wallClock());
  }
  return { kind: "refused", status: answer.status, host, text: errorText(answer.body).message };
}

// src/registry/token-store.ts
var TokenStore = class {
  #wire;
  #findCredential;
  #onSecret;
  #registries = /* @__PURE__ */ new Map();
  #entries = /* @__PURE__ */ new Map();
  constructor(wire, findCredential, onSecret) {
    this.#wire = wire;
    this.#findCredential = findCredential;
    this.#onSecret = onSecret;
  }
  announce(registry, repository) {
    this.#registry(registry).announced.add(repository);
  }
  /** Forgets a token that was refused with 401, unless another request has put a newer one in its place already. */
  drop(refused2) {
    this.#forget(refused2);
  }
  /** A token of its own worked where one for several repositories had not: no more of those are asked for. */
  distrustSeveralScopes(registry) {
    this.#registry(registry).severalScopes = "refused";
  }
  /**
   * The token for a target, from the store or asked for now.
   * @param alone asks for this repository only
   * @throws as requestToken
   */
  async get(target, credential, endpoint, trace, alone = false) {
    const registry = this.#registry(target.registry);
    let asked = false;
    for (; ; ) {
      let entry = this.#usable(target, credential, endpoint);
      if (entry === void 0 || alone && entry.repositories.length > 1) {
        const started = await this.#start(target, credential, endpoint, trace, alone);
        entry = started.entry;
        asked = started.isNew && entry.repositories.length === 1;
      }
      const outcome = await entry.outcome;
      if (outcome.kind === "token" || entry.repositories.length === 1) return { outcome, entry, fresh: asked };
      registry.severalScopes = "refused";
      this.#forget(entry);
    }
  }
  /** A token for these very scopes, which then is the target's token. @throws as requestToken */
  async getFor(target, credential, endpoint, scopes, trace) {
    const entry = this.#ask(target, credential, endpoint, { scopes, repositories: [target.repository] }, trace);
    this.#entries.set(this.#keyOf(target, credential, endpoint), entry);
    return { outcome: await entry.outcome, entry, fresh: true };
  }
  /** A token that is there and will do; one that may push also reads. */
  #usable(target, credential, endpoint) {
    const own = this.#entries.get(this.#keyOf(target, credential, endpoint));
    const entry = own ?? this.#wider(target, credential, endpoint);
    if (entry === void 0) return void 0;
    if (entry.renewAt !== void 0 && this.#wire.timing.now() >= entry.renewAt) return void 0;
    const distrusted = this.#registry(target.registry).severalScopes === "refused";
    const several = entry.repositories.length > 1;
    return several && distrusted && entry.repositories[0] !== target.repository ? void 0 : entry;
  }
  #wider(target, credential, endpoint) {
    if (target.isExact === true) return void 0;
    return this.#entries.get(this.#keyOf({ ...target, access: "push" }, credential, endpoint));
  }
  /** Begins a token request for the target and, where that is possible, for announced repositories with it. */
  async #start(target, credential, endpoint, trace, alone) {
    const registry = this.#registry(target.registry);
    const building = registry.building.then(async () => {
      const meanwhile = this.#usable(target, credential, endpoint);
      if (meanwhile !== void 0 && !(alone && meanwhile.repositories.length > 1)) {
        return { entry: meanwhile, isNew: false };
      }
      const repositories = alone ? [target.repository] : await this.#batchOf(target, credential, endpoint);
      const scopes = repositories.map((repository) => formatScope({ repository, actions: actionsOf(target) }));
      if (target.from !== void 0) scopes.push(formatScope({ repository: target.from, actions: ["pull"] }));
      const entry = this.#ask(target, credential, endpoint, { scopes, repositories }, trace);
      for (const repository of repositories) {
        this.#entries.set(this.#keyOf({ ...target, repository }, credential, endpoint), entry);
      }
      return { entry, isNew: true };
    });
    registry.building = building.catch(() => void 0);
    return building;
  }
  #ask(target, credential, endpoint, { scopes, repositories }, trace) {
    const question = { registry: target.registry, endpoint, scopes, credential };
    const registry = this.#registry(target.registry);
    const send = async () => {
      const outcome2 = await requestToken(this.#wire, question, trace);
      if (outcome2.kind === "token") this.#onSecret(outcome2.token.value);
      return outcome2;
    };
    const several = repositories.length > 1;
    const outcome = several ? this.#inTurn(registry, send) : send();
    const entry = { outcome, repositories, renewAt: void 0 };
    outcome.then(
      (result) => {
        if (result.kind === "token") entry.renewAt = result.token.renewAt;
      },
      () => this.#forget(entry)
    );
    return entry;
  }
  /** The first batch of a registry goes alone; when it is refused the others are not even sent. */
  async #inTurn(registry, send) {
    if (registry.firstBatch === void 0) {
      registry.firstBatch = send();
      const outcome = await registry.firstBatch;
      if (registry.severalScopes === "untried") {
        registry.severalScopes = outcome.kind === "token" ? "granted" : "refused";
      }
      return outcome;
    }
    const first = registry.severalScopes === "untried" ? await registry.firstBatch : void 0;
    if (first?.kind === "refused") return first;
    return send();
  }
  #forget(entry) {
    for (const [key, other] of this.#entries) if (other === entry) this.#entries.delete(key);
  }
  /** The target's repository first, then up to nine announced ones that have the same credential and no token yet. */
  async #batchOf(target, credential, endpoint) {
    const registry = this.#registry(target.registry);
    const alone = rowOf(target.registry)?.singleScope === true || registry.severalScopes === "refused";
    if (alone || target.access === "push" || this.#sharesToken(target, credential)) return [target.repository];
    const batch = [target.repository];
    for (const repository of registry.announced) {
      if (batch.length >= LIMITS.scopesPerToken) break;
      if (repository === target.repository) continue;
      if (this.#entries.has(this.#keyOf({ ...target, repository }, credential, endpoint))) continue;
      const theirs = await this.#findCredential(target.registry, repository, target.access);
      if (credential.kind === "anonymous" || identityOf(theirs) === identityOf(credential)) batch.push(repository);
    }
    return batch;
  }
  #sharesToken(target, credential) {
    return credential.kind === "anonymous" && rowOf(target.registry)?.sharedAnonymousToken === true;
  }
  #keyOf(target, credential, { realm, service }) {
    const shared = this.#sharesToken(target, credential) && this.#registry(target.registry).severalScopes !== "refused";
    const need = shared && target.access === "pull" ? SHARED : needOf2(target);
    return `${ownerOf(target.registry, credential)}${realm.url.href}
${service ?? ""}
${need}`;
  }
  #registry(name) {
    const known3 = this.#registries.get(name);
    if (known3 !== void 0) return known3;
    const registry = {
      announced: /* @__PURE__ */ new Set(),
      severalScopes: "untried",
      firstBatch: void 0,
      building: Promise.resolve()
    };
    this.#registries.set(name, registry);
    return registry;
  }
};
var SHARED = "*";
function ownerOf(registry, credential) {
  return `${registry}
${identityOf(credential)}
`;
}
function identityOf(credential) {
  const secret = credential.kind === "registry-token" ? credential.token : basicHeader(credential) ?? "";
  return `${credential.kind} ${credential.source} ${secret}`;
}
function needOf2({ repository, access, from }) {
  return `${repository} ${access}${from === void 0 ? "" : ` ${from}`}`;
}
function actionsOf({ access }) {
  return access === "push" ? ["pull", "push"] : ["pull"];
}

// src/registry/write-rights.ts
var WriteRights = class {
  #findCredential;
  /** Tokens that were refused where reading is allowed. */
  #refused = /* @__PURE__ */ new Map();
  constructor(findCredential) {
    this.#findCredential = findCredential;
  }
  /** The login for a need: of the repository that is read, also when another one's token will do. */
  credentialOf({ registry, repository, access, plain }) {
    return plain === void 0 || plain.repository === repository ? this.#findCredential(registry, repository, access) : this.#findCredential(registry, plain.repository, "pull");
  }
  /** Why writing is known to be refused; undefined when that is not known. */
  async refusedWrite(need) {
    return this.#refused.get(keyOf(need, need.repository, await this.credentialOf(need)));
  }
  /** Asks for no token for writing where that is known to be useless, or belongs to another login. */
  async begin(attempt) {
    const { plain, target, credential } = attempt;
    if (plain === void 0) return;
    if (credential.kind === "anonymous") attempt.plain = void 0;
    else if (this.#refused.has(keyOf(target, plain.repository, credential))) toPlain(attempt, plain);
    else if (plain.repository !== target.repository) {
      const writer = await this.#findCredential(target.registry, target.repository, target.access);
      if (identityOf(writer) !== identityOf(credential)) toPlain(attempt, plain);
    }
  }
  /** Goes on with a token for reading. @returns whether there is one to ask for */
  giveUp(attempt) {
    const { plain, target, credential, refusal } = attempt;
    if (plain === void 0) return false;
    if (refusal !== void 0) {
      const key = keyOf(target, plain.repository, credential);
      attempt.refusedWrite = { key, refused: { refusal, source: credential.source } };
    }
    toPlain(attempt, plain);
    return true;
  }
  /** The attempt has read what it was to read. */
  succeeded({ refusedWrite }) {
    if (refusedWrite !== void 0) this.#refused.set(refusedWrite.key, refusedWrite.refused);
  }
};
function toPlain(attempt, plain) {
  attempt.target = plain;
  attempt.plain = void 0;
  attempt.refreshed = false;
  attempt.refusal = void 0;
}
function keyOf({ registry, repository, from }, read2, { source }) {
  return [registry, repository, from, read2, source].join("\n");
}

// src/registry/authorizer.ts
var NO_AUTHORIZATION = { kind: "none", fresh: false };
var Authorizer = class {
  /** Which logins may only read. */
  rights;
  #options;
  #tokens;
  #states = /* @__PURE__ */ new Map();
  constructor(options) {
    this.#options = options;
    this.#tokens = new TokenStore(options.wire, options.findCredential, options.onSecret);
    this.rights = new WriteRights(options.findCredential);
  }
  /** Tells which repositories will be read, so that their tokens are asked for together. */
  announce(registry, repository) {
    this.#tokens.announce(registry, repository);
  }
  async begin(need, trace) {
    const found = await this.rights.credentialOf(need);
    const { refusedSources } = this.#state(need.registry);
    const isRefused2 = !need.writes && refusedSources.get(found.source)?.has(need.repository) === true;
    const credential = isRefused2 ? ANONYMOUS : found;
    if (credential.kind === "basic") this.#options.onSecret((basicHeader(credential) ?? "").slice("Basic ".length));
    trace.credential = credential.source;
    const attempt = newAttempt(need, credential, trace);
    await this.rights.begin(attempt);
    return attempt;
  }
  /** How the first request of an attempt signs in; undefined when its login is known to be refused. */
  async first(attempt) {
    const state = this.#state(attempt.target.registry);
    for (; ; ) {
      const { credential } = attempt;
      if (credential.kind === "registry-token") {
        return { kind: "registry-token", header: `Bearer ${credential.token}`, fresh: true };
      }
      if (state.row?.basic === true || state.mode === "basic") return this.#basic(attempt);
      const endpoint = knownEndpoint(state, attempt);
      if (endpoint !== void 0) return this.#fromEndpoint(attempt, state, endpoint);
      if (state.mode !== "unknown") return NO_AUTHORIZATION;
      if (state.probe === void 0) {
        state.probe = Promise.withResolvers();
        attempt.isProbe = true;
        return NO_AUTHORIZATION;
      }
      await state.probe.promise;
    }
  }
  /** The first request of an attempt is over, with an answer or without: others need not wait for it any longer. */
  settle(attempt) {
    if (!attempt.isProbe) return;
    const state = this.#state(attempt.target.registry);
    if (state.mode === "unknown") state.mode = "open";
    attempt.isProbe = false;
    state.probe?.resolve();
  }
  /** The attempt ended with an answer that is no refusal. */
  succeeded(attempt) {
    if (attempt.alone) this.#tokens.distrustSeveralScopes(attempt.target.registry);
    this.rights.succeeded(attempt);
  }
  /** How to ask again after a 401 or 403; undefined when there is no other way. */
  async next(attempt, used, answer, url) {
    const state = this.#state(attempt.target.registry);
    attempt.bare ||= used.kind === "none";
    const challenges = answer.status === 401 ? parseChallenges(answer.header("www-authenticate")) : [];
    const bearer = challenges.find(({ scheme }) => scheme === "bearer");
    if (answer.status === 401) {
      const again = await this.#afterChallenge(attempt, used, { state, bearer, challenges, url });
      if (again !== void 0) return again;
    }
    attempt.refusal ??= refusalOf(answer, url.host);
    const endpoint = this.#endpointOf(bearer, url, attempt.target.registry) ?? state.endpoint;
    const mayHelp = endpoint !== void 0 && (used.kind === "none" || used.kind === "bearer");
    const plain = mayHelp ? await this.#plainly(attempt, endpoint) : void 0;
    return plain ?? this.#anonymously(attempt, state, endpoint);
  }
  /** With a token for reading, where one for writing was refused or does not read. */
  async #plainly(attempt, endpoint) {
    return this.rights.giveUp(attempt) ? this.#bearer(attempt, endpoint) : void 0;
  }
  async #afterChallenge(attempt, used, { state, bearer, challenges, url }) {
    if (used.kind === "bearer") return this.#afterToken(attempt, used, state, bearer, url);
    if (used.kind === "registry-token") return void 0;
    if (bearer !== void 0) return this.#fromChallenge(attempt, state, bearer, url);
    if (used.kind !== "none") return void 0;
    if (challenges.some(({ scheme }) => scheme === "basic")) {
      state.mode = "basic";
      this.settle(attempt);
      const basic = this.#basic(attempt);
      return basic.kind === "basic" ? basic : void 0;
    }
    return challenges.length === 0 ? this.#withoutChallenge(attempt, state) : void 0;
  }
  /** A token was refused: one that has ended is renewed once, another token server or scope is followed once. */
  async #afterToken(attempt, used, state, bearer, url) {
    const named = this.#endpointOf(bearer, url, attempt.target.registry);
    const isOther = named !== void 0 && named.realm.url.href !== state.endpoint?.realm.url.href;
    const error = bearer?.parameters.get("error");
    if (attempt.plain !== void 0 && (used.fresh || error === "insufficient_scope"))
      return this.#widen(attempt, bearer && { bearer, url });
    const several = (used.entry?.repositories.length ?? 1) > 1 && !attempt.alone;
    attempt.alone ||= several && (attempt.refreshed || error !== "invalid_token");
    const isFinal = used.fresh && !isOther && (error === "insufficient_scope" || attempt.refusedWrite !== void 0);
    if ((attempt.refreshed || isFinal) && !(several && attempt.alone))
      return this.#widen(attempt, bearer && { bearer, url });
    attempt.refreshed = true;
    if (used.entry !== void 0 && !attempt.alone) this.#tokens.drop(used.entry);
    const renewed = named === void 0 ? void 0 : await this.#bearer(attempt, named);
    if (renewed !== void 0 || state.endpoint === void 0) return renewed;
    return named === void 0 || isOther ? this.#bearer(attempt, state.endpoint) : void 0;
  }
  /** A 401 without any challenge: the table's token server, else the challenge of `/v2/` (REGISTRIES.md Q43). */
  async #withoutChallenge(attempt, state) {
    if (state.endpoint !== void 0) return this.#bearer(attempt, state.endpoint);
    if (state.pinged) return void 0;
    state.pinged = true;
    const { response, url } = await this.#options.ping(attempt.target.registry, attempt.trace);
    const challenges = parseChallenges(response.header("www-authenticate"));
    const bearer = challenges.find(({ scheme }) => scheme === "bearer");
    return bearer === void 0 ? void 0 : this.#fromChallenge(attempt, state, bearer, url);
  }
  async #fromChallenge(attempt, state, bearer, url) {
    const endpoint = this.#endpointOf(bearer, url, attempt.target.registry);
    if (endpoint === void 0) return void 0;
    state.endpoint ??= endpoint;
    state.challenge ??= { bearer, url };
    state.mode = "bearer";
    this.settle(attempt);
    return await this.#bearer(attempt, endpoint) ?? this.#widen(attempt, { bearer, url });
  }
  /** Asks once with the challenge's own scope where that is another one than ours (REGISTRIES.md Q44, Q58, Q143). */
  async #widen(attempt, named) {
    const endpoint = named === void 0 ? void 0 : this.#endpointOf(named.bearer, named.url, attempt.target.registry);
    const scopes = widenedScopes(named?.bearer.parameters.get("scope") ?? "", scopeOf(attempt.target));
    if (endpoint === void 0 || attempt.widened || scopes === void 0) return void 0;
    attempt.widened = true;
    const wider = await this.#tokens.getFor(attempt.target, attempt.credential, endpoint, scopes, attempt.trace);
    return this.#toBearer(attempt, wider);
  }
  async #anonymously(attempt, state, endpoint) {
    if (attempt.credential.kind === "anonymous" || attempt.writes) return void 0;
    if (endpoint === void 0 && attempt.bare) return void 0;
    leaveLogin(attempt, state, this.#options.warn);
    return endpoint === void 0 ? NO_AUTHORIZATION : this.#bearer(attempt, endpoint);
  }
  /**
   * A token from an endpoint that was not named by this request's own challenge; without one the request is sent bare,
   * but not where a login was refused that must not be left out.
   */
  async #fromEndpoint(attempt, state, endpoint) {
    const fromTable = state.mode === "unknown";
    if (fromTable) this.#options.preconnect(attempt.target.registry);
    try {
      const own = await this.#bearer(attempt, endpoint) ?? await this.#widen(attempt, state.challenge);
      const token = own ?? await this.#plainly(attempt, endpoint);
      if (token !== void 0) return token;
      const { credential, writes, refusal } = attempt;
      const isFinal = refusal?.status === 401 || refusal?.status === 403;
      if (credential.kind !== "anonymous" && writes) return isFinal ? void 0 : NO_AUTHORIZATION;
      if (credential.kind !== "anonymous") {
        leaveLogin(attempt, state, this.#options.warn);
        return await this.#bearer(attempt, endpoint) ?? NO_AUTHORIZATION;
      }
    } catch (error) {
      if (!fromTable || !(error instanceof TransportError)) throw error;
      state.endpoint = void 0;
    }
    return NO_AUTHORIZATION;
  }
  async #bearer(attempt, endpoint) {
    const found = await this.#tokens.get(attempt.target, attempt.credential, endpoint, attempt.trace, attempt.alone);
    return this.#toBearer(attempt, found);
  }
  #toBearer(attempt, { outcome, fresh, entry }) {
    if (outcome.kind === "token") return { kind: "bearer", header: `Bearer ${outcome.token.value}`, fresh, entry };
    attempt.refusal = outcome;
    return void 0;
  }
  #basic({ credential }) {
    const header = credential.kind === "basic" ? basicHeader(credential) : void 0;
    return header === void 0 ? NO_AUTHORIZATION : { kind: "basic", header, fresh: true };
  }
  #endpointOf(bearer, url, registry) {
    return endpointOf(bearer, url, registry, this.#options.authHosts);
  }
  #state(registry) {
    const known3 = this.#states.get(registry);
    if (known3 !== void 0) return known3;
    const state = newState(registry);
    this.#states.set(registry, state);
    return state;
  }
};

// src/registry/head-refusal.ts
var HeadRefusals = class {
  /** Whether GET is refused as well, by registry; asked once. */
  #refusesGet = /* @__PURE__ */ new Map();
  #alone = /* @__PURE__ */ new Set();
  /** Whether the registry is known to answer GET where it refuses HEAD. */
  isAlone(registry) {
    return this.#alone.has(registry);
  }
  /** What GET answers; undefined where it is known to be refused too, or counts as a pull. */
  async ask(registry, ask) {
    if (rowOf(registry)?.countsReads === true) return void 0;
    const known3 = this.#refusesGet.get(registry);
    if (known3 !== void 0 && await known3) return void 0;
    const asking = ask().then((answer) => ({ answer, isRefused: isRefused(answer) }));
    const verdict = asking.then(
      (found2) => found2.isRefused,
      () => true
    );
    if (known3 === void 0) this.#refusesGet.set(registry, verdict);
    const found = await asking;
    if (found.answer.response.status === 200) this.#alone.add(registry);
    return found;
  }
};
function isRefused({ response, foreign }) {
  return !foreign && (response.status === 401 || response.status === 403);
}

// src/registry/redirect.ts
var REDIRECTS = /* @__PURE__ */ new Set([301, 302, 303, 307, 308]);
async function followRedirects(wire, request, registry, trace, authorizeForeign, authHosts = []) {
  let hop = request;
  let foreign = false;
  let knocked = "";
  for (let redirects = 0; ; ) {
    const response = await exchange2(wire, hop, trace);
    if (foreign && response.status === 401 && knocked !== hop.url.origin && isRead(request)) {
      knocked = hop.url.origin;
      const authorization = await authorizeForeign(response, hop.url);
      if (authorization === void 0) return { response, url: hop.url, foreign };
      hop = withAuthorization(hop, authorization);
      continue;
    }
    const target = REDIRECTS.has(response.status) ? response.header("location")[0] : void 0;
    if (target === void 0 || !mayReplay(request, response.status)) return { response, url: hop.url, foreign };
    if (++redirects > LIMITS.redirects) throw tooLong(registry);
    const url = checkTarget(target, hop.url, registry);
    foreign ||= url.origin !== request.url.origin;
    hop = nextHop(request, url, registry, foreign, authHosts);
  }
}
function withAuthorization(request, authorization) {
  return { ...request, headers: { ...request.headers, authorization } };
}
function mayReplay(request, status) {
  return isRead(request) || status === 307 || status === 308;
}
function isRead({ method }) {
  return method === "GET" || method === "HEAD";
}
function nextHop(request, url, registry, foreign, authHosts) {
  const { authorization: _left, ...rest } = request.headers;
  return {
    ...request,
    url,
    headers: foreign ? rest : request.headers,
    ...foreign && !isOwnHost(url, registry) && !isPair(registry, url, authHosts) ? { onWordOf: registry } : {}
  };
}
function checkTarget(target, from, registry) {
  const url = URL.parse(target, from.href);
  if (url === null) throw refusedTarget(registry, "an address that is no URL");
  const shown = `${url.protocol}//${url.host}`;
  if (url.username !== "" || url.password !== "") throw refusedTarget(registry, `${shown} with user information`);
  if (url.protocol === "https:" || url.protocol === "http:" && from.protocol === "http:") return url;
  throw refusedTarget(registry, shown);
}
function refusedTarget(registry, what) {
  return new UserError(
    "registry-refused",
    `${registry} redirects to ${what}, which is refused`,
    "A registry may redirect to https addresses only; ask its operator"
  );
}
function tooLong(registry) {
  return new UserError(
    "limit",
    `${registry} redirects more than ${LIMITS.redirects} times`,
    "Ask the operator of the registry: the redirects may run in a circle"
  );
}

// src/registry/session.ts
var PING = { method: "GET", path: "", headers: {}, maxBytes: LIMITS.errorBytes, what: "answer" };
var RegistrySession = class {
  headRefusals = new HeadRefusals();
  #options;
  #authorizer;
  #hosts = /* @__PURE__ */ new Map();
  /** How each refused answer had been asked for, for its error. */
  #attempts = /* @__PURE__ */ new WeakMap();
  constructor(options) {
    this.#options = options;
    this.#authorizer = new Authorizer({
      ...options,
      preconnect: (registry) => options.preconnect(this.#baseOf(registry)),
      ping: (registry, trace) => this.#send(registry, PING, { kind: "none", fresh: false }, trace)
    });
  }
  announce({ registry, repository }) {
    this.#authorizer.announce(registry, repository);
  }
  /**
   * The answer to a question, after the login that it took. 401 and 403 are answers: `unauthorized` words them.
   * @throws UserError for what is no answer
   */
  async ask(location, question, trace) {
    this.#host(location.registry);
    const attempt = await this.#authorizer.begin(needOf(location, question.method), trace);
    let authorization = await this.#authorizer.first(attempt);
    if (authorization === void 0) throw refusedLogin(location, attempt);
    try {
      for (; ; ) {
        const answer = await this.#send(location.registry, question, authorization, trace);
        const { status } = answer.response;
        if (status !== 401 && status !== 403 || answer.foreign) {
          this.#authorizer.succeeded(attempt);
          return answer;
        }
        const got = status === 403 ? await this.#askByGet(location.registry, question, authorization, trace) : void 0;
        if (got?.isRefused === false) {
          this.#authorizer.succeeded(attempt);
          return { ...got.answer, byGet: true };
        }
        const { response, url } = got?.answer.response.status === 403 ? got.answer : answer;
        const next = await this.#authorizer.next(attempt, authorization, response, url);
        if (next === void 0) {
          this.#attempts.set(answer, attempt);
          return answer;
        }
        authorization = next;
      }
    } finally {
      this.#authorizer.settle(attempt);
    }
  }
  /**
   * Asks a server that the table of quirks names beside a registry: once, with nothing of the registry's login, and not
   * at an address that the registry has no business with.
   * @returns undefined when there is no answer
   */
  async askBeside(registry, request, trace) {
    const { throttle, signal, send } = this.#options.wire;
    const guarded = isOwnHost(request.url, registry) ? request : { ...request, onWordOf: registry };
    try {
      return await throttle.run(request.url.host, signal, () => {
        trace.requests += 1;
        return send({ ...guarded, connectTimeout: LIMITS.handshakeOfPlainHost }, signal);
      });
    } catch (error) {
      if (error instanceof TransportError) return void 0;
      throw error;
    }
  }
  /** The error of an answer with 401 or 403. */
  unauthorized(location, answer) {
    const attempt = this.#attempts.get(answer);
    const refusal = attempt?.refusal ?? refusalOf(answer.response, answer.url.host);
    return unauthorized(refusal, { location, tried: attempt?.tried ?? [ANONYMOUS.source] });
  }
  /** Why nothing can be written there, where that is known before it is tried. */
  async refusedWrite(location) {
    const known3 = await this.#authorizer.rights.refusedWrite(needOf(location, "PUT"));
    if (known3 === void 0) return void 0;
    return unauthorized(known3.refusal, { location, tried: [known3.source], readsOnly: true });
  }
  /** What GET says where HEAD was refused, with the same login; undefined where that is known or not to be asked. */
  async #askByGet(registry, { byGet }, authorization, trace) {
    if (byGet === void 0) return void 0;
    return this.headRefusals.ask(registry, () => this.#send(registry, byGet, authorization, trace));
  }
  async #send(registry, question, authorization, trace) {
    const host = this.#host(registry);
    if (host.dead !== void 0) throw host.dead;
    const built = this.#requestOf(registry, question, authorization.header);
    const mayFallBack = built.url.protocol === "https:" && this.#mayBePlain(registry);
    const request = mayFallBack ? { ...built, connectTimeout: LIMITS.handshakeOfPlainHost } : built;
    const wire = mayFallBack && !host.settled ? failingAtOnce(this.#options.wire) : this.#options.wire;
    try {
      const answer = await followRedirects(
        wire,
        request,
        registry,
        trace,
        (response, url) => this.#authorizeForeign(registry, response, url, trace),
        this.#options.authHosts
      );
      host.settled = true;
      this.#tellWarnings(registry, answer);
      return this.#isForeign(registry, built.url) ? { ...answer, foreign: true } : answer;
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (mayFallBack && !host.settled && error.mayBePlainHttp) {
        host.scheme = "http";
        trace.requests -= 1;
        return await this.#send(registry, question, authorization, trace);
      }
      if (!host.settled && error.code !== "limit") host.dead = error;
      throw error;
    }
  }
  /** `Warning: 299 - "text"` is how registries announce changes (distribution-spec "Warnings"). */
  #tellWarnings(registry, { response }) {
    for (const value of response.header("warning")) {
      const text = value.length > LIMITS.warningCharacters ? void 0 : /^299 - "((?:[^"\\]|\\.)*)"/.exec(value)?.[1];
      if (text !== void 0) this.#options.warn(`${registry} warns: ${text.replaceAll(/\\(.)/g, "$1")}`);
    }
  }
  /** Plain http is for loopback and for listed registries. */
  #mayBePlain(registry) {
    return isLoopbackName(registry) || this.#options.insecureRegistries.has(registry);
  }
  #requestOf(registry, question, authorization) {
    const { method, path, headers, body, maxBytes, what } = question;
    const url = path instanceof URL ? path : new URL(path, this.#baseOf(registry));
    const isForeign = this.#isForeign(registry, url);
    return {
      method,
      url,
      headers: authorization === void 0 || isForeign ? headers : { ...headers, authorization },
      maxBytes,
      what,
      ...body === void 0 ? {} : { body },
      ...isForeign && !isOwnHost(url, registry) ? { onWordOf: registry } : {}
    };
  }
  /** The next page of a list that a redirect moved to another origin: the registry's login is not for it. */
  #isForeign(registry, url) {
    return url.origin !== this.#baseOf(registry).origin;
  }
  /** `https://host/v2/` of a registry. */
  #baseOf(registry) {
    return new URL(`${this.#host(registry).scheme}://${apiHost(registry)}/v2/`);
  }
  #host(registry) {
    const known3 = this.#hosts.get(registry);
    if (known3 !== void 0) return known3;
    const host = { scheme: "https", settled: false, dead: void 0 };
    this.#hosts.set(registry, host);
    const most = rowOf(registry)?.inFlight;
    if (most !== void 0) this.#options.wire.throttle.restrict(apiHost(registry), most);
    return host;
  }
  /** A redirect target that is a registry of its own: asked once more with an anonymous token (REGISTRIES.md Q82). */
  async #authorizeForeign(registry, response, url, trace) {
    const bearer = parseChallenges(response.header("www-authenticate")).find(({ scheme }) => scheme === "bearer");
    const realm = bearer?.parameters.get("realm") ?? "";
    if (bearer === void 0 || realm === "") return void 0;
    const service = bearer.parameters.get("service") ?? "";
    const scope = bearer.parameters.get("scope") ?? "";
    const { url: realmUrl } = checkRealm(realm, url, registry, []);
    const outcome = await requestToken(
      this.#options.wire,
      {
        registry,
        endpoint: { realm: { url: realmUrl, trusted: false }, ...service === "" ? {} : { service } },
        scopes: scope === "" ? [] : scope.split(" "),
        credential: ANONYMOUS
      },
      trace
    );
    if (outcome.kind !== "token") return void 0;
    this.#options.onSecret(outcome.token.value);
    return `Bearer ${outcome.token.value}`;
  }
};
function refusedLogin(location, { refusal, tried }) {
  return unauthorized(refusal ?? { status: 401, host: location.registry, text: "" }, { location, tried });
}

// src/registry/client.ts
var RegistryClient = class {
  session;
  timing;
  packagesToken;
  headTrust = new HeadTrust();
  #options;
  /** Registries whose HEAD answers 404 only for what GET answers with 404 too. */
  #headIsDefinite = /* @__PURE__ */ new Set();
  /** Small manifests that were read by digest; the others are read again. */
  #byDigest = /* @__PURE__ */ new Map();
  constructor(options) {
    this.session = new RegistrySession(options);
    this.timing = options.wire.timing;
    this.packagesToken = options.packagesToken;
    this.#options = options;
  }
  /** Where a reference is asked for: its registry, or the mirror of `registry-map`. */
  locate(reference) {
    return locate(reference, this.#options.mappings);
  }
  /** Tells what will be read, so that tokens for several repositories are asked for together. */
  announce(references) {
    for (const reference of references) this.session.announce(this.locate(reference));
  }
  /**
   * What a tag or a digest names, by HEAD where that is enough, else by GET (REGISTRIES.md Q20 to Q29).
   * @param identifier a tag or a digest
   * @param confirm whether a 404 is confirmed by one GET where HEAD is not known to be right (Q29)
   */
  async head(location, identifier, trace, confirm = true) {
    const useless = rowOf(location.registry)?.headWithoutDigest === true || this.session.headRefusals.isAlone(location.registry);
    if (useless) return this.get(location, identifier, trace);
    const answer = await this.#ask(location, "HEAD", identifier, trace);
    if (answer.byGet === true) return this.#manifest(location, identifier, answer);
    const { response } = answer;
    if (response.status === 404) {
      const isAsked = confirm || this.headTrust.isDoubtful(location.registry);
      return isAsked ? this.#confirmMissing(location, identifier, trace) : void 0;
    }
    if (response.status === 200) {
      const found = readHead(answer, identifier);
      if (found !== void 0) return found;
    } else if (isRetryableStatus(response.status)) {
      throw refusalOfLoad(response, location.registry, this.#options.wire.timing.wallClock());
    } else if (response.status === 401 || response.status === 403) {
      throw this.session.unauthorized(location, answer);
    }
    return this.get(location, identifier, trace);
  }
  /** The manifest that a tag or a digest names, hashed. What a digest names is read once a run. */
  get(location, identifier, trace) {
    if (readDigest(identifier) === void 0) return this.#read(location, identifier, trace);
    const name = `${location.registry}/${location.repository}@${identifier}`;
    const known3 = this.#byDigest.get(name);
    if (known3 !== void 0) return known3;
    const reading = this.#read(location, identifier, trace);
    this.#byDigest.set(name, reading);
    const forget = () => this.#byDigest.delete(name);
    reading.then((found) => found !== void 0 && found.size <= LIMITS.keptManifestBytes || forget(), forget);
    return reading;
  }
  async #read(location, identifier, trace) {
    const first = await this.#ask(location, "GET", identifier, trace);
    const answer = mayBeCut(first, identifier) ? await this.#ask(location, "GET", identifier, trace) : first;
    return this.#manifest(location, identifier, answer);
  }
  /** The manifest of the answer to a GET, hashed. */
  #manifest(location, identifier, answer) {
    const { status, body } = answer.response;
    if (status === 404) return this.#missing(location, answer);
    if (status !== 200) throw this.#failure(location, answer);
    const manifest = readManifest(location, identifier, answer);
    const digest = this.#digestOfBody(location, identifier, answer);
    return { digest, mediaType: manifest.mediaType, size: body.length, bytes: body, manifest };
  }
  /** A small blob (a config), hashed. @param size bytes that its descriptor names. @throws UserError `integrity`, `limit` */
  async blob(location, digest, trace, size = 0) {
    const path = `${location.repository}/blobs/${digest}`;
    const answer = await this.session.ask(
      location,
      {
        method: "GET",
        path,
        headers: { accept: "*/*" },
        maxBytes: size > 0 ? Math.min(size, LIMITS.configBytes) : LIMITS.configBytes,
        what: "image config"
      },
      trace
    );
    if (answer.response.status === 404) return void 0;
    if (answer.response.status !== 200) throw this.#failure(location, answer);
    if (!matchesDigest(answer.response.body, digest))
      throw integrity(location, digest, digestOf(answer.response.body, algorithmOf(digest)));
    return answer.response.body;
  }
  /** Size in bytes of a blob, undefined when the registry has none of this digest. */
  async blobSize(location, digest, trace) {
    const path = `${location.repository}/blobs/${digest}`;
    const answer = await this.session.ask(
      location,
      { method: "HEAD", path, headers: { accept: "*/*" }, maxBytes: 0, what: "blob" },
      trace
    );
    if (answer.response.status === 404) return void 0;
    if (answer.response.status !== 200) throw this.#failure(location, answer);
    return contentLength(answer) ?? 0;
  }
  async #ask(location, method, identifier, trace) {
    const byGet = readingOf(location, identifier);
    const question = method === "GET" ? byGet : { ...byGet, method, byGet };
    const answer = await this.session.ask(location, question, trace);
    if (!answer.foreign) this.headTrust.note(location.registry, answer.byGet ? "GET" : method, answer.response);
    return answer;
  }
  /** Old Nexus answers HEAD with 404 for what GET finds: one GET a run tells whether this registry does. */
  async #confirmMissing(location, identifier, trace) {
    const { registry } = location;
    if (rowOf(registry)?.headIsDefinite === true || this.#headIsDefinite.has(registry)) return void 0;
    const found = await this.get(location, identifier, trace);
    if (found === void 0 && !this.headTrust.isDoubtful(registry)) this.#headIsDefinite.add(registry);
    return found;
  }
  /** A 404 with a body that speaks of Accept is a problem of ours, not a missing tag (REGISTRIES.md Q1). */
  #missing(location, answer) {
    const { text } = refusalOf(answer.response, answer.url.host);
    if (/accept header does not support/i.test(text)) throw this.#failure(location, answer);
    return void 0;
  }
  /** The digest of a body that was received, checked against what was asked for and what the header says. */
  #digestOfBody(location, identifier, { response }) {
    const asked = readDigest(identifier);
    const header = response.header("docker-content-digest")[0] ?? "";
    const said = readDigest(header) ?? readDigest(`sha256:${header}`);
    if (asked !== void 0) {
      if (!matchesDigest(response.body, asked))
        throw integrity(location, asked, digestOf(response.body, algorithmOf(asked)));
      if (said !== void 0 && !matchesDigest(response.body, said)) throw integrity(location, asked, said);
      return asked;
    }
    if (said !== void 0 && matchesDigest(response.body, said)) return said;
    const digest = digestOf(response.body);
    if (said !== void 0) {
      this.#options.warn(
        `${location.registry} says that ${location.repository}:${identifier} is ${said}, but what it sent is ${digest}; the digest of what it sent is used`
      );
    }
    return digest;
  }
  #failure(location, answer) {
    const { status } = answer.response;
    if (status === 401 || status === 403) return this.session.unauthorized(location, answer);
    return refusalOfLoad(answer.response, location.registry, this.timing.wallClock());
  }
};
function readingOf({ repository }, identifier) {
  const path = `${repository}/manifests/${identifier}`;
  return {
    method: "GET",
    path,
    headers: { accept: MANIFEST_ACCEPT },
    maxBytes: LIMITS.manifestBytes,
    what: "manifest"
  };
}

// src/registry/throttle.ts
var Throttle = class {
  #timing;
  #signal;
  #hosts = /* @__PURE__ */ new Map();
  #inFlight = 0;
  /** @param signal ends the run; pauses end with it */
  constructor(timing, signal) {
    this.#timing = timing;
    this.#signal = signal;
  }
  /** Sets the most requests in flight for a host that allows few; before its first request. */
  restrict(name, most) {
    if (!this.#hosts.has(name)) this.#hosts.set(name, newHost(most));
  }
  /**
   * Does work that may take up megabytes, at most `LIMITS.largeBodies` at once whatever the host: bodies are held in
   * memory while they are read.
   */
  async runLarge(name, signal, work) {
    if (!this.#hosts.has(LARGE)) this.#hosts.set(LARGE, { ...newHost(LIMITS.largeBodies), limit: LIMITS.largeBodies });
    return this.run(LARGE, signal, () => this.run(name, signal, work));
  }
  /** Does the work when there is room. @throws the signal's reason when aborted while waiting. */
  async run(name, signal, work) {
    const host = this.#host(name);
    if (this.#hasRoom(host) && host.waiting.length === 0) this.#enter(host);
    else await this.#wait(host, signal);
    try {
      return await work();
    } finally {
      host.inFlight -= 1;
      this.#inFlight -= 1;
      this.#startWaiting();
    }
  }
  /** An answer came back that is no complaint about load. */
  answered(name) {
    const host = this.#host(name);
    host.streak += 1;
    if (host.streak < host.limit || host.limit >= host.most) return;
    host.limit = Math.min(host.limit * 2, host.most);
    host.streak = 0;
    this.#startWaiting();
  }
  /** No answer, or a server error: the limit stays where it is. */
  failed(name) {
    this.#host(name).streak = 0;
  }
  /** The host asked to slow down: nothing more is sent to it for `milliseconds`, then half as much at once. */
  slowDown(name, milliseconds) {
    const host = this.#host(name);
    host.streak = 0;
    const until = this.#timing.now() + milliseconds;
    if (host.pausedUntil <= this.#timing.now()) host.limit = Math.max(1, Math.floor(host.limit / 2));
    host.pausedUntil = Math.max(host.pausedUntil, until);
    this.#wakeAfterPause(host);
  }
  #host(name) {
    const known3 = this.#hosts.get(name);
    if (known3 !== void 0) return known3;
    const host = newHost(LIMITS.inFlightPerRegistry);
    this.#hosts.set(name, host);
    return host;
  }
  #hasRoom(host) {
    if (host.inFlight >= host.limit || this.#inFlight >= LIMITS.inFlight) return false;
    return host.pausedUntil <= this.#timing.now();
  }
  #enter(host) {
    host.inFlight += 1;
    this.#inFlight += 1;
  }
  async #wait(host, signal) {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers();
    const waiting = { start: resolve, signal };
    const abort = () => {
      const index = host.waiting.indexOf(waiting);
      if (index >= 0) host.waiting.splice(index, 1);
      reject(signal.reason);
    };
    signal.addEventListener("abort", abort, { once: true });
    host.waiting.push(waiting);
    this.#wakeAfterPause(host);
    try {
      await promise;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }
  #wakeAfterPause(host) {
    const pause = host.pausedUntil - this.#timing.now();
    if (pause <= 0 || host.waking) return;
    host.waking = true;
    const wake = () => {
      host.waking = false;
      this.#wakeAfterPause(host);
      this.#startWaiting();
    };
    this.#timing.sleep(pause, this.#signal).then(wake, () => void 0);
  }
  #startWaiting() {
    for (const host of this.#hosts.values()) {
      while (host.waiting.length > 0 && this.#hasRoom(host)) {
        const next = host.waiting.shift();
        if (next === void 0 || next.signal.aborted) continue;
        this.#enter(host);
        next.start();
      }
    }
  }
};
var LARGE = "large bodies";
function newHost(most) {
  return {
    limit: Math.min(LIMITS.inFlightFirst, most),
    most,
    inFlight: 0,
    streak: 0,
    pausedUntil: 0,
    waiting: [],
    waking: false
  };
}

// src/actions/registry.ts
function openRegistries(inputs, extraCa, signal, mayLogIn = () => true) {
  const home = environment("HOME") ?? environment("USERPROFILE") ?? homedir();
  const proxy = proxyEnvironment(process.env);
  for (const secret of proxySecrets(proxy)) hideSecret(secret);
  warnAboutTls();
  const transport = createTransport({
    userAgent: `image-digest/${VERSION}`,
    proxy,
    tls: createCertificates({
      folders: certificateFolders(process.platform, home, process.env),
      ...extraCa === void 0 ? {} : { extraCa }
    })
  });
  const findCredential = createCredentialFinder({
    environment: process.env,
    home,
    workspace: workspaceFolder(),
    platform: process.platform,
    signal,
    warn: warnOnce,
    onSecret: hideSecret,
    ...process.getuid === void 0 ? {} : { uid: process.getuid() },
    ...inputs.credential === void 0 ? {} : { input: inputs.credential },
    ...inputs.githubToken === void 0 ? {} : { githubToken: inputs.githubToken }
  });
  const client = new RegistryClient({
    wire: { send: transport.send, timing: TIMING, throttle: new Throttle(TIMING, signal), signal },
    findCredential: async (registry, repository, access) => mayLogIn(registry) ? findCredential(registry, repository, access) : ANONYMOUS,
    authHosts: inputs.authHosts,
    insecureRegistries: inputs.insecureRegistries,
    mappings: inputs.mappings,
    ...packagesToken(inputs),
    warn: warnOnce,
    onSecret: hideSecret,
    preconnect: transport.preconnect
  });
  return { client, transport };
}
function packagesToken({ githubToken }) {
  const api = environment("GITHUB_API_URL") ?? "https://api.github.com";
  return githubToken === void 0 || api !== "https://api.github.com" ? {} : { packagesToken: githubToken };
}
function warnAboutTls() {
  if (environment("NODE_TLS_REJECT_UNAUTHORIZED") !== "0") return;
  warnOnce(
    "NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the check of certificates; give the authority with ca-file instead"
  );
}

// src/registry/trace.ts
function startTrace() {
  return { requests: 0, credential: void 0 };
}

// src/registry/platforms.ts
async function listPlatforms(client, location, index, trace, wanted = []) {
  const entries = await openIndexes(client, location, index, trace, /* @__PURE__ */ new Set(), 1);
  const named = entries.filter(isPlatformImage).map((descriptor) => ({ platform: descriptor.platform, descriptor }));
  const lacks = wanted.some((want) => !named.some(({ platform }) => samePlatform(platform, want)));
  if (named.length > 0 && !lacks) return withNames(named);
  return withNames([...named, ...await platformsOfConfigs(client, location, entries, trace)]);
}
function withNames(found) {
  const images = /* @__PURE__ */ new Map();
  for (const { platform, descriptor } of found) {
    const plain = formatPlatform(platform);
    const build = platform.osVersion === void 0 ? plain : plain.replace("/", `(${platform.osVersion})/`);
    const name = images.has(plain) ? build : plain;
    if (!images.has(name)) images.set(name, { platform, name, descriptor });
  }
  return [...images.values()];
}
async function openIndexes(client, location, index, trace, seen, depth) {
  const entries = [];
  for (const entry of index.manifests) {
    if (!isIndexType(entry.mediaType)) entries.push(entry);
    else if (!seen.has(entry.digest) && depth < LIMITS.indexDepth) {
      seen.add(entry.digest);
      const nested = await client.get(location, entry.digest, trace);
      if (nested?.manifest.kind === "index") {
        entries.push(...await openIndexes(client, location, nested.manifest, trace, seen, depth + 1));
      }
    }
  }
  return entries;
}
var CONFIGS_READ = 16;
async function platformsOfConfigs(client, location, entries, trace) {
  const unnamed = entries.filter((entry) => entry.platform === void 0 && !isAttestation(entry)).slice(0, CONFIGS_READ);
  const found = await Promise.all(
    unnamed.map(async (descriptor) => {
      const fetched = await client.get(location, descriptor.digest, trace);
      if (fetched === void 0 || fetched.manifest.kind !== "manifest") return void 0;
      const platform = (await readConfig(client, location, fetched.manifest, trace)).platform;
      return platform === void 0 ? void 0 : { platform, descriptor };
    })
  );
  return found.filter((one) => one !== void 0);
}
async function readConfig(client, location, { config }, trace) {
  const bytes = config === void 0 ? void 0 : await client.blob(location, config.digest, trace, config.size);
  if (bytes !== void 0) return parseConfig(bytes);
  throw new UserError(
    "not-found",
    `${location.registry}/${location.repository} has a manifest but not the config that it names${config === void 0 ? "" : ` (${config.digest})`}`,
    "Push the image again: the registry has lost a part of it"
  );
}
function platformMissing(name, wanted, existing) {
  const has = existing.length === 0 ? "it names no platform at all" : `it has ${existing.join(", ")}`;
  return new UserError(
    "platform-missing",
    `${name} has no image for ${wanted}: ${has}`,
    existing.length === 0 ? "Leave out platform for artifacts" : `Ask for one of ${existing.join(", ")}, or build and push ${wanted}`
  );
}
async function childManifest(client, location, digest, trace) {
  const child = await client.get(location, digest, trace);
  if (child !== void 0 && child.manifest.kind !== "index") return child.manifest;
  throw new UserError(
    "not-found",
    `${location.registry}/${location.repository} has an index but not the manifest ${digest} that it names`,
    "Push the image again: the registry has lost a part of it"
  );
}

// src/core/statement.ts
var PREFIX = "org.opencontainers.image.";
function statementKey(name) {
  return PREFIX + name;
}
var PLAIN = {
  version: /^[A-Za-z0-9][A-Za-z0-9._+~:/-]{0,254}$/,
  revision: /^[A-Za-z0-9][A-Za-z0-9._+~:/@-]{0,254}$/,
  source: /^[A-Za-z0-9][A-Za-z0-9._~:/?#@%+=,-]{0,1000}$/,
  created: /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)?)?$/
};
function isPlainStatement(name, value) {
  return PLAIN[name].test(value);
}
function speaksOf(repository, title, source) {
  const name = lastPart(repository);
  if (title !== void 0 && (title.toLowerCase() === name || title.toLowerCase() === repository)) return true;
  if (source === void 0) return false;
  const path = source.replace(/[?#].*$/s, "").toLowerCase().replace(/(?:\.git)?\/?$/, "");
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf(":")) + 1) === name;
}
function lastPart(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}

// src/registry/base-image.ts
var known2 = /* @__PURE__ */ new WeakMap();
function readBaseImage(client, of, name, digestText, platform, trace) {
  const bases = known2.get(client) ?? /* @__PURE__ */ new Map();
  known2.set(client, bases);
  const key = [of.registry, name, digestText ?? "", platform].join(" ");
  const base = bases.get(key) ?? findBase(client, of, name, digestText, platform, trace);
  bases.set(key, base);
  return base;
}
async function findBase(client, of, name, digestText, platform, trace) {
  try {
    const reference = withDefaultTag(parseReference(name));
    const location = client.locate(reference);
    const familiar = familiarReference(reference);
    if (!mayAsk(reference, location, of)) {
      return { kind: "unknown", name: familiar, why: `it is on ${location.registry}, which was not asked` };
    }
    const digest = reference.digest ?? (digestText === void 0 ? void 0 : readDigest(digestText));
    const statements = await readStatements(client, location, digest ?? reference.tag ?? "latest", platform, trace);
    if (statements !== void 0) return { kind: "read", name: familiar, statements };
    return { kind: "unknown", name: familiar, why: "its registry does not have it any more" };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: "unknown", name, why: error.message };
  }
}
function mayAsk(reference, location, of) {
  if (location.registry === of.registry || location.registry !== canonicalRegistry(reference.registry)) return true;
  return rowOf(location.registry)?.hosts.includes(location.registry) === true;
}
async function readStatements(client, location, identifier, platform, trace) {
  const found = await client.get(location, identifier, trace);
  if (found === void 0) return void 0;
  const { manifest } = found;
  if (manifest.kind !== "index") {
    const layers2 = [manifest.annotations];
    return manifest.kind === "artifact" ? layers2 : [...layers2, (await readConfig(client, location, manifest, trace)).labels];
  }
  const images = await listPlatforms(client, location, manifest, trace);
  const one = images.find((image) => image.name === platform) ?? images[0];
  if (one === void 0) return [manifest.annotations];
  const child = await childManifest(client, location, one.descriptor.digest, trace);
  const layers = [manifest.annotations, one.descriptor.annotations, child.annotations];
  return child.kind === "artifact" ? layers : [...layers, (await readConfig(client, location, child, trace)).labels];
}

// src/registry/provenance.ts
var NAMES = ["version", "revision", "source", "created"];
async function findProvenance(client, reference, statements, trace) {
  const found = NAMES.map((name) => stated(name, statements)).filter((statement) => statement !== void 0);
  const wanted = found.filter(({ name }) => name !== "version" || !statements.versionIsKnown);
  const plain = wanted.filter(({ name, value }) => isPlainStatement(name, value));
  const odd = wanted.filter(({ name, value }) => !isPlainStatement(name, value));
  const base = plain.some(mayBeInherited) ? await recordedBase(client, reference, statements, trace) : "not needed";
  const used = /* @__PURE__ */ new Map();
  const remarks = [];
  let versionSource;
  let versionMissing;
  const drop = (name, why) => {
    if (name === "version") versionMissing = why;
    else remarks.push(`${name} is not used: ${why}`);
  };
  for (const { name, value, from } of odd) {
    drop(name, `the ${from} says ${quoted(value, 60)}, which is no plain value`);
  }
  for (const statement of plain) {
    const { name, value, from } = statement;
    const verdict = mayBeInherited(statement) ? judge(statement, base, reference, statements) : { use: true };
    if (!verdict.use) drop(name, verdict.why);
    else {
      used.set(name, value);
      if (name === "version") versionSource = from;
      if (verdict.doubt !== void 0) remarks.push(`${name}: ${verdict.doubt}`);
    }
  }
  const built = statements.created;
  return {
    version: used.get("version"),
    versionSource,
    versionMissing: versionMissing ?? (found.some(({ name }) => name === "version") ? void 0 : NOT_STATED),
    revision: used.get("revision"),
    source: used.get("source"),
    created: used.get("created") ?? (built !== void 0 && isPlainStatement("created", built) ? built : void 0),
    remarks
  };
}
var NOT_STATED = "the image states none";
function stated(name, { annotations, labels }) {
  const key = statementKey(name);
  const annotation = annotations.get(key);
  if (annotation !== void 0 && annotation !== "") return { name, value: annotation, from: "annotation" };
  const label = labels.get(key);
  return label === void 0 || label === "" ? void 0 : { name, value: label, from: "label" };
}
function mayBeInherited({ name, from }) {
  return from === "label" || name === "version";
}
async function recordedBase(client, reference, { annotations, labels, platform }, trace) {
  const layer = [annotations, labels].find((statements) => statements.has(statementKey("base.name")));
  const name = layer?.get(statementKey("base.name")) ?? "";
  if (layer === void 0 || name === "") return "not recorded";
  const digest = layer.get(statementKey("base.digest"));
  return readBaseImage(client, client.locate(reference), name, digest, platform, trace);
}
function judge({ name, value, from }, base, reference, { labels }) {
  if (base === "not needed") return { use: true };
  if (base === "not recorded") {
    const [title, source] = [labels.get(statementKey("title")), labels.get(statementKey("source"))];
    if (from === "annotation" || speaksOf(reference.repository, title, source)) return { use: true };
    const doubt = "no base image is recorded, and neither title nor source is of this repository";
    if (name !== "version") return { use: true, doubt: `the label may be the base's, as ${doubt}` };
    return { use: false, why: `the label says ${value}, which may be the base's: ${doubt}` };
  }
  if (base.kind === "unknown") {
    const doubt = `the recorded base ${base.name} cannot be compared: ${base.why}`;
    if (name !== "version") return { use: true, doubt: `the label may be the base's, as ${doubt}` };
    return { use: false, why: `the ${from} says ${value}, but ${doubt}` };
  }
  const carries = base.statements.some((statements) => statements.get(statementKey(name)) === value);
  return carries ? { use: false, why: `the ${from} says ${value}, which is that of its base ${base.name}` } : { use: true };
}

// src/registry/inspect.ts
var REPRESENTATIVE = "linux/amd64";
async function inspectImage(client, location, reference, { found, digest, image, config, versionIsKnown = false }, trace) {
  const { manifest } = found;
  const chosen = image ?? (manifest.kind === "index" ? void 0 : manifest);
  if (chosen !== void 0 || manifest.kind !== "index") {
    const own = digest === found.digest ? manifest.annotations : chosen?.annotations ?? /* @__PURE__ */ new Map();
    const entries = manifest.kind === "index" ? manifest.manifests : [];
    const entry = entries.find((candidate) => candidate.digest === digest);
    const layers2 = [own, ...entry === void 0 ? [] : [entry.annotations], manifest.annotations];
    const platform = config?.platform === void 0 ? REPRESENTATIVE : formatPlatform(config.platform);
    return describe(client, reference, { own, layers: layers2, config, labelsOf: void 0, platform, versionIsKnown }, trace);
  }
  const images = await listPlatforms(client, location, manifest, trace);
  const one = images.find(({ name }) => name === REPRESENTATIVE) ?? images[0];
  const child = one === void 0 ? void 0 : await childManifest(client, location, one.descriptor.digest, trace);
  const childConfig = child?.kind === "manifest" ? await readConfig(client, location, child, trace) : void 0;
  const layers = [manifest.annotations, one?.descriptor.annotations, child?.annotations].filter(
    (layer) => layer !== void 0
  );
  const facts = {
    own: manifest.annotations,
    layers,
    config: childConfig,
    labelsOf: images.length > 1 ? one?.name : void 0,
    platform: one?.name ?? REPRESENTATIVE,
    versionIsKnown
  };
  return describe(client, reference, facts, trace);
}
async function describe(client, reference, { own, layers, config, labelsOf, platform, versionIsKnown }, trace) {
  const annotations = /* @__PURE__ */ new Map();
  for (const layer of layers)
    for (const [name, value] of layer) if (!annotations.has(name)) annotations.set(name, value);
  const labels = config?.labels ?? /* @__PURE__ */ new Map();
  const statements = { annotations, labels, created: config?.created, platform, versionIsKnown };
  const provenance = await findProvenance(client, reference, statements, trace);
  return { annotations: own, labels, labelsOf, ...provenance };
}
async function statedVersion(client, location, reference, trace) {
  const fetched = await client.get(location, reference.digest, trace);
  if (fetched === void 0 || fetched.manifest.kind === "artifact") return void 0;
  const image = fetched.manifest.kind === "manifest" ? fetched.manifest : void 0;
  const config = image === void 0 ? void 0 : await readConfig(client, location, image, trace);
  return (await inspectImage(client, location, reference, { found: fetched, digest: fetched.digest, image, config }, trace)).version;
}

export {
  OCI_INDEX,
  OCI_MANIFEST,
  DOCKER_LIST,
  DOCKER_MANIFEST,
  isIndexType,
  isManifestType,
  rowOf,
  refusalOfLoad,
  refusalOf,
  hostnameOf2 as hostnameOf,
  isAttestation,
  isPlatformImage,
  parseConfig,
  NO_BODY,
  openRegistries,
  listPlatforms,
  readConfig,
  platformMissing,
  childManifest,
  inspectImage,
  statedVersion,
  startTrace
};
