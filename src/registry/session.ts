import type { AuthHost } from '../core/routing.ts';
import type { UserError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { needOf, type Attempt, type Authorization } from './attempt.ts';
import { Authorizer } from './authorizer.ts';
import { parseChallenges } from './challenge.ts';
import { ANONYMOUS, type FindCredential } from './credential.ts';
import { failingAtOnce, type Wire } from './exchange.ts';
import { refusalOf, unauthorized } from './failure.ts';
import { HeadRefusals, type HeadRefusal } from './head-refusal.ts';
import { TransportError, type HttpMethod, type HttpRequest, type HttpResponse } from './http.ts';
import { apiHost, isLoopbackName, type Location } from './location.ts';
import { rowOf } from './quirks.ts';
import { checkRealm, isOwnHost } from './realm.ts';
import { followRedirects, type Answer } from './redirect.ts';
import { requestToken } from './token-request.ts';
import type { Trace } from './trace.ts';

export interface SessionOptions {
  readonly wire: Wire;
  readonly findCredential: FindCredential;
  readonly authHosts: readonly AuthHost[];
  /** Canonical registries that may be spoken to over plain http; loopback always may. */
  readonly insecureRegistries: ReadonlySet<string>;
  /** Tells the user something that is no error; each text once a run is enough. */
  readonly warn: (text: string) => void;
  /** Hears every secret before it is used. */
  readonly onSecret: (secret: string) => void;
  /** Opens a connection early. */
  readonly preconnect: (url: URL) => void;
}

/** A request to a registry, before it has an address and a login. */
export interface Question {
  readonly method: HttpMethod;
  /** Path and query behind `/v2/`, or the absolute URL that a Link of an answer gave. */
  readonly path: string | URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly maxBytes: number;
  readonly what: string;
  /** For a HEAD that is answered with 403: what tells whether the registry refuses HEAD alone. */
  readonly byGet?: Question;
}

const PING: Question = { method: 'GET', path: '', headers: {}, maxBytes: LIMITS.errorBytes, what: 'answer' };

interface Host {
  scheme: 'https' | 'http';
  /** Whether an answer has shown that the scheme is right. */
  settled: boolean;
  /** Why the registry cannot be reached at all; then nothing more is sent to it. */
  dead: TransportError | undefined;
}

/** Speaks to registries: addresses, schemes, logins, redirects and retries behind one `ask`. */
export class RegistrySession {
  readonly headRefusals = new HeadRefusals();
  readonly #options: SessionOptions;
  readonly #authorizer: Authorizer;
  readonly #hosts = new Map<string, Host>();
  /** How each refused answer had been asked for, for its error. */
  readonly #attempts = new WeakMap<Answer, Attempt>();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#authorizer = new Authorizer({
      ...options,
      preconnect: (registry) => options.preconnect(this.#baseOf(registry)),
      ping: (registry, trace) => this.#send(registry, PING, { kind: 'none', fresh: false }, trace),
    });
  }

  announce({ registry, repository }: Location): void {
    this.#authorizer.announce(registry, repository);
  }

  /**
   * The answer to a question, after the login that it took. 401 and 403 are answers: `unauthorized` words them.
   * @throws UserError for what is no answer
   */
  async ask(location: Location, question: Question, trace: Trace): Promise<Answer> {
    this.#host(location.registry);
    const attempt = await this.#authorizer.begin(needOf(location, question.method), trace);
    let authorization = await this.#authorizer.first(attempt);
    if (authorization === undefined) throw refusedLogin(location, attempt);
    try {
      for (;;) {
        const answer: Answer = await this.#send(location.registry, question, authorization, trace);
        const { status } = answer.response;
        if ((status !== 401 && status !== 403) || answer.foreign) {
          this.#authorizer.succeeded(attempt);
          return answer;
        }
        const got =
          status === 403 ? await this.#askByGet(location.registry, question, authorization, trace) : undefined;
        if (got?.isRefused === false) {
          this.#authorizer.succeeded(attempt);
          return { ...got.answer, byGet: true };
        }
        // A HEAD has no words.
        const { response, url } = got?.answer.response.status === 403 ? got.answer : answer;
        const next = await this.#authorizer.next(attempt, authorization, response, url);
        if (next === undefined) {
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
  async askBeside(registry: string, request: HttpRequest, trace: Trace): Promise<HttpResponse | undefined> {
    const { throttle, signal, send } = this.#options.wire;
    const guarded = isOwnHost(request.url, registry) ? request : { ...request, onWordOf: registry };
    try {
      return await throttle.run(request.url.host, signal, () => {
        trace.requests += 1;
        return send({ ...guarded, connectTimeout: LIMITS.handshakeOfPlainHost }, signal);
      });
    } catch (error) {
      if (error instanceof TransportError) return undefined;
      throw error;
    }
  }

  /** The error of an answer with 401 or 403. */
  unauthorized(location: Location, answer: Answer): UserError {
    const attempt = this.#attempts.get(answer);
    const refusal = attempt?.refusal ?? refusalOf(answer.response, answer.url.host);
    return unauthorized(refusal, { location, tried: attempt?.tried ?? [ANONYMOUS.source] });
  }

  /** Why nothing can be written there, where that is known before it is tried. */
  async refusedWrite(location: Location): Promise<UserError | undefined> {
    const known = await this.#authorizer.rights.refusedWrite(needOf(location, 'PUT'));
    if (known === undefined) return undefined;
    return unauthorized(known.refusal, { location, tried: [known.source], readsOnly: true });
  }

  /** What GET says where HEAD was refused, with the same login; undefined where that is known or not to be asked. */
  async #askByGet(
    registry: string,
    { byGet }: Question,
    authorization: Authorization,
    trace: Trace,
  ): Promise<HeadRefusal | undefined> {
    if (byGet === undefined) return undefined;
    return this.headRefusals.ask(registry, () => this.#send(registry, byGet, authorization, trace));
  }

  async #send(registry: string, question: Question, authorization: Authorization, trace: Trace): Promise<Answer> {
    const host = this.#host(registry);
    if (host.dead !== undefined) throw host.dead;
    const built = this.#requestOf(registry, question, authorization.header);
    const mayFallBack = built.url.protocol === 'https:' && this.#mayBePlain(registry);
    const request = mayFallBack ? { ...built, connectTimeout: LIMITS.handshakeOfPlainHost } : built;
    const wire = mayFallBack && !host.settled ? failingAtOnce(this.#options.wire) : this.#options.wire;
    try {
      const answer = await followRedirects(
        wire,
        request,
        registry,
        trace,
        (response, url) => this.#authorizeForeign(registry, response, url, trace),
        this.#options.authHosts,
      );
      host.settled = true;
      this.#tellWarnings(registry, answer);
      return this.#isForeign(registry, built.url) ? { ...answer, foreign: true } : answer;
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (mayFallBack && !host.settled && error.mayBePlainHttp) {
        host.scheme = 'http';
        // The handshake that failed was no request.
        trace.requests -= 1;
        return await this.#send(registry, question, authorization, trace);
      }
      if (!host.settled && error.code !== 'limit') host.dead = error;
      throw error;
    }
  }

  /** `Warning: 299 - "text"` is how registries announce changes (distribution-spec "Warnings"). */
  #tellWarnings(registry: string, { response }: Answer): void {
    for (const value of response.header('warning')) {
      const text = value.length > LIMITS.warningCharacters ? undefined : /^299 - "((?:[^"\\]|\\.)*)"/.exec(value)?.[1];
      if (text !== undefined) this.#options.warn(`${registry} warns: ${text.replaceAll(/\\(.)/g, '$1')}`);
    }
  }

  /** Plain http is for loopback and for listed registries. */
  #mayBePlain(registry: string): boolean {
    return isLoopbackName(registry) || this.#options.insecureRegistries.has(registry);
  }

  #requestOf(registry: string, question: Question, authorization: string | undefined): HttpRequest {
    const { method, path, headers, body, maxBytes, what } = question;
    const url = path instanceof URL ? path : new URL(path, this.#baseOf(registry));
    const isForeign = this.#isForeign(registry, url);
    return {
      method,
      url,
      headers: authorization === undefined || isForeign ? headers : { ...headers, authorization },
      maxBytes,
      what,
      ...(body === undefined ? {} : { body }),
      ...(isForeign && !isOwnHost(url, registry) ? { onWordOf: registry } : {}),
    };
  }

  /** The next page of a list that a redirect moved to another origin: the registry's login is not for it. */
  #isForeign(registry: string, url: URL): boolean {
    return url.origin !== this.#baseOf(registry).origin;
  }

  /** `https://host/v2/` of a registry. */
  #baseOf(registry: string): URL {
    return new URL(`${this.#host(registry).scheme}://${apiHost(registry)}/v2/`);
  }

  #host(registry: string): Host {
    const known = this.#hosts.get(registry);
    if (known !== undefined) return known;
    const host: Host = { scheme: 'https', settled: false, dead: undefined };
    this.#hosts.set(registry, host);
    const most = rowOf(registry)?.inFlight;
    if (most !== undefined) this.#options.wire.throttle.restrict(apiHost(registry), most);
    return host;
  }

  /** A redirect target that is a registry of its own: asked once more with an anonymous token (REGISTRIES.md Q82). */
  async #authorizeForeign(
    registry: string,
    response: HttpResponse,
    url: URL,
    trace: Trace,
  ): Promise<string | undefined> {
    const bearer = parseChallenges(response.header('www-authenticate')).find(({ scheme }) => scheme === 'bearer');
    const realm = bearer?.parameters.get('realm') ?? '';
    if (bearer === undefined || realm === '') return undefined;
    const service = bearer.parameters.get('service') ?? '';
    const scope = bearer.parameters.get('scope') ?? '';
    const { url: realmUrl } = checkRealm(realm, url, registry, []);
    const outcome = await requestToken(
      this.#options.wire,
      {
        registry,
        endpoint: { realm: { url: realmUrl, trusted: false }, ...(service === '' ? {} : { service }) },
        scopes: scope === '' ? [] : scope.split(' '),
        credential: ANONYMOUS,
      },
      trace,
    );
    if (outcome.kind !== 'token') return undefined;
    this.#options.onSecret(outcome.token.value);
    return `Bearer ${outcome.token.value}`;
  }
}

/** The error of a request that was not sent, because no login for it works. */
function refusedLogin(location: Location, { refusal, tried }: Attempt): UserError {
  return unauthorized(refusal ?? { status: 401, host: location.registry, text: '' }, { location, tried });
}
