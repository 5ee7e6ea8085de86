/**
 * undici by its parts, with types: the whole package costs 20 ms more at every start. Nothing of undici's redirects,
 * retries, decompression or proxy agents is loaded.
 */
import buildConnector from 'undici/lib/core/connect.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import type { LookupFunction, Socket } from 'node:net';
import type { SecureContext } from 'node:tls';

export { buildConnector, Pool };

/** What undici tells a connector about the connection that it wants. */
export interface ConnectRequest {
  readonly host: string;
  readonly hostname: string;
  readonly protocol: string;
  readonly port: string;
  readonly servername?: string | null;
  /** A tunnel that TLS is spoken in. */
  readonly httpSocket?: Socket;
}

export type ConnectCallback = (...result: [error: Error] | [error: null, socket: Socket]) => void;

/** Opens a connection; what undici's own connector returns is the socket that is being connected. */
export type Connector = (request: ConnectRequest, callback: ConnectCallback) => Socket;

export interface ConnectorOptions {
  readonly allowH2?: boolean;
  readonly preferH2?: boolean;
  /** Milliseconds until the TCP connection and its TLS handshake must stand. */
  readonly timeout: number;
  readonly autoSelectFamily?: boolean;
  readonly lookup?: LookupFunction;
  readonly secureContext?: SecureContext;
}

export interface PoolOptions {
  readonly connect: (request: ConnectRequest, callback: ConnectCallback) => void;
  readonly connections: number;
  readonly pipelining: number;
  /** Milliseconds of silence before an answer's head, 0 for no limit. */
  readonly headersTimeout: number;
  readonly bodyTimeout: number;
  readonly keepAliveTimeout: number;
  readonly keepAliveMaxTimeout: number;
  readonly maxHeaderSize: number;
  readonly allowH2: boolean;
  readonly h2Options: { readonly maxConcurrentStreams: number };
}

export interface DispatchOptions {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Whether the connection ends after this answer; left out, undici ends it after every HEAD. */
  readonly reset: boolean;
}

export interface DispatchController {
  readonly abort: (reason: Error) => void;
}

export interface DispatchHandler {
  readonly onRequestStart: (controller: DispatchController) => void;
  readonly onResponseStart: (
    controller: DispatchController,
    status: number,
    headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  ) => void;
  readonly onResponseData: (controller: DispatchController, chunk: Uint8Array) => void;
  readonly onResponseEnd: (controller: DispatchController) => void;
  readonly onResponseError: (controller: DispatchController | null, error: Error) => void;
}
