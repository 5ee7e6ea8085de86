/*
 * Stands in for undici's diagnostics (7 KB), whose only listener would be its debug log: with NODE_DEBUG set, that writes
 * what servers sent past the one file that prints (SAFETY.md).
 */

const SILENT = { hasSubscribers: false } as const;

/** Channels to which nobody listens, whatever they are called. */
export const channels = new Proxy({}, { get: () => SILENT });
