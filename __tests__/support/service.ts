/*
 * What answers requests in tests, apart from any socket: a handler, faults in front of it, and a record of everything
 * that was asked. Registries, token servers, CDNs, APIs and evil hosts are all services; listener.ts gives them
 * sockets, internet.ts gives them names.
 */

export type HeaderValue = string | readonly string[];
export type Headers = Readonly<Record<string, HeaderValue | undefined>>;

/** One request as it arrived. Header names are lower case. */
export interface Incoming {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** Host header or `:authority`. */
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: Buffer;
  readonly protocol: 'HTTP/1.1' | 'HTTP/2';
  /** Number of the connection at its listener, to see which requests shared one. */
  readonly connection: number;
}

/** The line to the client, below the answer: for faults that no status can express. */
export interface Wire {
  /** Status line and headers, without end. */
  readonly head: (status: number, headers: Headers) => void;
  readonly write: (bytes: Uint8Array | string) => void;
  /** The proper end of the answer. */
  readonly end: () => void;
  /** An informational answer (103). */
  readonly informational: (status: number) => void;
  /** Ends the connection at once: a TCP reset, or an HTTP/2 stream error. */
  readonly reset: () => void;
  /** Ends the connection with FIN after what was written, however much was announced. */
  readonly hangUp: () => void;
  /** Fulfilled when the client or the server has closed. */
  readonly closed: Promise<void>;
  readonly isClosed: () => boolean;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body?: Uint8Array | string;
  /** Takes over the line: status, headers and body are then not sent, only recorded. */
  readonly onWire?: (wire: Wire) => Promise<void> | void;
}

export type Handler = (request: Incoming) => Promise<Reply> | Reply;

/** Stands before a handler: answers itself, or changes what `next` gives. */
export type Behaviour = (request: Incoming, next: () => Promise<Reply>) => Promise<Reply> | Reply;

/**
 * Which requests: `METHOD /path` with `*` for any text (and for any method), an expression on the same text, or a
 * function.
 */
export type Matcher = string | RegExp | ((request: Incoming) => boolean);

/** One request in the record, `status` 0 as long as nothing was answered. */
export interface Recorded extends Incoming {
  readonly service: string;
  readonly at: number;
  status: number;
}

/** The record and the clock, shared by services that belong together (a registry and its token server). */
export interface Journal {
  readonly requests: Recorded[];
  inFlight: number;
  maxInFlight: number;
  /** Milliseconds before each answer; may be changed at any time. */
  delay: number;
}

export interface SummaryOptions {
  readonly query?: boolean;
  readonly status?: boolean;
  readonly host?: boolean;
}

export interface Service {
  readonly name: string;
  readonly journal: Journal;
  readonly requests: readonly Recorded[];
  readonly handle: Handler;
  /** Puts a behaviour in front; the newest comes first. The function that is returned takes it away again. */
  readonly on: (matcher: Matcher, ...behaviours: readonly Behaviour[]) => () => void;
  /** One line per request in the order of arrival: `HEAD /v2/acme/api/manifests/1`. */
  readonly summary: (options?: SummaryOptions) => readonly string[];
  /** Forgets the record, keeps content and behaviours. */
  readonly forget: () => void;
}

export interface ServiceOptions {
  readonly name?: string;
  readonly journal?: Journal;
}

export function createJournal(): Journal {
  return { requests: [], inFlight: 0, maxInFlight: 0, delay: 0 };
}

/** A service around a handler. */
export function createService(handler: Handler, options: ServiceOptions = {}): Service {
  const { name = 'service', journal = createJournal() } = options;
  const rules: { readonly matches: (request: Incoming) => boolean; readonly behaviour: Behaviour }[] = [];

  async function answer(request: Incoming): Promise<Reply> {
    const fitting = rules.filter((rule) => rule.matches(request)).reverse();
    const step = async (position: number): Promise<Reply> => {
      const rule = fitting[position];
      return rule === undefined ? handler(request) : rule.behaviour(request, () => step(position + 1));
    };
    return step(0);
  }

  return {
    name,
    journal,
    requests: journal.requests,
    async handle(request) {
      const entry: Recorded = { ...request, service: name, at: performance.now(), status: 0 };
      journal.requests.push(entry);
      journal.inFlight += 1;
      journal.maxInFlight = Math.max(journal.maxInFlight, journal.inFlight);
      try {
        if (journal.delay > 0) await pause(journal.delay);
        const reply = await answer(request);
        entry.status = reply.status;
        return reply;
      } finally {
        journal.inFlight -= 1;
      }
    },
    on(matcher, ...behaviours) {
      const added = behaviours.toReversed().map((behaviour) => ({ matches: matcherOf(matcher), behaviour }));
      rules.push(...added);
      return () => added.forEach((rule) => rules.splice(rules.indexOf(rule), 1));
    },
    summary: (wanted = {}) => journal.requests.map((request) => line(request, wanted)),
    forget() {
      journal.requests.length = 0;
      journal.maxInFlight = 0;
    },
  };
}

function line(request: Recorded, { query = false, status = false, host = false }: SummaryOptions): string {
  const where = `${host ? request.host : ''}${query ? request.target : request.path}`;
  return `${request.method} ${where}${status ? ` ${String(request.status)}` : ''}`;
}

function matcherOf(matcher: Matcher): (request: Incoming) => boolean {
  if (typeof matcher === 'function') return matcher;
  if (matcher instanceof RegExp) return (request) => matcher.test(`${request.method} ${request.target}`);
  const escaped = matcher.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  const expression = new RegExp(`^${escaped}$`);
  return (request) => expression.test(`${request.method} ${request.path}`);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** The first value of a header of a request. */
export function headerOf(request: Incoming, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' || value === undefined ? value : value[0];
}

/** An answer with a JSON body. */
export function json(status: number, value: unknown, headers: Headers = {}): Reply {
  const contentType = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: { ...contentType, ...headers }, body: `${JSON.stringify(value)}\n` };
}

export function text(status: number, body: string, headers: Headers = {}): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}
