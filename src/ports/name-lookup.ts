import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** Addresses of a name are kept this long, so that 64 connections cost one look-up; milliseconds. */
const KEPT = 10_000;

/** Looks a name up; all its addresses, in the order of the system. */
export type LookUp = (hostname: string) => Promise<readonly LookupAddress[]>;

/** A look-up that is asked once for callers at the same time and shortly after. */
export function createLookUp(now: () => number = () => performance.now()): LookUp {
  const known = new Map<string, { until: number; addresses: Promise<readonly LookupAddress[]> }>();
  return (hostname) => {
    const kept = known.get(hostname);
    if (kept !== undefined && now() < kept.until) return kept.addresses;
    const addresses = lookUpAll(hostname);
    known.set(hostname, { until: now() + KEPT, addresses });
    addresses.catch(() => known.delete(hostname));
    return addresses;
  };
}

function lookUpAll(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
}

/** A look-up in the form that sockets want; `check` throws for an address that must not be connected to. */
export function socketLookup(lookUp: LookUp, check: (address: string) => void): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname)
      .then((addresses) => {
        // All of them: a name that also stands for a refused address is not to be trusted.
        for (const { address } of addresses) check(address);
        return addresses;
      })
      .then(
        (addresses) => {
          const [first] = addresses;
          if (options.all === true) callback(null, [...addresses]);
          else callback(null, first?.address ?? '', first?.family);
        },
        (error: unknown) => callback(Error.isError(error) ? error : new Error(String(error)), []),
      );
  };
}
