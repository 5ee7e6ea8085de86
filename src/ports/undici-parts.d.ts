/** The parts of undici that we use one by one; undici publishes no types for them. */

declare module 'undici/lib/core/connect.js' {
  import type { ConnectorOptions, Connector } from './undici.ts';
  function buildConnector(options: ConnectorOptions): Connector;
  export = buildConnector;
}

declare module 'undici/lib/dispatcher/pool.js' {
  import type { DispatchHandler, DispatchOptions, PoolOptions } from './undici.ts';
  class Pool {
    constructor(origin: string, options: PoolOptions);
    dispatch(options: DispatchOptions, handler: DispatchHandler): boolean;
    /** Ends when every request has its answer. */
    close(): Promise<void>;
    /** Ends now; requests that have no answer yet fail. */
    destroy(error?: Error): Promise<void>;
  }
  export = Pool;
}
